// What a credit note takes back of an invoice: a part of the face value or all that is left of it, with the fee or without.
// A fee is taken back whole: what of it is unpaid leaves the receivable, what was paid becomes cover of the payer.
import {
  minus, plus, reject, toWire, ZERO, type Cents, type InvoiceId, type OrderId, type PayerId, type ProgrammeId, type Rejected,
} from '#libs/kernel';
import { accounts, transferIfAny, type Account, type Posting, type Transfer } from '#libs/ledger';
import type { RefusalCode } from '../refusals.js';
import type { InvoiceContent, InvoiceKind } from './invoice-content.decision.js';

/** An invoice, and what credit notes have left of it. */
export type LiveInvoice = Readonly<{
  invoiceId: InvoiceId; kind: InvoiceKind; orderId: OrderId; payerId: PayerId; eventId: string | null; content: InvoiceContent;
  faceLeft: Cents; feeLeft: Cents; vatLeft: Cents;
}>;

export const CREDIT_SCOPES = ['face', 'whole'] as const;
export type CreditScope = (typeof CREDIT_SCOPES)[number];
export type AskedCredit = Readonly<{
  scope: CreditScope;
  /** Of the face value; null: all that is left. */
  amount: Cents | null;
}>;
type Left = Pick<LiveInvoice, 'kind' | 'faceLeft' | 'feeLeft' | 'vatLeft'>;
/** `covered`: the part of fee and VAT that had been paid. */
export type Credit = Readonly<{ face: Cents; fee: Cents; vat: Cents; covered: Cents }>;

/** `feeOpen` is what the payer still owes of fee and VAT on this order. */
export function decideCredit(invoice: Left | undefined, { scope, amount }: AskedCredit, feeOpen: Cents): Credit | Rejected<RefusalCode> {
  if (!invoice) return reject('invoice_not_found');
  if (invoice.kind !== 'invoice') return reject('invoice_not_creditable');
  const { faceLeft, feeLeft, vatLeft } = invoice;
  const face = amount ?? faceLeft;
  if (face > faceLeft) return reject('credit_exceeds_invoice', { leftCents: toWire(faceLeft) });
  const [fee, vat] = scope === 'whole' ? [feeLeft, vatLeft] : [ZERO, ZERO];
  if (face + fee + vat === 0n) return reject('nothing_to_credit');
  const back = plus(fee, vat);
  return { face, fee, vat, covered: back > feeOpen ? minus(back, feeOpen) : ZERO };
}

export type CreditedInvoice = Readonly<{
  eventId: string; payerId: PayerId; programmeId: ProgrammeId; custodyAccountId: string;
}>;

/** Row 1 taken back, line by line, the unpaid part first. Undefined where there is no fee in it. */
export function creditPosting({ eventId, payerId, programmeId, custodyAccountId }: CreditedInvoice, { fee, vat, covered }: Credit): Posting | undefined {
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
