// A quote, an invoice or a credit note leaves: its number, its bytes, its row, and the order to deliver it, in one
// transaction. The number is drawn here and nowhere else, as the last of all locks.
import { addDays, dayIn, idOf, ZERO, type Cents, type InvoiceId, type LocalDate, type OrderId, type PayerId, type UpstreamFeeRuleId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { insertDelivery } from '../deliver-invoices/invoice-delivery.store.js';
import { invoicePdf } from '../factur-x/invoice-pdf.js';
import { invoiceXml } from '../factur-x/invoice-xml.js';
import { OPERATOR_ZONE, PAYMENT_DAYS } from '../limits.js';
import type { InvoiceContent } from './invoice-content.decision.js';
import { drawNumber, insertInvoice, sha256Of } from './invoice.store.js';

export type Draft = Omit<InvoiceContent, 'number' | 'issuedOn' | 'dueOn'>;
type Day = InvoiceContent['dueOn'];
export type About = Readonly<{
  orderId: OrderId; payerId: PayerId; feeRuleId?: UpstreamFeeRuleId | null; citesId?: InvoiceId; covered?: Cents;
  /** Of a quote: the last day on which it binds. */
  validUntil?: LocalDate;
}>;
export type Issued = Readonly<{ invoiceId: InvoiceId; content: InvoiceContent; pdfSha256: string; xmlSha256: string | null }>;

/** `tell` says to the world what was issued, and gives the event's id; a quote is told to nobody. */
export async function issueDocument(tx: Tx, draft: Draft, about: About, tell?: (issued: Issued) => Promise<string>): Promise<Issued> {
  const { orderId, payerId, feeRuleId = null, citesId = null, covered = ZERO } = about;
  const drawn = await drawNumber(tx, draft.seller.siren, draft.kind, dayIn(OPERATOR_ZONE, tx.now));
  const dueOn: Day = draft.kind === 'invoice' ? addDays(drawn.issuedOn, PAYMENT_DAYS) : about.validUntil ?? null;
  const content: InvoiceContent = { ...draft, number: drawn.display, issuedOn: drawn.issuedOn, dueOn };
  const xml = draft.kind === 'quote' ? null : invoiceXml(content);
  const pdf = await invoicePdf(content, xml, 'fr');
  const issued = { invoiceId: idOf('invoice', tx.newId()), content, pdfSha256: sha256Of(pdf), xmlSha256: xml === null ? null : sha256Of(xml) };
  const eventId = tell ? await tell(issued) : null;
  await insertInvoice(tx, { ...issued, drawn, orderId, payerId, feeRuleId, citesId, covered, pdf, xml, eventId });
  if (draft.kind !== 'quote') await insertDelivery(tx, issued.invoiceId);
  return issued;
}
