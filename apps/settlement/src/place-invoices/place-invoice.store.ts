// Documents to places. Statements that ask for one and have none are found by a look at both tables; numbers come from the locked row
// of their series, as many at once as a step needs, and all rows of a step are written by one statement.
import { cents, type LocalDate, type PayeeId, type PlaceChargeId, type PlaceInvoiceId, type StatementId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type {
  Buyer, Cited, InvoicedCharge, InvoicedGroup, InvoicedStatement, PayTo, PlaceInvoiceKind, PlaceInvoicePayment,
} from './place-invoice-content.decision.js';

type Money = Readonly<{ gross: number; fee: number; vat: number }>;
type GroupWire = Omit<InvoicedGroup, keyof Money> & Money;
type DueWire = Buyer & Readonly<{
  statementId: StatementId; period: string; closedOn: LocalDate; groups: readonly GroupWire[]; payTo: PayTo | null;
}>;

export type DueStatement = Readonly<{ statementId: StatementId; payeeId: PayeeId }>;
export type DueChargeInvoice = Readonly<{ chargeId: PlaceChargeId; payeeId: PayeeId }>;

/** The oldest statements with a fee that no invoice says yet, of payees of whom everything is known for it; the others wait. */
export const dueInvoices = (tx: Tx, rowsMax: number): Promise<DueStatement[]> => tx.sql.$queryRaw`
  select s.id as "statementId", s.payee_id as "payeeId" from settlement.statement s join settlement.invoiceable_payee p using (payee_id)
  where not exists (select from settlement.place_invoice i where i.statement_id = s.id and i.kind = 'invoice')
    and exists (select from settlement.statement_fee f where f.statement_id = s.id and f.gross >= 0 and (f.fee + f.billed_fee <> 0 or f.vat + f.billed_vat <> 0))
  order by s.id limit ${rowsMax}::int`;

/** The oldest statements that gave a fee back, and have no credit note yet. */
export const dueCreditNotes = (tx: Tx, rowsMax: number): Promise<DueStatement[]> => tx.sql.$queryRaw`
  select s.id as "statementId", s.payee_id as "payeeId" from settlement.statement s join settlement.invoiceable_payee p using (payee_id)
  where s.id in (select f.statement_id from settlement.statement_fee f where f.gross < 0 and (f.fee + f.billed_fee <> 0 or f.vat + f.billed_vat <> 0))
    and not exists (select from settlement.place_invoice i where i.statement_id = s.id and i.kind = 'credit_note')
  order by s.id limit ${rowsMax}::int`;

/** The oldest charges that no invoice says yet, of payees of whom everything is known for it. */
export const dueChargeInvoices = (tx: Tx, rowsMax: number): Promise<DueChargeInvoice[]> => tx.sql.$queryRaw`
  select c.id as "chargeId", c.payee_id as "payeeId" from settlement.place_charge c join settlement.invoiceable_payee p using (payee_id)
  where not exists (select from settlement.place_invoice i where i.charge_id = c.id)
  order by c.id limit ${rowsMax}::int`;

type ChargeWire = Buyer & Omit<InvoicedCharge, 'buyer' | 'fee' | 'vat' | 'isNetted'> & Readonly<{ fee: bigint; vat: bigint }>;

export async function readCharges(tx: Tx, chargeIds: readonly PlaceChargeId[]): Promise<Omit<InvoicedCharge, 'isNetted'>[]> {
  const rows = await tx.sql.$queryRaw<ChargeWire[]>`
    select c.id as "chargeId", c.year, c.rule_version as "ruleVersion", c.charged_on::text as "chargedOn", c.fee, c.vat,
      r.vat_basis_points as "vatBasisPoints", p.payee_id as "payeeId", p.name, p.siren, p.vat_number as "vatNumber", p.address,
      jsonb_build_object('name', a.name, 'iban', a.iban, 'bic', a.bic) as "payTo"
    from settlement.place_charge c join settlement.place_charge_rule r on r.version = c.rule_version
    join settlement.invoiceable_payee p using (payee_id) join settlement.bank_account a on a.id = c.custody_account_id
    where c.id = any(${[...chargeIds]}::uuid[]) order by c.id`;
  return rows.map(({ chargeId, year, ruleVersion, chargedOn, fee, vat, vatBasisPoints, payTo, ...buyer }) =>
    ({ chargeId, year, ruleVersion, chargedOn, fee: cents(fee), vat: cents(vat), vatBasisPoints, payTo, buyer }));
}

export async function readStatements(tx: Tx, statementIds: readonly StatementId[], timeZone: string): Promise<InvoicedStatement[]> {
  const rows = await tx.sql.$queryRaw<DueWire[]>`
    select s.id as "statementId", c.period, (s.closed_at at time zone ${timeZone})::date::text as "closedOn",
      p.payee_id as "payeeId", p.name, p.siren, p.vat_number as "vatNumber", p.address, g.groups,
      case when g.billed then jsonb_build_object('name', a.name, 'iban', a.iban, 'bic', a.bic) end as "payTo"
    from settlement.statement s
    join settlement.statement_closing c on c.up_to_seq = s.up_to_seq
    join settlement.invoiceable_payee p using (payee_id)
    join settlement.bank_account a on a.id = s.custody_account_id
    cross join lateral (select bool_or(f.billed_fee <> 0 or f.billed_vat <> 0) as billed, jsonb_agg(jsonb_build_object('programmeId', f.programme_id, 'programmeName', n.name,
        'feeRuleVersion', f.fee_rule_version, 'lineCount', f.line_count, 'gross', f.gross,
        'fee', f.fee + f.billed_fee, 'vat', f.vat + f.billed_vat,
        'feeBasisPoints', r.fee_basis_points, 'vatBasisPoints', r.vat_basis_points) order by f.programme_id, f.fee_rule_version) as groups
      from settlement.statement_fee f
      join settlement.fee_rule r on r.programme_id = f.programme_id and r.version = f.fee_rule_version
      left join settlement.known_programme n on n.programme_id = f.programme_id
      where f.statement_id = s.id) g
    where s.id = any(${[...statementIds]}::uuid[]) order by s.id`;
  return rows.map(({ statementId, period, closedOn, groups, payTo, ...buyer }) =>
    ({ statementId, period, closedOn, payTo, buyer, groups: groups.map((group) => ({ ...group, ...moneyOf(group) })) }));
}

const moneyOf = ({ gross, fee, vat }: Money) => ({ gross: cents(gross), fee: cents(fee), vat: cents(vat) });

/** The invoices of the fees that this statement gives back: of the statements that the corrected lines were in. */
export const citedInvoices = (tx: Tx, statementId: StatementId): Promise<Cited[]> => tx.sql.$queryRaw<Cited[]>`
  select distinct i.display_number as number, i.issued_on::text as "issuedOn"
  from settlement.statement_line l
  join settlement.statement s on s.id = l.statement_id
  join settlement.statement_fee f on f.statement_id = l.statement_id and f.programme_id = l.programme_id
    and f.fee_rule_version = l.fee_rule_version and f.gross < 0
  join settlement.statement earlier on earlier.payee_id = s.payee_id and earlier.up_to_seq < s.up_to_seq
  join settlement.statement_line was on was.statement_id = earlier.id and was.claim_line_id = l.claim_line_id and was.incident_id is null
  join settlement.place_invoice i on i.statement_id = earlier.id and i.kind = 'invoice'
  where l.statement_id = ${statementId}::uuid and l.incident_id is not null order by 1`;

export type DrawnNumbers = Readonly<{ year: number; first: number; issuedOn: LocalDate }>;

/**
 * The next so many numbers of the series of this day's year. A document is not dated before the one with the number before it, also
 * where two transactions that began on either side of midnight overtake each other.
 */
export async function drawNumbers(
  tx: Tx, { siren, kind }: Readonly<{ siren: string; kind: PlaceInvoiceKind }>, day: LocalDate, count: number,
): Promise<DrawnNumbers> {
  const year = Number(day.slice(0, 4));
  const [row] = await tx.sql.$queryRaw<{ last: number; issuedOn: LocalDate }[]>`
    insert into settlement.place_invoice_series as s (seller_siren, kind, year, last_number, last_issued_on)
    values (${siren}, ${kind}, ${year}, ${count}::int, ${day}::date)
    on conflict (seller_siren, kind, year) do update
      set last_number = s.last_number + excluded.last_number, last_issued_on = greatest(s.last_issued_on, excluded.last_issued_on)
    returning last_number as last, last_issued_on::text as "issuedOn"`;
  return { year, first: row!.last - count + 1, issuedOn: row!.issuedOn };
}

/** FL and AL, where documents to payers are FA and AV: series of one seller are told apart by their prefix. */
const PREFIXES: Readonly<Record<PlaceInvoiceKind, string>> = { invoice: 'FL', credit_note: 'AL' };
export const displayNumber = (kind: PlaceInvoiceKind, year: number, number: number): string =>
  `${PREFIXES[kind]}-${year}-${String(number).padStart(6, '0')}`;

export type NewPlaceInvoice = Readonly<{
  placeInvoiceId: PlaceInvoiceId; number: number; display: string; payeeId: PayeeId;
  about: Readonly<{ statementId: StatementId }> | Readonly<{ chargeId: PlaceChargeId }>;
  feeCents: number; vatCents: number; payment: PlaceInvoicePayment;
  /** Null where nothing is to be paid. */
  reference: string | null;
  text: string; sha256: string; eventId: string;
}>;
export type OfSeries = Readonly<{ siren: string; kind: PlaceInvoiceKind; year: number; issuedOn: LocalDate }>;

export async function insertPlaceInvoices(
  tx: Tx, { siren, kind, year, issuedOn }: OfSeries, invoices: readonly NewPlaceInvoice[],
): Promise<void> {
  const rows = invoices.map(({ placeInvoiceId, display, payeeId, about, feeCents, vatCents, text, eventId, ...invoice }) => ({
    id: placeInvoiceId, number: invoice.number, display, payee_id: payeeId, statement_id: 'statementId' in about ? about.statementId : null,
    charge_id: 'chargeId' in about ? about.chargeId : null, fee: feeCents, vat: vatCents, payment: invoice.payment,
    reference: invoice.reference, content: text, sha256: invoice.sha256, event_id: eventId,
  }));
  await tx.sql.$executeRaw`
    insert into settlement.place_invoice (id, seller_siren, kind, year, number, display_number, payee_id, statement_id, charge_id, issued_on, fee,
      vat, currency, payment, reference, content, sha256, event_id, issued_at)
    select t.id, ${siren}, ${kind}, ${year}, t.number, t.display, t.payee_id, t.statement_id, t.charge_id, ${issuedOn}::date, t.fee,
      t.vat, 'EUR', t.payment, t.reference, t.content, t.sha256, t.event_id, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, number int, display text, payee_id uuid, statement_id uuid, charge_id uuid,
      fee bigint, vat bigint, payment text, reference text, content text, sha256 text, event_id uuid) order by t.number`;
}
