import { cents, type Cents, type InvoiceId, type LocalDate, type OrderId, type PayerId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { InvoiceContent, InvoiceKind } from './invoice-content.decision.js';

export type InvoiceView = Readonly<{
  invoiceId: InvoiceId; kind: InvoiceKind; number: string; issuedOn: LocalDate; orderId: OrderId; payerId: PayerId; payerName: string;
  face: Cents; fee: Cents; vat: Cents; credited: Cents; pdfSha256: string; xmlSha256: string | null; dueOn: LocalDate | null;
  citesId: InvoiceId | null; reason: string | null; deliveredAt: Date | null; deliveredTo: string | null;
}>;
type Money = 'face' | 'fee' | 'vat' | 'credited';
type Row = Omit<InvoiceView, Money> & Record<Money, bigint>;
export type InvoicesAsked = Readonly<{
  payerId: PayerId | null; orderId: OrderId | null; number: string | null; kind: InvoiceKind | null; before: InvoiceId | null;
  rowsMax: number;
}>;

/** Newest first; a payer's own, or all. */
export async function listInvoices(
  sql: Sql, { payerId, orderId, number, kind, before, rowsMax }: InvoicesAsked, invoiceId: InvoiceId | null = null,
): Promise<InvoiceView[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select i.id as "invoiceId", i.kind, i.display_number as number, i.issued_on::text as "issuedOn", i.order_id as "orderId",
      i.payer_id as "payerId", i.content #>> '{buyer,name}' as "payerName", i.content ->> 'dueOn' as "dueOn", i.face_cents as face, i.fee_cents as fee,
      i.vat_cents as vat, i.pdf_sha256 as "pdfSha256", i.xml_sha256 as "xmlSha256", i.cites_id as "citesId", i.reason,
      d.delivered_at as "deliveredAt", d.place as "deliveredTo",
      (select coalesce(sum(c.face_cents + c.fee_cents + c.vat_cents), 0)::bigint from issuance.invoice c where c.cites_id = i.id) as credited
    from issuance.invoice i left join issuance.invoice_delivery d on d.invoice_id = i.id
    where (${invoiceId}::uuid is null or i.id = ${invoiceId}::uuid) and (${payerId}::uuid is null or i.payer_id = ${payerId}::uuid)
      and (${orderId}::uuid is null or i.order_id = ${orderId}::uuid) and (${number}::text is null or i.display_number = ${number}::text)
      and (${kind}::text is null or i.kind = ${kind}::text) and (${before}::uuid is null or i.id < ${before}::uuid)
    order by i.id desc limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, face: cents(row.face), fee: cents(row.fee), vat: cents(row.vat), credited: cents(row.credited) }));
}

export type InvoiceFile = Readonly<{ number: string; pdf: Uint8Array; xml: string | null; content: InvoiceContent }>;

/** What left, and what it says. A payer finds its own only. */
export async function readInvoiceFile(sql: Sql, invoiceId: InvoiceId, payerId: PayerId | null): Promise<InvoiceFile | undefined> {
  const [row] = await sql.$queryRaw<InvoiceFile[]>`
    select display_number as number, pdf, xml, content from issuance.invoice
    where id = ${invoiceId}::uuid and (${payerId}::uuid is null or payer_id = ${payerId}::uuid)`;
  return row;
}
