// L1 and L2: what one service says it handed over, the other says it took, event by event. A grand total cannot fail;
// the pair of one event can.
import { movements, underway, type Invariant } from './invariant.js';

const PAIRS = [['issuance', 'redemption'], ['issuance', 'settlement'], ['redemption', 'settlement']] as const;

/** Both halves of every crossing, with the side that posted it; `to_ledger` is the one that it faces. */
const halves = ['issuance', 'redemption', 'settlement'].map((ledger) => `
  select '${ledger}' as ledger, split_part(account, ':', 2) as to_ledger, event_id, sum(amount) as amount, min(currency) as currency
  from (${movements(ledger)}) m where account like 'clearing:%' group by account, event_id`).join(' union all ');

const underwayPairs = PAIRS.flatMap(([a, b]) => [[a, b], [b, a]]).map(([a, b]) => `
  select id from (${underway(a!, b!)}) u`).join(' union all ');

export const CLEARING: readonly Invariant[] = [
  ...PAIRS.map(([a, b]): Invariant => ({
    id: `L1:${a}-${b}`,
    holds: `what ${a} and ${b} cleared with each other is zero, but for messages still under way`,
    tier: 'inspector',
    fault: 'drop one event from a sent batch and mend the count',
    sql: `with halves as (${halves}), underway as (${underwayPairs}),
      total as (select coalesce(sum(amount), 0) as amount from halves
        where (ledger, to_ledger) in (('${a}', '${b}'), ('${b}', '${a}')) and event_id not in (select id from underway)),
      halfway as (select coalesce(sum(amount), 0) as amount from (select event_id, sum(amount) as amount, count(*) as sides from halves
        where (ledger, to_ledger) in (('${a}', '${b}'), ('${b}', '${a}')) and event_id in (select id from underway)
        group by event_id having count(*) = 2) h)
      select 'clearing:${a}-${b}' as row_named, (total.amount + halfway.amount)::text || ' cents do not clear' as detail
      from total, halfway where total.amount + halfway.amount <> 0`,
  })),
  {
    id: 'L2',
    holds: 'each crossing event is in exactly two ledgers, with the same amount, unless its message is still under way',
    tier: 'inspector',
    fault: 'drop, double or alter one half of a crossing',
    sql: `with halves as (${halves}), underway as (${underwayPairs})
      select 'event:' || event_id as row_named,
        case when count(*) = 1 then 'only in ' || min(ledger) || ', ' || min(to_ledger) || ' never took it'
             else 'sides differ by ' || sum(amount)::text || ' cents' end as detail
      from halves group by event_id, least(ledger, to_ledger), greatest(ledger, to_ledger)
      having (count(*) <> 2 and not (count(*) = 1 and event_id in (select id from underway)))
        or (count(*) = 2 and sum(amount) <> 0) or count(distinct currency) > 1`,
  },
];
