// An invoice to a place is owed less: by a bank line, or by a statement.
import type { PlaceInvoicePaidV1 } from '#libs/contracts';
import { toWire, type BankLineId, type Cents } from '#libs/kernel';
import type { Posting } from '#libs/ledger';
import type { Fact } from '#libs/persistence';
import type { OpenInvoice } from './place-invoice-payment.decision.js';

type Paying = Readonly<{ amount: Cents }> & (Readonly<{ bankLineId: BankLineId; wasUnknown?: true }> | Readonly<{ statementId: string }>);

/** `left` of the invoice is what is left after it. */
export const invoicePaidFact = (
  { placeInvoiceId, payeeId, custodyAccountId, left }: OpenInvoice, { amount, ...by }: Paying, posting: Posting,
): Fact<typeof PlaceInvoicePaidV1> => ({
  subject: `placeInvoice:${placeInvoiceId}`, subjectVersion: 2, posting,
  body: { placeInvoiceId, payeeId, custodyAccountId, amountCents: toWire(amount), leftCents: toWire(left), currency: 'EUR', ...by },
});
