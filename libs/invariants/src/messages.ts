// Messages: numbers without gaps, batches that hold what they say, and an audit that has every event once.
import { MESSAGES } from '#libs/contracts';
import { underway, type Invariant } from './invariant.js';

const SENDERS = ['issuance', 'redemption', 'settlement'] as const;

const gaps = SENDERS.map((sender) => `
  select '${sender}' as sender, n as seq from ${sender}.relay_position, generate_series(1, last_seq) n
  where not exists (select 1 from audit.event e where e.sender = '${sender}' and e.seq = n)
    and not exists (select 1 from ${sender}.sent_batch b where b.receiver = 'audit' and b.acknowledged_at is null
                    and n between b.first_seq and b.last_seq)
    and not exists (select 1 from audit.dead_letter d where d.sender = '${sender}' and d.seq = n)`).join(' union all ');

// Audit sends checkpoints; what it says itself it does not keep.
const batches = [...SENDERS, 'audit'].map((sender) => `
  select '${sender}' as sender, receiver, batch_no, count, messages, first_seq, last_seq from ${sender}.sent_batch`).join(' union all ');

/** Identity has messages to take, and sends none. */
const RECEIVERS = [...SENDERS, 'identity'] as const;

const routed = SENDERS.flatMap((sender) => RECEIVERS.filter((receiver) => receiver !== sender).map((receiver) => {
  const types = MESSAGES.filter(({ to }) => to.includes(receiver)).map(({ type }) => `'${type}'`).join(', ');
  return `
  select '${sender}' as sender, '${receiver}' as receiver, e.seq, e.id, e.type from audit.event e
  where e.sender = '${sender}' and e.type = any(array[${types}]::text[])
    and not exists (select 1 from ${receiver}.inbox i where i.sender = '${sender}' and i.seq = e.seq)
    and e.id not in (select id from (${underway(sender, receiver)}) u)`;
})).join(' union all ');

export const MESSAGE_RULES: readonly Invariant[] = [
  {
    id: 'M1',
    holds: 'audit has every event of every service once, by number, without a gap',
    tier: 'inspector',
    fault: 'delete one event of a batch to audit',
    sql: `select 'event:' || sender || '/' || seq as row_named, 'audit has no event with this number' as detail from (${gaps}) g`,
  },
  {
    id: 'M2',
    holds: 'a sent batch holds as many messages as it says, inside its numbers',
    tier: 'inspector',
    fault: 'take a message out of a sent batch',
    sql: `select 'batch:' || sender || '-' || receiver || '-' || batch_no as row_named,
        'says ' || count || ' messages, holds ' || jsonb_array_length(messages) as detail
      from (${batches}) b
      where count <> jsonb_array_length(messages)
        or exists (select 1 from jsonb_array_elements(messages) m where (m ->> 'seq')::bigint not between first_seq and last_seq)`,
  },
  {
    id: 'M3',
    holds: 'each event that audit has reached every service that it is routed to',
    tier: 'inspector',
    fault: 'take a message out of a sent batch and mend its count',
    sql: `select 'event:' || id as row_named, type || ' number ' || seq || ' of ' || sender || ' never reached ' || receiver as detail
      from (${routed}) l`,
  },
  {
    id: 'M4',
    holds: 'no transfer exists whose event audit does not have',
    tier: 'inspector',
    fault: 'post a transfer by hand',
    sql: SENDERS.map((ledger) => `
      select distinct '${ledger}.transfer:' || event_id as row_named, 'audit has no such event' as detail from ${ledger}.transfer t
      where not exists (select 1 from audit.event e where e.id = t.event_id)
        and not exists (select 1 from (${['issuance', 'redemption', 'settlement'].map((sender) => underway(sender, 'audit')).join(' union all ')}) u
          where u.id = t.event_id)`).join(' union all '),
  },
  {
    id: 'M5',
    holds: 'time does not run backwards in the events of one service',
    tier: 'inspector',
    fault: 'redeem after the last claim day with a clock that was set back',
    // Ten minutes: writers overlap, and a transaction may wait for its lock before its facts get their number.
    sql: `select 'event:' || id as row_named, type || ' says ' || occurred_at || ', after an event of ' || before as detail
      from (select id, type, occurred_at, max(occurred_at) over (partition by sender order by seq rows between unbounded preceding
            and 1 preceding) as before from audit.event) e
      where occurred_at < before - interval '10 minutes'`,
  },
];
