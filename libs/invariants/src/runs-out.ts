// What leaves to the operator and out of the commons: voted by others, paid once, and never more than was the operator's own.
import { movements, type Invariant } from './invariant.js';

/** The operator's own bank: what it took out of a custody account, less what it paid in. */
const operatorBank = `(select 'bank:' || payee_id from settlement.operator)`;

export const RUNS_OUT_RULES: readonly Invariant[] = [
  {
    id: 'S60',
    holds: 'what is allocated to a payee is what was voted to it and no payment of the commons has taken',
    tier: 'local', schema: 'settlement',
    fault: 'owe a payee out of the commons without a vote',
    sql: `with owed as (select split_part(account, ':', 2)::uuid as id, -sum(amount) as amount from (${movements('settlement')}) m
        where account like 'allocated:%' group by account),
      voted as (select a.payee_id as id, sum(a.amount) as amount from settlement.allocation a
        join settlement.allocation_decision d on d.allocation_id = a.id where d.outcome = 'voted' group by 1),
      paid as (select payee_id as id, sum(amount) as amount from settlement.payment
        where purpose = 'commons' and state in ('released', 'booked') group by 1),
      parts as (select id, sum(amount) as amount from (select * from owed union all select * from paid) p group by id)
      select 'payee:' || coalesce(voted.id, parts.id) as row_named,
        'voted ' || coalesce(voted.amount, 0) || ', allocated or paid ' || coalesce(parts.amount, 0) as detail
      from voted full join parts using (id) where coalesce(voted.amount, 0) <> coalesce(parts.amount, 0)`,
  },
  {
    id: 'S61',
    holds: 'each allocation that was voted moved its sum once, by the voices of two people of whom none had proposed it, and none against',
    tier: 'local', schema: 'settlement',
    fault: 'vote an allocation that nobody was heard about',
    sql: `with heard as (select allocation_id as id, count(*) filter (where voice = 'for') as in_favour, count(*) filter (where voice = 'against') as against
        from settlement.allocation_voice group by 1)
      select 'allocation:' || d.allocation_id as row_named, coalesce(h.in_favour, 0) || ' for it, ' || coalesce(h.against, 0) || ' against, posted '
        || coalesce(t.amount::text, 'nothing') || ' of ' || coalesce(a.amount::text, 'nothing') as detail
      from settlement.allocation_decision d left join settlement.allocation a on a.id = d.allocation_id left join heard h on h.id = d.allocation_id
      left join (select event_id, sum(amount) as amount from settlement.transfer where rule = '28' group by 1) t on t.event_id = d.event_id
      where d.outcome = 'voted' and (coalesce(h.in_favour, 0) < 2 or h.against > 0 or t.amount is distinct from a.amount
        or exists (select from settlement.allocation_voice v where v.allocation_id = a.id and v.user_id = a.proposed_by))
      union all
      select 'transfer:' || event_id || '/' || line, 'row 28 moved ' || amount || ', and nobody voted it' from settlement.transfer t
      where rule = '28' and not exists (select from settlement.allocation_decision d where d.event_id = t.event_id)`,
  },
  {
    id: 'S62',
    holds: 'what the operator has of a custody account is its payments of fees that the bank debited and kept, less what it was said to have paid in',
    tier: 'local', schema: 'settlement',
    fault: 'move money to the operator without a payment',
    sql: `with posted as (select custody_account_id as id, sum(amount) as amount from (${movements('settlement')}) m
        where account = ${operatorBank} group by 1),
      said as (select id, sum(amount) as amount from (
        select r.bank_account_id as id, p.amount from settlement.payment p join settlement.settlement_run r on r.id = p.run_id
          where p.purpose = 'fees' and p.state = 'booked'
        union all select l.bank_account_id, -l.amount from settlement.bank_line_identification i join settlement.bank_line l on l.id = i.bank_line_id
          where i.kind = 'paid_in') s group by 1)
      select 'bank_account:' || id as row_named, 'taken out ' || coalesce(said.amount, 0) || ', posted ' || coalesce(posted.amount, 0) as detail
      from posted full join said using (id) where coalesce(posted.amount, 0) <> coalesce(said.amount, 0)
      union all
      select 'transfer:' || event_id || '/' || line, 'row ' || rule || ' moved ' || amount || ' to or from an operator that is none'
      from settlement.transfer where rule in ('32', '33') and coalesce(${operatorBank} not in (debit, credit), true)`,
  },
  {
    id: 'S63',
    holds: "each run of fees was released within what was the operator's own and free at that moment, so that it left no less than nothing",
    tier: 'local', schema: 'settlement',
    fault: 'release a run of fees without asking what is own',
    sql: `select 'run:' || r.id as row_named, 'took ' || r.amount || ', own was ' || coalesce(f.own_money::text, 'not asked') || ', bound of it '
        || coalesce(f.bound::text, 'not asked') as detail
      from settlement.settlement_run r left join settlement.fees_release f on f.run_id = r.id
      where r.purpose = 'fees' and r.state = 'released' and (f.amount is distinct from r.amount or f.own_money - f.bound < r.amount)`,
  },
  {
    id: 'S64',
    holds: 'the operator took no more out of a custody account than fees and VAT were ever credited to it there, by places and payers',
    tier: 'inspector',
    fault: "take out others' money by a posting",
    sql: `with taken as (select custody_account_id as id, sum(amount) as amount from (${movements('settlement')}) m where account = ${operatorBank} group by 1),
      earned as (select id, sum(amount) as amount from (
        select custody_account_id as id, amount from settlement.transfer where credit in ('fee_income', 'vat_collected')
        union all select custody_account_id, amount from issuance.transfer where credit in ('fee_income', 'vat_collected')) e group by 1)
      select 'bank_account:' || id as row_named, 'took out ' || taken.amount || ', ever earned ' || coalesce(earned.amount, 0) as detail
      from taken left join earned using (id) where taken.amount > coalesce(earned.amount, 0)`,
  },
];
