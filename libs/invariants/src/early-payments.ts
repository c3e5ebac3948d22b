// What the commons pay early: what left the pool is set aside, paid or back, nothing is back twice, and no place is paid for what
// is not due.
import { movements, type Invariant } from './invariant.js';

const left = `e.amount - coalesce((select sum(n.amount) from settlement.early_payment_end n where n.early_payment_id = e.id), 0)`;

export const EARLY_PAYMENT_RULES: readonly Invariant[] = [
  {
    id: 'S80',
    holds: 'what is set aside of the commons is what was to be paid early and neither netted nor lapsed: out of the pool is what is back in it and what is open',
    tier: 'local', schema: 'settlement',
    fault: 'set a sum of the commons aside that nobody asked for',
    sql: `with aside as (select split_part(account, ':', 2) as pool, custody_account_id as id, -sum(amount) as amount from (${movements('settlement')}) m
        where account like 'commons_lent:%' group by 1, 2),
      open as (select e.pool, e.custody_account_id as id, sum(${left}) as amount from settlement.early_payment e group by 1, 2)
      select 'pool:' || coalesce(open.pool, aside.pool) as row_named,
        'open ' || coalesce(open.amount, 0) || ', set aside ' || coalesce(aside.amount, 0) as detail
      from open full join aside using (pool, id) where coalesce(open.amount, 0) <> coalesce(aside.amount, 0)`,
  },
  {
    id: 'S81',
    holds: 'what was paid early stands against its payee until a statement is paid less by it: no more and no less was netted',
    tier: 'local', schema: 'settlement',
    fault: 'pay a place early without an early payment',
    sql: `with ledger as (select split_part(account, ':', 2)::uuid as id, sum(amount) as amount from (${movements('settlement')}) m
        where account like 'advance:%' group by 1),
      paid as (select payee_id as id, sum(amount) as amount from settlement.payment where purpose = 'early' and state in ('released', 'booked') group by 1),
      netted as (select e.payee_id as id, -sum(n.amount) as amount from settlement.early_payment_end n
        join settlement.early_payment e on e.id = n.early_payment_id where n.kind = 'netted' group by 1),
      parts as (select id, sum(amount) as amount from (select * from paid union all select * from netted) p group by id)
      select 'payee:' || coalesce(ledger.id, parts.id) as row_named,
        'stands at ' || coalesce(ledger.amount, 0) || ', paid less netted is ' || coalesce(parts.amount, 0) as detail
      from ledger full join parts using (id) where coalesce(ledger.amount, 0) <> coalesce(parts.amount, 0)`,
  },
  {
    id: 'S82',
    holds: 'an early payment was of what was due, is back in the pool once at most, and each of its steps moved its own sum',
    tier: 'local', schema: 'settlement',
    fault: 'net one early payment twice',
    sql: `select 'early_payment:' || e.id as row_named, 'of ' || e.amount || ' with ' || e.open_before || ' open, due ' || e.due || ', left ' || (${left}) as detail
      from settlement.early_payment e where e.open_before + e.amount > e.due or ${left} < 0
      union all
      select 'early_payment:' || e.id, 'was ' || e.amount || ', moved ' || coalesce(t.amount::text, 'nothing')
      from settlement.early_payment e left join settlement.transfer t on t.event_id = e.event_id and t.credit = 'commons_lent:' || e.pool
      where t.amount is distinct from e.amount
      union all
      select 'early_payment:' || n.early_payment_id, n.kind || ' ' || n.amount || ', moved ' || coalesce(t.amount::text, 'nothing') || ' back and '
        || coalesce(p.amount::text, 'nothing') || ' of the statement'
      from settlement.early_payment_end n join settlement.early_payment e on e.id = n.early_payment_id
      left join settlement.transfer t on t.event_id = n.event_id and t.debit = 'commons_lent:' || e.pool
      left join settlement.transfer p on p.event_id = n.event_id and p.debit = 'payable:' || e.payee_id and p.credit = 'advance:' || e.payee_id
      where t.amount is distinct from n.amount or p.amount is distinct from case n.kind when 'netted' then n.amount end
      union all
      select 'transfer:' || t.event_id || '/' || t.line, 'row 29 moved ' || t.amount || ', and nobody asked for it' from settlement.transfer t
      where t.rule = '29' and not exists (select from settlement.early_payment e where e.event_id = t.event_id)
        and not exists (select from settlement.early_payment_end n where n.event_id = t.event_id)`,
  },
];
