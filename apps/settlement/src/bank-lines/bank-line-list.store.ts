import type { Sql } from '#libs/persistence';
import type { LineFilter, ListedBankLine } from './list-bank-lines.query.js';

export const listBankLines = (sql: Sql, { before, rowsMax, kind, bankAccountId, bankLineId }: LineFilter): Promise<ListedBankLine[]> => sql.$queryRaw<ListedBankLine[]>`
  select l.id, l.bank_account_id as "bankAccountId", l.kind, l.finding, l.side, l.amount, l.booked_on::text as "bookedOn",
    l.order_references as references, l.end_to_end_id as "endToEndId", l.counterparty, l.remittance, l.reason_code as "reasonCode",
    l.bank_code as "bankCode", s.statement_ref as "statementRef",
    (select i.kind from settlement.bank_line_identification i where i.bank_line_id = l.id) as "identifiedAs",
    (select coalesce(jsonb_agg(jsonb_build_object('orderId', m.order_id, 'amountCents', m.amount) order by m.matched_at), '[]')
      from settlement.bank_line_match m where m.bank_line_id = l.id) as matches
  from settlement.bank_line l join settlement.bank_statement s on s.id = l.bank_statement_id
  where (${before}::uuid is null or l.id < ${before}::uuid) and (${kind}::text is null or l.kind = ${kind}::text)
    and (${bankAccountId}::uuid is null or l.bank_account_id = ${bankAccountId}::uuid)
    and (${bankLineId}::uuid is null or l.id = ${bankLineId}::uuid)
  order by l.id desc limit ${rowsMax}::int`;
