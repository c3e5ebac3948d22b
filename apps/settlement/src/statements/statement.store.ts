import { cents, type DebitNoteId, type EarlyPaymentId, type PlaceInvoiceId, type StatementId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { displayNumber } from '../debit-notes/debit-note-number.decision.js';
import { BANK_TIME_ZONE } from '../limits.js';
import type { Reader } from '../reader.js';
import type { Shares } from '../statement-closings/statement.decision.js';
import type { ListedStatement, ShownFee, ShownHold, ShownLine, ShownSetOff, StatementPage } from './statements.queries.js';

type Numbers = { gross: bigint; fee: bigint; vat: bigint; commons: bigint; net: bigint };
type StatementRow = Omit<ListedStatement, keyof Numbers | 'fromSeq' | 'upToSeq' | 'toPay' | 'billedFee' | 'billedVat'> & Numbers
  & { fromSeq: bigint | null; upToSeq: bigint; billedFee: bigint; billedVat: bigint; toPay: bigint; content: string };
type Filter = StatementPage & { statementId: StatementId | null };
type ReadStatement = ListedStatement & { content: string };

export async function readStatements(sql: Sql, { placeId }: Reader, filter: Filter): Promise<ReadStatement[]> {
  const { before, rowsMax, payeeId, statementId, period, upToSeq } = filter;
  const rows = await sql.$queryRaw<StatementRow[]>`
    select s.id, s.payee_id as "payeeId", p.legal_name as "legalName", s.custody_account_id as "custodyAccountId", s.from_seq as "fromSeq",
      s.up_to_seq as "upToSeq", c.period, s.line_count as "lineCount", s.gross, s.fee, s.vat, s.commons, s.net, s.sha256, s.closed_at as "closedAt",
      s.content, settlement.to_pay(s.id, s.net) as "toPay",
      case when settlement.to_pay(s.id, s.net) = 0 then 'set_off' else coalesce(paid.state, 'not_ordered') end as state,
      s.netting_version as "nettingVersion", b.fee as "billedFee", b.vat as "billedVat"
    from settlement.statement s join settlement.payee p on p.id = s.payee_id
    join settlement.statement_closing c on c.up_to_seq = s.up_to_seq
    left join lateral (
      select pay.state from settlement.payment_statement ps join settlement.payment pay on pay.id = ps.payment_id
      where ps.statement_id = s.id order by pay.id desc limit 1) paid on true
    cross join lateral (select coalesce(sum(f.billed_fee), 0)::bigint as fee, coalesce(sum(f.billed_vat), 0)::bigint as vat
      from settlement.statement_fee f where f.statement_id = s.id) b
    where s.net > 0 and (${statementId}::uuid is null or s.id = ${statementId}::uuid)
      and (${payeeId}::uuid is null or s.payee_id = ${payeeId}::uuid)
      and (${period}::text is null or c.period = ${period}::text) and (${upToSeq}::bigint is null or s.up_to_seq = ${upToSeq}::bigint)
      and (${before}::uuid is null or s.id < ${before}::uuid)
      and (${placeId}::uuid is null or exists (
        select from settlement.payee_site site where site.payee_id = s.payee_id and site.place_id = ${placeId}::uuid))
    order by s.id desc limit ${rowsMax}::int`;
  return rows.map(({ fromSeq, upToSeq: closedAtSeq, gross, fee, vat, commons, net, toPay, ...row }) => ({
    ...row, ...moneyOf({ gross, fee, vat, commons, net }), toPay: cents(toPay), billedFee: cents(row.billedFee),
    billedVat: cents(row.billedVat),
    fromSeq: fromSeq === null ? null : Number(fromSeq), upToSeq: Number(closedAtSeq),
  }));
}

const moneyOf = ({ gross, fee, vat, commons, net }: Numbers) =>
  ({ gross: cents(gross), fee: cents(fee), vat: cents(vat), commons: cents(commons), net: cents(net) });

export async function feesOf(sql: Sql, statementId: StatementId): Promise<ShownFee[]> {
  const rows = await sql.$queryRaw<(Omit<ShownFee, keyof Numbers> & Numbers)[]>`
    select f.programme_id as "programmeId", f.fee_rule_version as "feeRuleVersion", f.line_count as "lineCount", f.gross, f.fee, f.vat, f.commons, f.net,
      jsonb_build_object('feeBasisPoints', r.fee_basis_points, 'vatBasisPoints', r.vat_basis_points, 'commonsBasisPoints', r.commons_basis_points) as rates
    from settlement.statement_fee f join settlement.fee_rule r on r.programme_id = f.programme_id and r.version = f.fee_rule_version
    where f.statement_id = ${statementId}::uuid order by f.programme_id, f.fee_rule_version`;
  return rows.map((row) => ({ ...row, ...moneyOf(row) }));
}

/** Of a debit note, less than nothing. */
export async function totalOf(sql: Sql, statementId: StatementId): Promise<Shares> {
  const [row] = await sql.$queryRaw<Numbers[]>`select gross, fee, vat, commons, net from settlement.statement where id = ${statementId}::uuid`;
  return moneyOf(row!);
}

/** At the closing itself: what was decided of them since changes nothing of the statement. */
export async function holdsOf(sql: Sql, { payeeId, custodyAccountId, upToSeq }: ListedStatement): Promise<ShownHold[]> {
  const rows = await sql.$queryRaw<(Omit<ShownHold, 'gross'> & { gross: bigint })[]>`
    select reason, line_count as "lineCount", gross from settlement.hold
    where payee_id = ${payeeId}::uuid and custody_account_id = ${custodyAccountId}::uuid and up_to_seq = ${upToSeq}::bigint order by id`;
  return rows.map((row) => ({ ...row, gross: cents(row.gross) }));
}

/** At the closing itself, which is when its text was written. */
export async function setOffsOf(sql: Sql, { id, closedAt }: ListedStatement): Promise<ShownSetOff[]> {
  const rows = await sql.$queryRaw<{ debitNoteId: DebitNoteId; year: number; number: number; amount: bigint }[]>`
    select n.id as "debitNoteId", n.year, n.number, d.amount
    from settlement.debit_note_discharge d join settlement.debit_note n on n.id = d.debit_note_id
    where d.statement_id = ${id}::uuid and d.at = ${closedAt} order by n.year, n.number`;
  const invoices = await sql.$queryRaw<{ placeInvoiceId: PlaceInvoiceId; number: string; amount: bigint }[]>`
    select i.id as "placeInvoiceId", i.display_number as number, d.amount
    from settlement.place_invoice_discharge d join settlement.place_invoice i on i.id = d.place_invoice_id
    where d.statement_id = ${id}::uuid and d.at = ${closedAt} order by i.issued_on, i.id`;
  const early = await sql.$queryRaw<{ earlyPaymentId: EarlyPaymentId; number: string; amount: bigint }[]>`
    select e.id as "earlyPaymentId", (e.asked_at at time zone ${BANK_TIME_ZONE})::date::text as number, n.amount
    from settlement.early_payment_end n join settlement.early_payment e on e.id = n.early_payment_id
    where n.statement_id = ${id}::uuid order by e.id`;
  return [
    ...early.map(({ amount, ...one }) => ({ ...one, debitNoteId: null, placeInvoiceId: null, amount: cents(amount) })),
    ...rows.map(({ debitNoteId, year, number, amount }) =>
      ({ debitNoteId, placeInvoiceId: null, earlyPaymentId: null, number: displayNumber(year, number), amount: cents(amount) })),
    ...invoices.map(({ amount, ...invoice }) => ({ ...invoice, debitNoteId: null, earlyPaymentId: null, amount: cents(amount) })),
  ];
}

export type LineRow = Omit<ShownLine, keyof Numbers> & { gross: bigint };

/** In the order of their numbers, which is the order of the digest. */
export const linesOf = (sql: Sql, statementId: StatementId): Promise<LineRow[]> => sql.$queryRaw<LineRow[]>`
  select l.claim_line_id as "claimLineId", l.redemption_id as "redemptionId", l.place_id as "placeId", l.programme_id as "programmeId",
    l.fee_rule_version as "feeRuleVersion", l.service_date::text as "serviceDate", l.gross, c.tariff_version as "tariffVersion",
    c.tariff_cents as tariff, l.incident_id as "incidentId"
  from settlement.statement_line l join settlement.claim_line c on c.id = l.claim_line_id
  where l.statement_id = ${statementId}::uuid order by l.source_seq, l.incident_id nulls first`;
