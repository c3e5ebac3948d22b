// The pools of the commons: what each has came by a rule, left by a decision, and is never below nothing.
import type { Invariant } from './invariant.js';

export const POOL_RULES: readonly Invariant[] = [
  {
    id: 'S77',
    holds: "what reached a programme's own pool of a statement, or of what expired, is the part that the sharing rule of its day gives it, to the cent",
    tier: 'local', schema: 'settlement',
    fault: "feed a programme's pool without a rule",
    sql: `with given as (select event_id, substr(credit, 9) as pool, sum(amount) as amount from settlement.transfer
        where rule in ('12', '23') and credit like 'commons:%' and credit <> 'commons:general' group by 1, 2)
      select 'event:' || coalesce(given.event_id, s.event_id) as row_named,
        'pool ' || coalesce(given.pool, s.programme_id::text) || ' has ' || coalesce(given.amount, 0) || ', its rule gives ' || coalesce(s.local::text, 'nothing') as detail
      from given full join settlement.commons_share s on s.event_id = given.event_id and s.programme_id::text = given.pool
      where coalesce(given.amount, 0) <> coalesce(s.local, 0)
      union all
      select 'event:' || s.event_id, 'rule ' || s.sharing_rule_version || ' of ' || s.programme_id || ' divided ' || s.local || ' and ' || s.national
      from settlement.commons_share s left join settlement.standing_sharing_rule r on r.programme_id = s.programme_id and r.version = s.sharing_rule_version
      where r.version is null or r.effective_from > (s.at at time zone 'Europe/Paris')::date
        or abs(s.local * 10000 - (s.local + s.national) * r.local_basis_points) >= 10000`,
  },
  {
    id: 'S78',
    holds: "a pool that has a rule in force gives only what people voted whom its rule of that day names; a programme's pool gives nothing without one",
    tier: 'local', schema: 'settlement',
    fault: 'let somebody vote over a pool whom no rule names',
    sql: `select 'allocation:' || a.id as row_named, 'pool ' || a.pool || ', a voice of ' || v.user_id as detail
      from settlement.allocation a join settlement.allocation_voice v on v.allocation_id = a.id
      cross join lateral settlement.deciders_on(a.pool, (v.at at time zone 'Europe/Paris')::date) named
      where case when named is null then a.pool <> 'general' else not v.user_id = any(named) end
      union all
      select 'allocation:' || a.id, 'pool ' || a.pool || ', voted by ' || count(v.user_id) || ' whom the rule of its day names'
      from settlement.allocation a join settlement.allocation_decision d on d.allocation_id = a.id and d.outcome = 'voted'
      cross join lateral settlement.deciders_on(a.pool, (d.decided_at at time zone 'Europe/Paris')::date) named
      left join settlement.allocation_voice v on v.allocation_id = a.id and v.voice = 'for' and v.user_id = any(named)
      where a.pool <> 'general' or named is not null group by a.id, a.pool having count(v.user_id) < 2`,
  },
  {
    id: 'S79',
    holds: 'the public account of a pool has each of its transfers once, and no other; in minus out is its balance and never below nothing, at each movement',
    tier: 'local', schema: 'settlement',
    fault: 'take out of a pool what it does not have',
    sql: `with moved as (select substr(credit, 9) as pool, amount, event_id, line from settlement.transfer where credit like 'commons:%'
        union all select substr(debit, 9), -amount, event_id, line from settlement.transfer where debit like 'commons:%'),
      walked as (select *, sum(amount) over w as standing, sum(greatest(amount, 0)) over w as came, row_number() over w as place
        from settlement.pool_movement window w as (partition by pool order by number rows unbounded preceding))
      select 'pool:' || coalesce(k.pool, m.pool) as row_named, 'moved ' || coalesce(m.amount, 0) || ' by ' || coalesce(k.event_id, m.event_id) || ', told ' || coalesce(k.amount, 0) as detail
      from moved m full join settlement.pool_movement k on k.pool = m.pool and k.event_id = m.event_id and k.line = m.line
      where coalesce(m.amount, 0) <> coalesce(k.amount, 0)
      union all
      select 'pool:' || pool, 'stands at ' || balance || ' after movement ' || number from walked
      where balance < 0 or balance <> standing or entered <> came or number <> place
      union all
      select 'pool:' || coalesce(substr(g.account, 9), m.pool), 'in minus out is ' || coalesce(m.amount, 0) || ', the balance ' || coalesce(g.balance, 0)
      from (select pool, sum(amount) as amount from moved group by 1) m
      full join (select * from settlement.guarded_balance where account like 'commons:%') g on substr(g.account, 9) = m.pool
      where coalesce(m.amount, 0) <> coalesce(g.balance, 0)`,
  },
  {
    id: 'S83',
    holds: 'what reached a pool by row 27 is a gift: one bank line, whole, that the bank or a person said is for that pool; and every gift reached its pool',
    tier: 'local', schema: 'settlement',
    fault: 'post a gift that no bank line carried',
    sql: `with posted as (select event_id, credit, custody_account_id, sum(amount) as amount from settlement.transfer where rule = '27' group by 1, 2, 3)
      select coalesce('bankLine:' || g.bank_line_id, 'event:' || p.event_id) as row_named,
        coalesce(p.credit, 'no pool') || ' has ' || coalesce(p.amount, 0) || ', given ' || coalesce(g.amount, 0) as detail
      from posted p full join settlement.gift g on g.event_id = p.event_id and 'commons:' || g.pool = p.credit and g.custody_account_id = p.custody_account_id
      where coalesce(p.amount, 0) <> coalesce(g.amount, 0)
      union all
      select 'bankLine:' || g.bank_line_id, 'carried ' || coalesce(l.amount, 0) || ' as ' || coalesce(l.kind, 'nothing')
      from settlement.gift g left join settlement.bank_line l on l.id = g.bank_line_id
      left join settlement.bank_line_identification i on i.bank_line_id = g.bank_line_id and i.event_id = g.event_id
      where l.id is null or l.amount <> g.amount or not (l.kind = 'gift' or l.kind = 'unknown_credit' and coalesce(i.kind, '') = 'gift')
      union all
      select 'bankLine:' || l.id, 'is a gift of ' || l.amount || ' that no pool has' from settlement.bank_line l
      where l.kind = 'gift' and not exists (select from settlement.gift g where g.bank_line_id = l.id)`,
  },
  {
    id: 'S84',
    holds: 'a rule of a pool stands by two people, and each says what it is: proposed by one, confirmed by another before its day; none of two is of one day',
    tier: 'local', schema: 'settlement',
    fault: 'let one person propose and confirm a rule',
    sql: `with rules as (
        select programme_id::text as pool, version, effective_from, published_by, published_at, event_id is not null as of_before from settlement.sharing_rule
        union all select 'general', version, effective_from, published_by, published_at, false from settlement.national_pool_rule)
      select 'rule:' || d.pool || '/' || d.version as row_named, d.outcome || ' by ' || d.decided_by || ' on ' || d.decided_at as detail
      from settlement.pool_rule_decision d left join rules r on r.pool = d.pool and r.version = d.version
      left join settlement.pool_rule_decision c on c.pool = d.pool and c.version = d.version and c.outcome = 'confirmed'
      where r.version is null or (c.version is not null and r.published_by = d.decided_by and not r.of_before)
        or (c.version is not null and r.effective_from <= (d.decided_at at time zone 'Europe/Paris')::date)
      union all
      select 'rule:' || pool || '/' || max(version), 'of the day of another' from rules r
      where exists (select from settlement.pool_rule_decision d where d.pool = r.pool and d.version = r.version and d.outcome = 'confirmed')
        and not exists (select from settlement.pool_rule_decision d where d.pool = r.pool and d.version = r.version and d.outcome = 'withdrawn')
      group by pool, effective_from having count(*) > 1`,
  },
  {
    id: 'S85',
    holds: 'on no day does the operator take a larger fee of a programme than the sharing rule of that day allows',
    tier: 'local', schema: 'settlement',
    fault: 'take back the confirmation of the rule that allowed more',
    sql: `with cap as (
        select programme_id, version, operator_cap_basis_points as most, effective_from as first,
          lead(effective_from) over (partition by programme_id order by effective_from) as next from settlement.standing_sharing_rule),
      fee as (
        select programme_id, version, fee_basis_points as taken, effective_from as first,
          lead(effective_from) over (partition by programme_id order by effective_from, version) as next from settlement.fee_rule)
      select 'fee_rule:' || f.programme_id || '/' || f.version as row_named, f.taken || ' of at most ' || c.most || ' by sharing rule ' || c.version as detail
      from fee f join cap c on c.programme_id = f.programme_id and f.first < coalesce(c.next, 'infinity') and c.first < coalesce(f.next, 'infinity')
      where f.taken > c.most and (f.next is null or f.next > f.first)`,
  },
];
