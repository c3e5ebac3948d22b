// The crossing tier: what a ledger says of itself is what audit's own copy of the events says, asked by audit each minute under its own
// role. No service reads another's table: each announces its figures up to numbers, and audit restates them at the same numbers.
import { underway, type Invariant } from './invariant.js';

const PAIRS = [['issuance', 'redemption'], ['issuance', 'settlement'], ['redemption', 'settlement']] as const;
const LEDGERS = ['issuance', 'redemption', 'settlement'] as const;

const differing = (isOfIt: string) => `
  select ledger || '.' || account || ' by ' || sender || ' in ' || custody_account_id || ' ' || programme as row_named,
    'says ' || said_count || ' events and ' || said_amount || ' cents, its events say ' || restated_count || ' and ' || restated_amount || ', since number '
      || differs_after_seq || coalesce('; ' || named, '') as detail
  from audit.difference where ${isOfIt}`;

const TAKEN_BY = LEDGERS.map((receiver) => `
  select '${receiver}' as ledger, id as event_id from (${LEDGERS.filter((sender) => sender !== receiver).map((sender) => underway(sender, receiver)).join(' union all ')}) u`)
  .join(' union all ');
/** As the tally calls an account. */
const tallied = (side: string) => `case when ${side} like 'bank:%' or ${side} like 'clearing:%' then ${side} else split_part(${side}, ':', 1) end`;
const BOOKED = LEDGERS.map((ledger) => `
  select '${ledger}' as ledger, event_id, rule, ${tallied('debit')} as debit, ${tallied('credit')} as credit, custody_account_id, amount from ${ledger}.transfer`).join(' union all ');

export const CROSSING_RULES: readonly Invariant[] = [
  ...PAIRS.map(([a, b], at): Invariant => ({
    id: `X${at + 1}`,
    holds: `what ${a} and ${b} each posted against the other is what the events between them say, event by event`,
    tier: 'crossing', schema: 'audit',
    fault: 'drop, add or alter the half of one event in one of the two ledgers',
    sql: differing(`(ledger, account) in (('${a}', 'clearing:${b}'), ('${b}', 'clearing:${a}'))`),
  })),
  {
    id: 'X4',
    holds: 'each kind of account of each ledger stands at what its events say, by custody account and programme',
    tier: 'crossing', schema: 'audit',
    fault: 'post a transfer by hand, or change one',
    sql: differing(`account not like 'clearing:%'`),
  },
  {
    id: 'X5',
    holds: 'what an event moves is restated, and compared with each ledger that it moves, within two hours of its coming',
    tier: 'crossing', schema: 'audit',
    fault: 'keep a ledger from announcing what it comes to',
    sql: `select 'position:' || e.sender as row_named, 'not restated since number ' || coalesce(p.up_to_seq, 0) as detail
      from (select sender, min(seq) as seq, min(received_at) as received_at from audit.event e where sender in ('issuance', 'redemption', 'settlement')
        and seq > (select coalesce(max(up_to_seq), 0) from audit.restated_position r where r.sender = e.sender) group by sender) e
        left join audit.restated_position p on p.sender = e.sender
      where e.received_at < clock_timestamp() - interval '2 hours'
      union all
      select 'comparison:' || l.ledger || ' by ' || s.sender, 'not compared since number ' || coalesce(c.up_to_seq, 0)
      from unnest(array['issuance', 'redemption', 'settlement']) l(ledger) cross join unnest(array['issuance', 'redemption', 'settlement']) s(sender)
        left join audit.compared_position c on c.ledger = l.ledger and c.sender = s.sender
      where exists (select from audit.restated_transfer t join audit.event e on e.sender = t.sender and e.seq = t.seq
        where t.sender = s.sender and t.ledger = l.ledger and t.seq > coalesce(c.up_to_seq, 0) and e.received_at < clock_timestamp() - interval '2 hours')`,
  },
  {
    id: 'X6',
    holds: 'the ledgers that audit restates are those that there are, row by row, but for events that are under way',
    tier: 'inspector',
    fault: 'alter a transfer that audit has restated',
    sql: `with told as (select ledger, event_id, rule, debit, credit, custody_account_id, sum(amount) as amount from audit.restated_transfer group by 1, 2, 3, 4, 5, 6),
      booked as (select b.ledger, b.event_id, b.rule, b.debit, b.credit, b.custody_account_id, sum(b.amount) as amount from (${BOOKED}) b
        join audit.event e on e.id = b.event_id join audit.restated_position p on p.sender = e.sender and e.seq <= p.up_to_seq group by 1, 2, 3, 4, 5, 6),
      waiting as (${TAKEN_BY} union all select 'redemption', message_id from redemption.parked_message
        union all select 'settlement', (message ->> 'id')::uuid from settlement.parked_undo)
      select ledger || '.transfer:' || event_id as row_named, rule || ', ' || debit || ' to ' || credit || ': its event says '
        || coalesce(told.amount::text, 'nothing') || ', booked is ' || coalesce(booked.amount::text, 'nothing') as detail
      from told full join booked using (ledger, event_id, rule, debit, credit, custody_account_id)
      where told.amount is distinct from booked.amount and not (booked.amount is null and (ledger, event_id) in (select ledger, event_id from waiting))`,
  },
];
