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
      from settlement.commons_share s left join settlement.sharing_rule r on r.programme_id = s.programme_id and r.version = s.sharing_rule_version
      where r.version is null or r.effective_from > (s.at at time zone 'Europe/Paris')::date
        or abs(s.local * 10000 - (s.local + s.national) * r.local_basis_points) >= 10000`,
  },
  {
    id: 'S78',
    holds: "a programme's own pool gives only what people voted whom its sharing rule of that day names",
    tier: 'local', schema: 'settlement',
    fault: 'let somebody vote over a pool whom no rule names',
    sql: `select 'allocation:' || a.id as row_named, 'pool ' || a.pool || ', a voice of ' || v.user_id as detail
      from settlement.allocation a join settlement.allocation_voice v on v.allocation_id = a.id
      where a.pool <> 'general' and not exists (select from settlement.sharing_rule r where r.programme_id::text = a.pool and v.user_id = any(r.deciders)
        and r.effective_from <= (v.at at time zone 'Europe/Paris')::date and not exists (select from settlement.sharing_rule n
          where n.programme_id = r.programme_id and n.version > r.version and n.effective_from <= (v.at at time zone 'Europe/Paris')::date))
      union all
      select 'allocation:' || a.id, 'pool ' || a.pool || ', voted by ' || count(v.user_id) || ' whom the rule of its day names'
      from settlement.allocation a join settlement.allocation_decision d on d.allocation_id = a.id and d.outcome = 'voted'
      join lateral (select r.deciders from settlement.sharing_rule r where r.programme_id::text = a.pool
        and r.effective_from <= (d.decided_at at time zone 'Europe/Paris')::date order by r.version desc limit 1) of_day on true
      left join settlement.allocation_voice v on v.allocation_id = a.id and v.voice = 'for' and v.user_id = any(of_day.deciders)
      where a.pool <> 'general' group by a.id, a.pool having count(v.user_id) < 2`,
  },
  {
    id: 'S79',
    holds: 'the account of a pool, in minus out, is its balance and never below nothing, at each of its movements',
    tier: 'local', schema: 'settlement',
    fault: 'take out of a pool what it does not have',
    sql: `with moved as (select credit as account, amount, event_id, line, created_at from settlement.transfer where credit like 'commons:%'
        union all select debit, -amount, event_id, line, created_at from settlement.transfer where debit like 'commons:%'),
      standing as (select account, event_id, line, sum(amount) over (partition by account order by created_at, event_id, line) as balance from moved)
      select 'pool:' || substr(account, 9) as row_named, 'stands at ' || balance || ' after ' || event_id || '/' || line as detail from standing where balance < 0
      union all
      select 'pool:' || substr(coalesce(g.account, m.account), 9), 'in minus out is ' || coalesce(m.amount, 0) || ', the balance ' || coalesce(g.balance, 0)
      from (select account, sum(amount) as amount from moved group by 1) m
      full join (select * from settlement.guarded_balance where account like 'commons:%') g on g.account = m.account
      where coalesce(m.amount, 0) <> coalesce(g.balance, 0)`,
  },
];
