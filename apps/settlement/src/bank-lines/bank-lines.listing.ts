// Every line of our bank statements, to look through, add up and take away; the work-list by kind.
import type { Listing } from '#libs/listing';
import { LINE_KINDS } from './list-bank-lines.query.js';

/** `waits`: an unknown line that nobody said anything about, or an unknown debit, which only a person outside can explain. */
export const bankLines: Listing = {
  rows: `select l.id, l.id as newest, l.id as "bankLineId", l.bank_account_id as "bankAccountId", l.kind, l.finding, l.side, l.amount as "amountCents",
      l.booked_on as "bookedOn", l.order_references as references, l.end_to_end_id as "endToEndId", coalesce(l.counterparty, '') as counterparty,
      coalesce(l.remittance, '') as remittance, l.reason_code as "reasonCode", l.bank_code as "bankCode", s.statement_ref as "statementRef",
      i.kind as "identifiedAs",
      case when l.kind = 'unknown_debit' or (l.kind = 'unknown_credit' and i.kind is null) then 'yes' else 'no' end as waits,
      (select coalesce(jsonb_agg(jsonb_build_object('orderId', m.order_id, 'amountCents', m.amount) order by m.matched_at), '[]')
        from settlement.bank_line_match m where m.bank_line_id = l.id) as matches
    from settlement.bank_line l join settlement.bank_statement s on s.id = l.bank_statement_id
      left join settlement.bank_line_identification i on i.bank_line_id = l.id`,
  columns: {
    newest: { kind: 'uuid', sort: true },
    bankLineId: { kind: 'uuid', of: 'bankLine', filter: 'equal' },
    bankAccountId: { kind: 'uuid', of: 'bankAccount', filter: 'equal' },
    kind: { kind: 'text', filter: 'choice', choices: LINE_KINDS },
    side: { kind: 'text', filter: 'choice', choices: ['credit', 'debit'] },
    waits: { kind: 'text', filter: 'choice', choices: ['yes', 'no'] },
    bookedOn: { kind: 'day', sort: true, filter: 'range' },
    counterparty: { kind: 'text', sort: true, filter: 'contains' },
    remittance: { kind: 'text', filter: 'contains' },
    endToEndId: { kind: 'text', filter: 'contains' },
    amountCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
  },
  usualSort: '-newest',
};
