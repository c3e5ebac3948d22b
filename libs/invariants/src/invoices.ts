// Documents to payers against the ledger: what is invoiced is owed, credited or paid, and no number is missing.
import type { Invariant } from './invariant.js';

export const INVOICE_RULES: readonly Invariant[] = [
  {
    id: 'F1',
    holds: 'the numbers of each series of quotes, invoices and credit notes go from 1 to its last, without a gap',
    tier: 'local', schema: 'issuance',
    fault: 'draw a number and issue nothing',
    sql: `select 'invoice_series:' || s.seller_siren || '/' || s.kind || '/' || s.year as row_named,
        'at ' || s.last_number || ', has ' || count(i.id) || ' documents up to ' || coalesce(max(i.number), 0) as detail
      from issuance.invoice_series s left join issuance.invoice i using (seller_siren, kind, year)
      group by s.seller_siren, s.kind, s.year, s.last_number
      having count(i.id) <> s.last_number or max(i.number) is distinct from s.last_number`,
  },
  {
    id: 'F2',
    holds: 'each invoice and credit note is posted once, with its own fee and VAT, and the paid part of a credited fee is cover of its payer',
    tier: 'local', schema: 'issuance',
    fault: 'issue an invoice without its posting',
    sql: `with posted as (select event_id,
          sum(case when 'fee_income' in (debit, credit) then amount else 0 end) as fee,
          sum(case when 'vat_collected' in (debit, credit) then amount else 0 end) as vat,
          sum(case when credit like 'prefund:%' then amount else 0 end) as covered
        from issuance.transfer where rule = '1' group by event_id)
      select 'invoice:' || coalesce(i.id, p.event_id) as row_named,
        'says ' || coalesce(i.fee_cents, 0) || ' of fee and ' || coalesce(i.vat_cents, 0) || ' of VAT, posted ' || coalesce(p.fee, 0) || ' and ' || coalesce(p.vat, 0) as detail
      from (select * from issuance.invoice where event_id is not null) i full join posted p using (event_id)
      where (i.id is null and p.event_id is not null) or i.fee_cents <> coalesce(p.fee, 0) or i.vat_cents <> coalesce(p.vat, 0)
        or i.covered_cents <> coalesce(p.covered, 0)`,
  },
  {
    id: 'F3',
    holds: 'what a payer owes of fee and VAT is what was invoiced, less what was credited and paid, and never below zero',
    tier: 'local', schema: 'issuance',
    fault: 'pay a fee that was never invoiced',
    // By the rows of invoices and of what pays them; others (30: disputes) open receivables of their own.
    sql: `with owed as (select split_part(account, ':', 2)::uuid as payer_id, sum(amount) as amount
        from (select debit as account, amount from issuance.transfer where rule in ('1', '3', '4')
          union all select credit, -amount from issuance.transfer where rule in ('1', '3', '4')) m where account like 'receivable:%' group by account),
      said as (select payer_id, sum(invoiced_cents - paid_cents) as amount from issuance.share_fee group by payer_id)
      select 'receivable:' || payer_id as row_named, 'stands at ' || coalesce(owed.amount, 0) || ', its shares say ' || coalesce(said.amount, 0) as detail
      from owed full join said using (payer_id)
      where coalesce(owed.amount, 0) <> coalesce(said.amount, 0) or coalesce(owed.amount, 0) < 0`,
  },
  {
    id: 'F4',
    holds: 'what is invoiced of fee and VAT on a share is what its documents say, and what is paid of it what money was matched',
    tier: 'local', schema: 'issuance',
    fault: 'count a fee as paid that nobody paid',
    sql: `with documents as (select order_id, payer_id,
          sum(case kind when 'invoice' then fee_cents + vat_cents when 'credit_note' then -fee_cents - vat_cents else 0 end) as invoiced,
          sum(covered_cents) as covered
        from issuance.invoice group by 1, 2),
      paid as (select order_id, payer_id, sum(amount) as amount from (
        select order_id, payer_id, fee_cents as amount from issuance.receipt_match
        union all select p.order_id, p.payer_id, r.fee_cents from issuance.card_receipt r join issuance.card_payment p on p.id = r.card_payment_id
      ) part group by 1, 2),
      everything as (select coalesce(f.order_id, d.order_id, paid.order_id) as order_id, coalesce(f.payer_id, d.payer_id, paid.payer_id) as payer_id,
          coalesce(f.invoiced_cents, 0) as said_invoiced, coalesce(f.paid_cents, 0) as said_paid,
          coalesce(d.invoiced, 0) as invoiced, coalesce(paid.amount, 0) - coalesce(d.covered, 0) as paid
        from issuance.share_fee f full join documents d on (d.order_id, d.payer_id) = (f.order_id, f.payer_id)
        full join paid on (paid.order_id, paid.payer_id) = (coalesce(f.order_id, d.order_id), coalesce(f.payer_id, d.payer_id)))
      select 'share_fee:' || order_id || '/' || payer_id as row_named,
        'invoiced ' || said_invoiced || ', documents say ' || invoiced || '; paid ' || said_paid || ', money says ' || paid as detail
      from everything where said_invoiced <> invoiced or said_paid <> paid`,
  },
  {
    id: 'F5',
    holds: 'credit notes take no more back than their invoice says, of face value, fee and VAT each',
    tier: 'local', schema: 'issuance',
    fault: 'credit an invoice twice',
    sql: `select 'invoice:' || i.id as row_named, 'of ' || i.face_cents || ', ' || i.fee_cents || ' and ' || i.vat_cents || ', credited were '
          || sum(c.face_cents) || ', ' || sum(c.fee_cents) || ' and ' || sum(c.vat_cents) as detail
      from issuance.invoice i join issuance.invoice c on c.cites_id = i.id group by i.id
      having sum(c.face_cents) > i.face_cents or sum(c.fee_cents) > i.fee_cents or sum(c.vat_cents) > i.vat_cents`,
  },
  {
    id: 'F6',
    holds: 'the numbers of each series of invoices and credit notes to places go from 1 to its last, without a gap',
    tier: 'local', schema: 'settlement',
    fault: 'draw a number of a place\'s invoice and issue nothing',
    sql: `select 'place_invoice_series:' || s.seller_siren || '/' || s.kind || '/' || s.year as row_named,
        'at ' || s.last_number || ', has ' || count(i.id) || ' documents up to ' || coalesce(max(i.number), 0) as detail
      from settlement.place_invoice_series s left join settlement.place_invoice i using (seller_siren, kind, year)
      group by s.seller_siren, s.kind, s.year, s.last_number
      having count(i.id) <> s.last_number or max(i.number) is distinct from s.last_number`,
  },
  {
    id: 'F7',
    holds: 'an invoice to a place says the fee and VAT of its statement or of its charge, and a credit note what came back',
    tier: 'local', schema: 'settlement',
    fault: 'invoice a place for more than its statement kept',
    sql: `select 'place_invoice:' || i.id as row_named, i.kind || ' says ' || i.fee || ' and ' || i.vat || ', what it is about '
          || coalesce(d.fee, c.fee, 0) || ' and ' || coalesce(d.vat, c.vat, 0) as detail
      from settlement.place_invoice i left join settlement.statement_due_fee d on d.statement_id = i.statement_id and d.kind = i.kind
      left join settlement.place_charge c on c.id = i.charge_id
      where (i.fee, i.vat) is distinct from (coalesce(d.fee, c.fee), coalesce(d.vat, c.vat))`,
  },
];
