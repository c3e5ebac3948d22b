// Credit notes, for whoever holds the lock of the order: the route of this slice, and what ends an order (a signed
// contradictory statement, a cancellation) in its own transaction.
import { CreditNoteIssuedV1 } from '#libs/contracts';
import { assert, isRejected, minus, plus, split, sum, toWire, ZERO, type Cents, type PayerId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Order } from '../order.store.js';
import { creditPosting, decideCredit, type AskedCredit, type LiveInvoice } from './credit-invoice.decision.js';
import type { IssuedCreditNote } from './credit-invoice.command.js';
import type { CreditReason } from './invoice-content.decision.js';
import { credited } from './invoice-lines.decision.js';
import { liveInvoices, takeFeeBack } from './invoice.store.js';
import { issueDocument, type Draft } from './issue-document.js';

/** One credit note on an invoice of this order, by the legal entity that issued the invoice. */
export async function creditInvoice(
  tx: Tx, order: Order, invoice: LiveInvoice | undefined, asked: AskedCredit & Readonly<{ reason: CreditReason }>,
): Promise<IssuedCreditNote | Rejected> {
  const credit = decideCredit(invoice, asked, order.shares.find(({ payerId }) => payerId === invoice?.payerId)?.feeDue ?? ZERO);
  if (isRejected(credit)) return credit;
  const { invoiceId, payerId, eventId, content } = invoice!;
  const { orderId, programmeId, custodyAccountId } = order;
  assert(eventId, 'an invoice that was told to nobody');
  const posting = creditPosting({ eventId, payerId, programmeId, custodyAccountId }, credit);
  const coveredCents = toWire(credit.covered);
  const draft: Draft = {
    ...content, kind: 'credit_note', ...credited(content, credit),
    cites: { number: content.number, issuedOn: content.issuedOn, reason: asked.reason },
  };
  const issued = await issueDocument(tx, draft, { orderId, payerId, citesId: invoiceId, covered: credit.covered }, (note) => {
    const { number, issuedOn, faceCents, feeCents, vatCents, currency, seller } = note.content;
    return tx.emit(CreditNoteIssuedV1, {
      subject: `invoice:${note.invoiceId}`, ...(posting && { posting }),
      body: {
        creditNoteId: note.invoiceId, number, sellerSiren: seller.siren, invoiceId, reason: asked.reason, orderId, payerId, issuedOn,
        programmeId, custodyAccountId, faceCents, feeCents, vatCents, coveredCents, currency,
        pdfSha256: note.pdfSha256, xmlSha256: note.xmlSha256!,
      },
    });
  });
  if (posting) await takeFeeBack(tx, orderId, payerId, plus(credit.fee, credit.vat), credit.covered);
  const { number, faceCents, feeCents, vatCents } = issued.content;
  return { invoiceId: issued.invoiceId, number, faceCents, feeCents, vatCents, coveredCents, currency: 'EUR' };
}

/** Face value given back to payers of an order, as far as it was invoiced: fees are not returned. */
export async function creditFace(
  tx: Tx, order: Order, parts: readonly Readonly<{ payerId: PayerId; amount: Cents }>[], reason: CreditReason,
): Promise<void> {
  const invoices = await liveInvoices(tx, order.orderId);
  for (const { payerId, amount } of parts) {
    const invoice = invoices.find((one) => one.payerId === payerId && one.faceLeft > 0n);
    if (!invoice || amount === 0n) continue;
    const face = amount < invoice.faceLeft ? amount : invoice.faceLeft;
    const outcome = await creditInvoice(tx, order, invoice, { face, fee: ZERO, reason });
    assert(!isRejected(outcome), 'a credit note on what is left of an invoice was refused');
  }
}

/** `feesKept` without VAT: what is earned, or owed for leaving. `active`: face value of which there are vouchers. */
export type KeptOfCancelled = Readonly<{ feesKept: Cents; shares: readonly Readonly<{ payerId: PayerId; active: Cents }>[] }>;

/**
 * The invoices of a cancelled order taken back, but for what is kept of it. What is active and comes back when the vintage
 * ends is credited then.
 */
export async function creditCancelled(tx: Tx, order: Order, { feesKept: kept, shares }: KeptOfCancelled): Promise<void> {
  const invoices = await liveInvoices(tx, order.orderId);
  const fees = sum(invoices.map(({ feeLeft }) => feeLeft));
  const back = fees > kept ? minus(fees, kept) : ZERO;
  const parts = back === 0n ? invoices.map(() => ZERO) : split(back, invoices.map(({ feeLeft }) => feeLeft));
  for (const [at, invoice] of invoices.entries()) {
    const active = shares.find(({ payerId }) => payerId === invoice.payerId)?.active ?? ZERO;
    const face = invoice.faceLeft > active ? minus(invoice.faceLeft, active) : ZERO;
    if (face + parts[at]! === 0n) continue;
    const outcome = await creditInvoice(tx, order, invoice, { face, fee: parts[at]!, reason: 'cancellation' });
    assert(!isRejected(outcome), 'a credit note on what is left of an invoice was refused');
  }
}
