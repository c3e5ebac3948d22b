// What places owe by debit notes: each of its lines once, each cent of it asked, paid, set off or given up.
import type { Invariant } from './invariant.js';

export const DEBIT_NOTE_RULES: readonly Invariant[] = [
  {
    id: 'S50',
    holds: 'what the ledger says that a payee owes on a custody account by debit notes is what was issued, less what was paid, set off and lost',
    tier: 'local', schema: 'settlement',
    fault: 'give a debt up without its posting',
    sql: `with owing as (select split_part(account, ':', 2)::uuid as payee_id, custody_account_id, sum(amount) as amount from (
          select debit as account, custody_account_id, amount from settlement.transfer where rule = '20'
          union all select credit, custody_account_id, -amount from settlement.transfer where rule = '20') m
        where account like 'place_receivable:%' group by 1, 2),
      said as (select payee_id, custody_account_id, sum(settlement.left_of_debit_note(id, amount)) as amount from settlement.debit_note group by 1, 2)
      select 'payee:' || payee_id as row_named, 'ledger ' || coalesce(owing.amount, 0) || ', its debit notes say ' || coalesce(said.amount, 0) as detail
      from owing full join said using (payee_id, custody_account_id)
      where coalesce(owing.amount, 0) <> coalesce(said.amount, 0)`,
  },
  {
    id: 'S51',
    holds: 'a statement that comes to less than nothing is a debit note of that amount, and numbers of each year go from 1 to the last without a gap',
    tier: 'local', schema: 'settlement',
    fault: 'number a debit note past the next number',
    sql: `select 'statement:' || s.id as row_named, 'net ' || s.net || ', debit note of ' || coalesce(n.amount::text, 'nothing') as detail
      from settlement.statement s left join settlement.debit_note n on n.id = s.id
      where (s.net < 0) <> (n.id is not null) or n.amount <> -s.net
      union all
      select 'debit_notes:' || year, count(*) || ' notes, the last number is ' || max(number) from settlement.debit_note
      group by year having count(*) <> max(number)`,
  },
  {
    id: 'S52',
    holds: 'a debit note is owed less by what was posted of it once, and never less than nothing',
    tier: 'local', schema: 'settlement',
    fault: 'take more off a debit note than it asks',
    sql: `select 'debit_note_discharge:' || d.event_id as row_named, d.kind || ' ' || d.amount || ', posted ' || coalesce(t.amount, 0) as detail
      from settlement.debit_note_discharge d
      left join (select event_id, sum(amount) as amount from settlement.transfer where rule = '20' and credit like 'place_receivable:%' group by 1) t
        using (event_id)
      where d.amount is distinct from t.amount
      union all
      select 'debit_note:' || n.id, 'of ' || n.amount || ', left ' || settlement.left_of_debit_note(n.id, n.amount) from settlement.debit_note n
      where settlement.left_of_debit_note(n.id, n.amount) < 0`,
  },
];
