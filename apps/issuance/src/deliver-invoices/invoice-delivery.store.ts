// Documents that have to leave, and where they went. The row is committed with the document: what is not marked as
// delivered is delivered again until it is, and the port makes the second time the first.
import type { InvoiceId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { InvoiceToDeliver } from './invoice-delivery.js';

export async function insertDelivery(tx: Tx, invoiceId: InvoiceId): Promise<void> {
  await tx.sql.$executeRaw`insert into issuance.invoice_delivery (invoice_id, way) values (${invoiceId}::uuid, 'file_drop')`;
}

/** Those that were tried least first, so that one that fails does not keep the others waiting. */
export async function waitingDeliveries(sql: Sql, rowsMax: number): Promise<InvoiceId[]> {
  const rows = await sql.$queryRaw<{ invoiceId: InvoiceId }[]>`
    select invoice_id as "invoiceId" from issuance.invoice_delivery where delivered_at is null order by tries, invoice_id limit ${rowsMax}::int`;
  return rows.map(({ invoiceId }) => invoiceId);
}

export async function readToDeliver(sql: Sql, invoiceId: InvoiceId): Promise<InvoiceToDeliver> {
  const [row] = await sql.$queryRaw<InvoiceToDeliver[]>`
    select seller_siren as "sellerSiren", display_number as number, pdf, pdf_sha256 as "pdfSha256" from issuance.invoice where id = ${invoiceId}::uuid`;
  return row!;
}

/** The first outcome counts: two processes that delivered one document at once found the same place. */
export async function noteDelivered(tx: Tx, invoiceId: InvoiceId, place: string): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.invoice_delivery set tries = tries + 1, delivered_at = ${tx.now}, place = ${place}
    where invoice_id = ${invoiceId}::uuid and delivered_at is null`;
}

export async function noteFailedTry(tx: Tx, invoiceId: InvoiceId): Promise<void> {
  await tx.sql.$executeRaw`update issuance.invoice_delivery set tries = tries + 1 where invoice_id = ${invoiceId}::uuid and delivered_at is null`;
}
