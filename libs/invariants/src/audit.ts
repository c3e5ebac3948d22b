// The audit log: every event in it once, the tree over them as it was sealed, and what was signed still true. A superuser
// who changes a row has to change all of these, and what others keep. `mereau verify` asks the same of an export.
import { owed, underway, type Invariant } from './invariant.js';

/** Of each sender, the numbers up to which it is sealed. */
const SEALED = 'select sender, max(first_seq + count) - 1 as last_seq from audit.sealed_stretch group by sender';
const OF_STRETCH = 'e.sender = s.sender and e.seq >= s.first_seq and e.seq < s.first_seq + s.count';

export const AUDIT_RULES: readonly Invariant[] = [
  {
    id: 'A1',
    holds: 'each event that audit has is in the log, or waits for its place for less than an hour, and each event in the log is there',
    tier: 'local',
    schema: 'audit',
    fault: 'delete an event of the log',
    sql: `select 'event:' || e.sender || '/' || e.seq as row_named, 'not sealed since ' || e.received_at as detail
      from audit.event e left join (${SEALED}) s on s.sender = e.sender
      where e.seq > coalesce(s.last_seq, 0) and e.received_at < clock_timestamp() - interval '1 hour'
      union all
      select 'stretch:' || s.first_index, s.count - count(e.seq) || ' of its events are gone, of ' || s.sender || ' from ' || s.first_seq || ' on'
      from audit.sealed_stretch s left join audit.event e on ${OF_STRETCH} group by s.first_index having count(e.seq) <> s.count`,
  },
  {
    id: 'A2',
    holds: 'the stretches of the log follow one another without a gap, and so do the numbers of each sender, up to the size of the last sealing',
    tier: 'local',
    schema: 'audit',
    fault: 'delete the last stretch',
    sql: `select 'stretch:' || first_index as row_named, 'does not begin where the one before it ends, in the log or of its sender' as detail
      from (select *, lag(first_index + count, 1, 0::bigint) over (order by first_index) as next_index,
          lag(first_seq + count, 1, 1::bigint) over (partition by sender order by first_index) as next_seq from audit.sealed_stretch) s
      where first_index <> next_index or first_seq <> next_seq
      union all
      select 'sealing:' || size, 'the log ends before ' || ends
      from (select max(size) as size from audit.sealing) s, (select coalesce(max(first_index + count), 0) as ends from audit.sealed_stretch) l
      where size <> ends`,
  },
  {
    id: 'A3',
    holds: 'each event has the hash of what it says, and each stretch of the log the hashes of its events',
    tier: 'inspector',
    fault: 'edit the body of one event as a superuser',
    sql: `select coalesce('leaf:' || l.log_index, 'event:' || e.sender || '/' || e.seq) as row_named,
        'event ' || e.sender || '/' || e.seq || ' says something else than was hashed' as detail
      from audit.event e left join lateral audit.place_of(e.sender, e.seq) l on true
      where e.leaf_hash <> sha256('\\x00'::bytea || convert_to(audit.canonical_json(audit.leaf_json(e)), 'UTF8'))
      union all
      select 'stretch:' || s.first_index, 'has other hashes than its events'
      from audit.sealed_stretch s
      where s.hashes is distinct from (select string_agg(e.leaf_hash, ''::bytea order by e.seq) from audit.event e where ${OF_STRETCH})`,
  },
  {
    id: 'A4',
    holds: 'each node of the tree is the hash over the 256 below it, and each sealing has the root that the tree gives',
    tier: 'inspector',
    fault: 'swap two leaves of the log',
    sql: `select 'node:' || level || '/' || position as row_named, 'is not the hash over the 256 below it' as detail
      from audit.tree_node where hash is distinct from audit.hash_over(audit.stored_hashes(level - 8, position * 256, 256))
      union all
      select 'sealing:' || size, 'the tree has another root at this size' from audit.sealing where root is distinct from audit.root_at(size)`,
  },
  {
    id: 'A5',
    holds: 'each checkpoint says the root that the log has at its size',
    tier: 'local',
    schema: 'audit',
    fault: 'forge a checkpoint',
    sql: `select 'checkpoint:' || size as row_named, 'the tree has another root at this size' as detail from audit.checkpoint
      where root is distinct from audit.root_at(size)
        or not starts_with(note, origin || E'\\n' || size || E'\\n' || encode(root, 'base64') || E'\\ntime ')`,
  },
  {
    id: 'A6',
    holds: 'what audit signed is what settlement was told, unless its message is still under way',
    tier: 'inspector',
    fault: 'delete a checkpoint after it was told',
    sql: `select 'checkpoint:' || k.size as row_named, 'settlement was told of a checkpoint that audit does not have' as detail
      from settlement.known_checkpoint k
      where not exists (select 1 from audit.checkpoint c where c.event_id = k.event_id and c.size = k.size and encode(c.root, 'hex') = k.root)
      union all
      select 'checkpoint:' || c.size, 'settlement was never told' from audit.checkpoint c
      where not exists (select 1 from settlement.known_checkpoint k where k.event_id = c.event_id)
        and c.event_id not in (select id from (${underway('audit', 'settlement')}) u)`,
  },
  {
    id: 'A8',
    holds: 'each checkpoint that settlement was told of follows the one before it, by its proof and by what settlement keeps of that one',
    tier: 'local',
    schema: 'settlement',
    fault: 'rewrite the log, delete what was signed over it, and have it signed anew',
    // Messages may overtake each other: a gap counts only when it stays.
    sql: `select 'checkpoint:' || size as row_named, case when not follows_proved then 'its log does not begin with that of ' || follows_size || ' leaves that it names'
          else 'it follows ' || follows_size || ' leaves, and settlement keeps ' || coalesce(before_size || ' before it', 'none') end as detail
      from (select k.*, lag(size) over told as before_size, lag(root) over told as before_root
        from settlement.known_checkpoint k window told as (order by size, kept_at, event_id)) k
      where not follows_proved or (kept_at < clock_timestamp() - interval '10 minutes'
        and (follows_size <> coalesce(before_size, 0) or follows_root <> before_root))`,
  },
  {
    id: 'A7',
    holds: 'the statements of coverage are numbered from 1 without a gap, each says what its hash says and names the one before',
    tier: 'local',
    schema: 'audit',
    fault: 'delete a statement of coverage after it was published',
    sql: `select 'coverage_statement:' || s.number as row_named, 'does not follow from the one before, or says something else than it was hashed as' as detail
      from audit.coverage_statement s left join audit.coverage_statement b on b.number = s.number - 1
      where s.sha256 <> encode(sha256(convert_to(s.content, 'UTF8')), 'hex') or s.previous_sha256 is distinct from b.sha256
        or s.content::jsonb ->> 'previous' is distinct from s.previous_sha256 or (s.number > 1 and b.number is null)`,
  },
  {
    id: 'A9',
    holds: 'audit was told of each member, each confirmation, each end of a membership, each mandate, each key and each impersonation that identity has, unless its message is still under way',
    tier: 'inspector',
    fault: 'make audit forget who confirmed a member',
    sql: `with had as (
        select 'member.added.v1' as type, organisation_id, user_id::text as about from identity.membership
        union all select 'member.confirmed.v1', organisation_id, user_id::text from identity.membership_confirmation
        union all select 'member.removed.v1', organisation_id, user_id::text from identity.membership where ended_at is not null
        union all select 'mandate.given.v1', organisation_id, id::text from identity.given_mandate
        union all select 'mandate.ended.v1', organisation_id, id::text from identity.given_mandate where ended_at is not null
        union all select 'api_key.made.v1', organisation_id, id::text from identity.api_key
        union all select 'api_key.ended.v1', organisation_id, id::text from identity.api_key where ended_at is not null
        union all select 'impersonation.begun.v1', organisation_id, id::text from identity.impersonation
        union all select 'impersonation.ended.v1', organisation_id, id::text from identity.impersonation where ended_at is not null)
      select h.type || ':' || h.about as row_named, 'audit was never told' as detail from had h
      where not exists (
          select from audit.event e where e.sender = 'identity' and e.type = h.type and e.body ->> 'organisationId' = h.organisation_id::text
            and coalesce(e.body ->> 'mandateId', e.body ->> 'apiKeyId', e.body ->> 'impersonationId', e.body ->> 'userId') = h.about)
        and not exists (
          select from (${owed('identity', 'audit')}) u where u.message ->> 'type' = h.type and u.message -> 'body' ->> 'organisationId' = h.organisation_id::text
            and coalesce(u.message -> 'body' ->> 'mandateId', u.message -> 'body' ->> 'apiKeyId', u.message -> 'body' ->> 'impersonationId', u.message -> 'body' ->> 'userId') = h.about)`,
  },
  {
    id: 'A10',
    holds: 'each sample has as many items as it says, numbered from 1, of events that the log had at its size',
    tier: 'local',
    schema: 'audit',
    fault: 'keep a sample without its items',
    sql: `select 'sample:' || s.id as row_named, 'has ' || count(i.position) || ' of ' || s.size || ' items, ' || count(l.log_index) || ' of them in its log' as detail
      from audit.sample s left join audit.sample_item i on i.sample_id = s.id left join audit.event e on e.id = i.event_id
        left join lateral audit.place_of(e.sender, e.seq) l on l.log_index < s.log_size
      group by s.id, s.size having count(i.position) <> s.size or coalesce(max(i.position), 0) <> s.size or count(l.log_index) <> s.size`,
  },
];
