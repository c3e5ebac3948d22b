// Documents to payers. Numbers come from the locked row of their series, and are drawn last of all locks: whoever draws
// one holds up everybody else who draws from that series until it commits.
import { createHash } from 'node:crypto';
import { cents, type Cents, type InvoiceId, type LocalDate, type OrderId, type PayerId, type UpstreamFeeRuleId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { actorOf } from '../issuance.work.js';
import type { LiveInvoice } from './credit-invoice.decision.js';
import type { InvoiceContent, InvoiceKind } from './invoice-content.decision.js';

const PREFIXES: Readonly<Record<InvoiceKind, string>> = { quote: 'DE', invoice: 'FA', credit_note: 'AV' };
export type DrawnNumber = Readonly<{ year: number; number: number; display: string; issuedOn: LocalDate }>;

/**
 * The next number of the series of this day's year. A document is not dated before the one with the number before it, also
 * where two transactions that began on either side of midnight overtake each other.
 */
export async function drawNumber(tx: Tx, sellerSiren: string, kind: InvoiceKind, day: LocalDate): Promise<DrawnNumber> {
  const year = Number(day.slice(0, 4));
  const [row] = await tx.sql.$queryRaw<{ number: number; issuedOn: LocalDate }[]>`
    insert into issuance.invoice_series as s (seller_siren, kind, year, last_number, last_issued_on)
    values (${sellerSiren}, ${kind}, ${year}, 1, ${day}::date)
    on conflict (seller_siren, kind, year) do update
      set last_number = s.last_number + 1, last_issued_on = greatest(s.last_issued_on, excluded.last_issued_on)
    returning last_number as number, last_issued_on::text as "issuedOn"`;
  const { number, issuedOn } = row!;
  return { year, number, issuedOn, display: `${PREFIXES[kind]}-${year}-${String(number).padStart(6, '0')}` };
}

export const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export type NewInvoice = Readonly<{
  invoiceId: InvoiceId; drawn: DrawnNumber; orderId: OrderId; payerId: PayerId; content: InvoiceContent;
  feeRuleId: UpstreamFeeRuleId | null; citesId: InvoiceId | null; covered: Cents;
  pdf: Uint8Array; pdfSha256: string; xml: string | null; xmlSha256: string | null; eventId: string | null;
}>;

export async function insertInvoice(tx: Tx, invoice: NewInvoice): Promise<void> {
  const { invoiceId, drawn, orderId, payerId, content, feeRuleId, citesId, covered, pdf, pdfSha256, xml, xmlSha256, eventId } = invoice;
  await tx.sql.$executeRaw`
    insert into issuance.invoice (id, seller_siren, kind, year, number, display_number, order_id, payer_id, cites_id, reason, fee_rule_id,
      issued_on, face_cents, fee_cents, vat_cents, covered_cents, currency, content, pdf, pdf_sha256, xml, xml_sha256, event_id,
      issued_by, issued_at)
    values (${invoiceId}::uuid, ${content.seller.siren}, ${content.kind}, ${drawn.year}, ${drawn.number}, ${drawn.display}, ${orderId}::uuid,
      ${payerId}::uuid, ${citesId}::uuid, ${content.cites?.reason ?? null}, ${feeRuleId}::uuid, ${drawn.issuedOn}::date, ${content.faceCents},
      ${content.feeCents}, ${content.vatCents}, ${covered}, 'EUR', ${JSON.stringify(content)}::jsonb, ${pdf}, ${pdfSha256}, ${xml}, ${xmlSha256},
      ${eventId}::uuid, ${actorOf(tx)}, ${tx.now})`;
}

type LiveRow = Omit<LiveInvoice, 'faceLeft' | 'feeLeft' | 'vatLeft'> & Record<'faceLeft' | 'feeLeft' | 'vatLeft', bigint>;
const liveOf = (row: LiveRow): LiveInvoice =>
  ({ ...row, faceLeft: cents(row.faceLeft), feeLeft: cents(row.feeLeft), vatLeft: cents(row.vatLeft) });

/** The invoices of an order of which something is left. To be read under the lock of the order. */
export async function liveInvoices(tx: Tx, orderId: OrderId): Promise<LiveInvoice[]> {
  const rows = await readLive(tx, orderId, null);
  return rows.filter(({ kind, faceLeft, feeLeft, vatLeft }) => kind === 'invoice' && faceLeft + feeLeft + vatLeft > 0n);
}

/** Whom an invoice still binds, or bound until its vouchers ended: only one that was wrong as a whole is replaced by another. */
export async function invoicedPayers(tx: Tx, orderId: OrderId): Promise<PayerId[]> {
  const rows = await tx.sql.$queryRaw<{ payerId: PayerId }[]>`
    select distinct i.payer_id as "payerId" from issuance.invoice i
    cross join lateral (select coalesce(sum(c.face_cents + c.fee_cents + c.vat_cents), 0) as credited, coalesce(bool_or(c.reason = 'expiry'), false) as ended
      from issuance.invoice c where c.cites_id = i.id) note
    where i.order_id = ${orderId}::uuid and i.kind = 'invoice'
      and (i.face_cents + i.fee_cents + i.vat_cents > note.credited or note.ended)`;
  return rows.map(({ payerId }) => payerId);
}

export async function liveInvoice(tx: Tx, invoiceId: InvoiceId): Promise<LiveInvoice | undefined> {
  return (await readLive(tx, null, invoiceId))[0];
}

async function readLive(tx: Tx, orderId: OrderId | null, invoiceId: InvoiceId | null): Promise<LiveInvoice[]> {
  const rows = await tx.sql.$queryRaw<LiveRow[]>`
    select i.id as "invoiceId", i.kind, i.order_id as "orderId", i.payer_id as "payerId", i.event_id as "eventId", i.content,
      (i.face_cents - coalesce(sum(c.face_cents), 0))::bigint as "faceLeft", (i.fee_cents - coalesce(sum(c.fee_cents), 0))::bigint as "feeLeft",
      (i.vat_cents - coalesce(sum(c.vat_cents), 0))::bigint as "vatLeft"
    from issuance.invoice i left join issuance.invoice c on c.cites_id = i.id
    where (${orderId}::uuid is null or i.order_id = ${orderId}::uuid) and (${invoiceId}::uuid is null or i.id = ${invoiceId}::uuid)
    group by i.id order by i.id`;
  return rows.map(liveOf);
}

export async function orderOfInvoice(sql: Sql, invoiceId: InvoiceId): Promise<OrderId | undefined> {
  const [row] = await sql.$queryRaw<{ orderId: OrderId }[]>`
    select order_id as "orderId" from issuance.invoice where id = ${invoiceId}::uuid`;
  return row?.orderId;
}

/** By which rule the last quote was made that an order comes of: null is a quote without a fee, undefined no quote. */
export async function quotedRuleId(tx: Tx, orderId: OrderId): Promise<UpstreamFeeRuleId | null | undefined> {
  const [row] = await tx.sql.$queryRaw<{ ruleId: UpstreamFeeRuleId | null }[]>`
    select fee_rule_id as "ruleId" from issuance.invoice
    where order_id = ${orderId}::uuid and kind = 'quote'
    order by id desc limit 1`;
  return row?.ruleId;
}

/** What the last quotes to these payers of an order say of fees without VAT; null where there was none. */
export async function quotedFee(tx: Tx, orderId: OrderId, payerIds: readonly PayerId[]): Promise<Cents | null> {
  const [row] = await tx.sql.$queryRaw<{ fee: bigint | null }[]>`
    select sum(q.fee_cents)::bigint as fee from (
      select distinct on (i.payer_id) i.fee_cents from issuance.invoice i
      where i.order_id = ${orderId}::uuid and i.kind = 'quote' and i.payer_id = any(${payerIds}::uuid[])
      order by i.payer_id, i.id desc) q`;
  return row!.fee === null ? null : cents(row!.fee);
}

export async function addFeeInvoiced(tx: Tx, orderId: OrderId, payerId: PayerId, amount: Cents): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.share_fee as f (order_id, payer_id, invoiced_cents) values (${orderId}::uuid, ${payerId}::uuid, ${amount})
    on conflict (order_id, payer_id) do update set invoiced_cents = f.invoiced_cents + excluded.invoiced_cents`;
}

/** `covered` of it had been paid and is not a payment of fees any more. */
export async function takeFeeBack(tx: Tx, orderId: OrderId, payerId: PayerId, amount: Cents, covered: Cents): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.share_fee set invoiced_cents = invoiced_cents - ${amount}, paid_cents = paid_cents - ${covered}
    where order_id = ${orderId}::uuid and payer_id = ${payerId}::uuid`;
}

