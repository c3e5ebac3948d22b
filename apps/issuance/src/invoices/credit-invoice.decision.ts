// What a credit note takes back of an invoice: parts of the face value and of the fee, with the VAT on that, up to what
// earlier ones left. What of a fee is unpaid leaves the receivable, what was paid becomes cover of the payer.
import {
  minus, plus, reject, split, toWire, ZERO, type Cents, type InvoiceId, type OrderId, type PayerId, type ProgrammeId, type Rejected,
} from '#libs/kernel';
import { accounts, transferIfAny, type Account, type Posting, type Transfer } from '#libs/ledger';
import type { RefusalCode } from '../refusals.js';
import type { InvoiceContent, InvoiceKind } from './invoice-content.decision.js';

/** An invoice, and what credit notes have left of it. */
export type LiveInvoice = Readonly<{
  invoiceId: InvoiceId; kind: InvoiceKind; orderId: OrderId; payerId: PayerId; eventId: string | null; content: InvoiceContent;
  faceLeft: Cents; feeLeft: Cents; vatLeft: Cents;
}>;

/** Of the face value, and of the fee without VAT; null: all that is left. */
export type AskedCredit = Readonly<{ face: Cents | null; fee: Cents | null }>;
type Left = Pick<LiveInvoice, 'kind' | 'faceLeft' | 'feeLeft' | 'vatLeft'>;
/** `covered`: the part of fee and VAT that had been paid. */
export type Credit = Readonly<{ face: Cents; fee: Cents; vat: Cents; covered: Cents }>;

/** `feeOpen` is what the payer still owes of fee and VAT on this order. */
export function decideCredit(invoice: Left | undefined, asked: AskedCredit, feeOpen: Cents): Credit | Rejected<RefusalCode> {
  if (!invoice) return reject('invoice_not_found');
  if (invoice.kind !== 'invoice') return reject('invoice_not_creditable');
  const { faceLeft, feeLeft, vatLeft } = invoice;
  const [face, fee] = [asked.face ?? faceLeft, asked.fee ?? feeLeft];
  if (face > faceLeft || fee > feeLeft) return reject('credit_exceeds_invoice', { leftCents: toWire(faceLeft), feeLeftCents: toWire(feeLeft) });
  if (face + fee === 0n) return reject('nothing_to_credit');
  // In proportion, and the rest of the VAT with the rest of the fee: in how many parts a fee goes back changes no cent.
  const vat = fee === 0n ? ZERO : split(vatLeft, [fee, minus(feeLeft, fee)])[0]!;
  const back = plus(fee, vat);
  return { face, fee, vat, covered: back > feeOpen ? minus(back, feeOpen) : ZERO };
}

export type CreditedInvoice = Readonly<{
  eventId: string; payerId: PayerId; programmeId: ProgrammeId; custodyAccountId: string;
}>;

/** Row 1 taken back, line by line, the unpaid part first. Undefined where there is no fee in it. */
export function creditPosting(
  { eventId, payerId, programmeId, custodyAccountId }: CreditedInvoice, { fee, vat, covered }: Credit,
): Posting | undefined {
  let unpaid = minus(plus(fee, vat), covered);
  const back = (from: Account, amount: Cents, line: number): Transfer[] => {
    const owed = amount < unpaid ? amount : unpaid;
    unpaid = minus(unpaid, owed);
    return [[accounts.issuance.receivable(payerId), owed], [accounts.issuance.prefund(programmeId, payerId), minus(amount, owed)]]
      .flatMap(([to, part]) => transferIfAny(from, to as Account, part as Cents).map((one) => ({ ...one, reverses: { eventId, line } })));
  };
  const transfers = [...back(accounts.issuance.feeIncome, fee, 0), ...back(accounts.issuance.vatCollected, vat, 1)];
  return transfers.length === 0 ? undefined : { rule: '1', custodyAccountId, transfers };
}
