// Where the money of a payment comes from, and goes back to when the bank does not keep it: what a place is owed by its
// statements, or what is to be given back to payers.
import { plus, ZERO, type Cents, type PayeeId, type PayerId, type RefundId } from '#libs/kernel';
import { accounts, type Account } from '#libs/ledger';

export const PURPOSES = ['place', 'refund'] as const;
export type Purpose = (typeof PURPOSES)[number];

export type PaidRefund = Readonly<{ refundId: RefundId; payerId: PayerId; amount: Cents }>;
export type SourcedPayment = Readonly<{ purpose: Purpose; payeeId: PayeeId; amount: Cents; refunds: readonly PaidRefund[] }>;
export type PaymentSource = Readonly<{ account: Account; amount: Cents }>;

/** One per payer of a refund: a legal body may be registered as several payers. They add up to the payment. */
export function sourcesOf({ purpose, payeeId, amount, refunds }: SourcedPayment): PaymentSource[] {
  if (purpose === 'place') return [{ account: accounts.settlement.payable(payeeId), amount }];
  const byPayer = new Map<PayerId, Cents>();
  for (const refund of refunds) byPayer.set(refund.payerId, plus(byPayer.get(refund.payerId) ?? ZERO, refund.amount));
  return [...byPayer].map(([payerId, part]) => ({ account: accounts.settlement.refundPayable(payerId), amount: part }));
}
