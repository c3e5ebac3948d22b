// What places owe of fees and yearly charges: billed once, invoiced, and owed less by what was paid, set off or credited.
import type { Invariant } from './invariant.js';

/** Per payee and custody account, what `place_receivable` stands at, by the rows named. */
const owing = (rules: string) => `
  select split_part(account, ':', 2)::uuid as payee_id, custody_account_id, sum(amount) as amount from (
    select debit as account, custody_account_id, amount from settlement.transfer where ${rules}
    union all select credit, custody_account_id, -amount from settlement.transfer where ${rules}) m
  where account like 'place_receivable:%' group by 1, 2`;

/** What statements billed beside themselves, and charges of a year; with whether a document says it. */
const BILLED = `
  select s.payee_id, s.custody_account_id, f.billed_fee + f.billed_vat as amount,
    exists (select from settlement.place_invoice i where i.statement_id = s.id and i.kind = case when f.gross < 0 then 'credit_note' else 'invoice' end) as invoiced
  from settlement.statement_fee f join settlement.statement s on s.id = f.statement_id where f.billed_fee <> 0 or f.billed_vat <> 0
  union all
  select c.payee_id, c.custody_account_id, c.fee + c.vat, exists (select from settlement.place_invoice i where i.charge_id = c.id)
  from settlement.place_charge c`;

export const PLACE_DEBT_RULES: readonly Invariant[] = [
  {
    id: 'F8',
    holds: 'what the ledger says that a payee owes of fees and charges is what statements billed and years were charged, less what was paid and set off',
    tier: 'local', schema: 'settlement',
    fault: 'bill a place for a fee that no statement says',
    sql: `with charged as (${owing(`rule = '13'`)}),
      less as (select o.payee_id, o.custody_account_id, d.amount from settlement.place_invoice_discharge d
        join settlement.open_place_invoice o on o.id = d.place_invoice_id where d.kind <> 'credited'),
      said as (select payee_id, custody_account_id, sum(amount) as amount from (
        select payee_id, custody_account_id, amount from (${BILLED}) b union all select payee_id, custody_account_id, -amount from less) m group by 1, 2)
      select 'place_receivable:' || payee_id as row_named, 'charged ' || coalesce(charged.amount, 0) || ', billed and unpaid ' || coalesce(said.amount, 0) as detail
      from charged full join said using (payee_id, custody_account_id) where coalesce(charged.amount, 0) <> coalesce(said.amount, 0)`,
  },
  {
    id: 'F9',
    holds: 'a payee is charged once a year, by the rule of the day, and what it is charged is posted',
    tier: 'local', schema: 'settlement',
    fault: 'charge a payee twice for a year',
    sql: `with posted as (select event_id, sum(amount) as amount from settlement.transfer where rule = '13' and debit like 'place_receivable:%' group by 1)
      select 'place_charge:' || c.id as row_named, 'of ' || c.fee + c.vat || ' for ' || c.year || ', posted ' || coalesce(p.amount, 0)
        || ', charges of the year ' || count(*) over (partition by c.payee_id, c.year) as detail
      from settlement.place_charge c left join posted p using (event_id) left join settlement.place_charge_rule r on r.version = c.rule_version
      where p.amount is distinct from (c.fee + c.vat)::numeric
        or (c.fee, c.vat) is distinct from (r.amount, settlement.vat_of_charge(r.amount, r.vat_basis_points))
        or exists (select from settlement.place_charge o where o.payee_id = c.payee_id and o.year = c.year and o.id <> c.id)`,
  },
  {
    id: 'F10',
    holds: 'an invoice to a place is owed less by what was posted of it once, or by a credit note that is not used up, and never less than nothing',
    tier: 'local', schema: 'settlement',
    fault: 'take more off an invoice than it asks',
    sql: `select 'place_invoice_discharge:' || d.id as row_named, d.kind || ' ' || d.amount || ', posted ' || coalesce(t.amount, 0) as detail
      from settlement.place_invoice_discharge d
      left join (select event_id, sum(amount) as amount from settlement.transfer where rule = '13' and credit like 'place_receivable:%' group by 1) t
        using (event_id)
      where d.kind <> 'credited' and d.amount is distinct from t.amount
      union all
      select 'place_invoice:' || id, kind || ' of ' || amount || ', left ' || "left" from settlement.open_place_invoice where "left" < 0`,
  },
  {
    id: 'F11',
    holds: 'what a place owes in all is what is open of its invoices and debit notes, less open credit notes, and what waits for its invoice',
    tier: 'local', schema: 'settlement',
    fault: 'let a place off what its invoice still asks',
    sql: `with ledger as (${owing('true')}),
      said as (select payee_id, custody_account_id, sum(amount) as amount from (
        select payee_id, custody_account_id, case kind when 'invoice' then "left" else -"left" end as amount from settlement.open_place_invoice
        union all select payee_id, custody_account_id, amount from (${BILLED}) b where not invoiced
        union all select payee_id, custody_account_id, settlement.left_of_debit_note(id, amount) from settlement.debit_note) m group by 1, 2)
      select 'place_receivable:' || payee_id as row_named, 'ledger ' || coalesce(ledger.amount, 0) || ', documents say ' || coalesce(said.amount, 0) as detail
      from ledger full join said using (payee_id, custody_account_id) where coalesce(ledger.amount, 0) <> coalesce(said.amount, 0)`,
  },
];
