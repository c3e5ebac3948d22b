// What became of what a returned or rejected payment `p` paid, statement by statement, refund by refund, allocation by allocation: it is
// owed until a later payment has it. Derived at each reading, so that no second fact can say otherwise than the payments.

/** What a payment pays, with what is still to pay of it; nothing of a run of fees, whose money is the operator's own again. */
const SOURCES = `
  select ps.statement_id as id, settlement.to_pay(s.id, s.net) as amount
    from settlement.payment_statement ps join settlement.statement s on s.id = ps.statement_id where ps.payment_id = p.id
  union all
  select pf.refund_id, case when exists (select from settlement.disputed_refund d where d.refund_id = f.id) then 0 else f.amount end
    from settlement.payment_refund pf join settlement.refund f on f.id = pf.refund_id where pf.payment_id = p.id
  union all
  select pa.allocation_id, a.amount
    from settlement.payment_allocation pa join settlement.allocation a on a.id = pa.allocation_id where pa.payment_id = p.id
  union all
  select pe.early_payment_id, settlement.to_pay_early(e.id, e.amount)
    from settlement.payment_early pe join settlement.early_payment e on e.id = pe.early_payment_id where pe.payment_id = p.id`;

/** The latest payment after `p` that has it and was not cancelled with its run. */
const LATER = `
  select later.id, later.state from settlement.payment later
  where later.id > p.id and later.state <> 'cancelled' and later.id in (
    select payment_id from settlement.payment_statement where statement_id = source.id
    union all select payment_id from settlement.payment_refund where refund_id = source.id
    union all select payment_id from settlement.payment_allocation where allocation_id = source.id
    union all select payment_id from settlement.payment_early where early_payment_id = source.id)
  order by later.id desc limit 1`;

/** One row. Of several that it paid, what somebody has to see to comes first. */
export const paidAgain = `
  select max(later.id::text)::uuid as payment_id, sum(source.amount) filter (where later.id is null) as left_over,
    case when bool_or(later.id is null and source.amount > 0) then 'owed'
      when bool_or(later.state in ('returned', 'rejected')) then 'failed_again'
      when bool_or(later.state in ('instructed', 'released')) then 'ordered'
      when bool_or(later.state = 'booked') then 'paid' else 'nothing_left' end as outcome
  from (${SOURCES}) source left join lateral (${LATER}) later on true`;
