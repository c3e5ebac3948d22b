// Who of an order is invoiced, or quoted, for what. The order's fee is found on its total and split; a payer that has an
// invoice already gets no second one, until a credit note has taken the first back whole.
import { reject, showId, type Cents, type PayerId, type Rejected } from '#libs/kernel';
import { accounts, transferIfAny, type Posting } from '#libs/ledger';
import { missingReferences, type BillablePayer, type PayerBilling } from '../payer-billing/billable-payer.decision.js';
import type { RefusalCode } from '../refusals.js';
import { feeOf, payerFees, type FeeTerms, type PayerFee } from '../upstream-fees/upstream-fee.decision.js';

export type ToBill = Readonly<{ payer: BillablePayer & Readonly<{ billing: PayerBilling }>; fee: PayerFee }>;
export type Billing = Readonly<{
  total: Cents; payers: readonly BillablePayer[]; invoiced: readonly PayerId[]; terms: FeeTerms; charged: Cents; sellerKnown: boolean;
  /** A payer has its references by the time it is invoiced, not when it is quoted. */
  isQuote: boolean;
}>;

/** In the order of priority. A payer that owes nothing at all gets nothing. */
export function decideBilling(
  { total, payers, invoiced, terms, charged, sellerKnown, isQuote }: Billing,
): readonly ToBill[] | Rejected<RefusalCode> {
  const fees = payerFees(feeOf(terms, total, charged), payers.map(({ share }) => share));
  const open = payers.map((payer, at) => ({ payer, fee: fees[at]! }))
    .filter(({ payer, fee }) => !invoiced.includes(payer.payerId) && payer.share + fee.net + fee.vat > 0n);
  if (open.length === 0) return reject('order_invoiced');
  if (!sellerKnown) return reject('seller_not_configured');
  const nameless = open.filter(({ payer }) => payer.billing === null);
  if (nameless.length > 0) return reject('payer_billing_missing', { payers: nameless.map(({ payer }) => showId('payer', payer.payerId)).join(', ') });
  const ready = open as readonly ToBill[];
  const unreferred = isQuote ? [] : ready.flatMap(({ payer }) => missingReferences(payer));
  return unreferred.length > 0 ? reject('billing_reference_missing', { missing: unreferred.join(', ') }) : ready;
}

/** Row 1; undefined where nothing is charged. The face value is no income and no debt in the ledger: it is asked, and paid in. */
export function invoicePosting(custodyAccountId: string, payerId: PayerId, { net, vat }: Pick<PayerFee, 'net' | 'vat'>): Posting | undefined {
  const owed = accounts.issuance.receivable(payerId);
  const transfers = [...transferIfAny(owed, accounts.issuance.feeIncome, net), ...transferIfAny(owed, accounts.issuance.vatCollected, vat)];
  return transfers.length === 0 ? undefined : { rule: '1', custodyAccountId, transfers };
}
