// What becomes of a refund that goes back by Stripe. It only goes forward: asked, refunded, and failed from either; what
// failed is owed again, and the bank pays it.
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { Cents, PayerId } from '#libs/kernel';

export type RefundState = 'asked' | 'refunded' | 'failed';
/** What Stripe says: what became of our request, or that the money of a refund is in its balance again. */
export type StripeSays = Readonly<
  | { kind: 'refund'; state: 'pending' | 'succeeded' | 'failed'; stripeRefundId: string }
  | { kind: 'rejected'; code: string }
  | { kind: 'returned' }>;
export type RefundStep = Readonly<
  | { kind: 'refunded'; stripeRefundId: string }
  | { kind: 'failed'; reasonCode: string; hadLeft: boolean }>;

/** Undefined: nothing changes; ask again later if it is still asked. */
export function decideRefundStep(state: RefundState, says: StripeSays): RefundStep | undefined {
  if (state === 'failed') return undefined;
  if (says.kind === 'returned') return { kind: 'failed', reasonCode: 'refund_returned', hadLeft: state === 'refunded' };
  if (state === 'refunded') return undefined;
  if (says.kind === 'rejected') return { kind: 'failed', reasonCode: says.code, hadLeft: false };
  if (says.state === 'failed') return { kind: 'failed', reasonCode: 'refund_failed', hadLeft: false };
  return says.state === 'succeeded' ? { kind: 'refunded', stripeRefundId: says.stripeRefundId } : undefined;
}

/** Row 26: to the card, or owed again. */
export function stripeRefundPosting(custodyAccountId: string, payerId: PayerId, amount: Cents, what: 'sent' | 'returned'): Posting {
  const [owed, psp] = [accounts.settlement.refundPayable(payerId), accounts.settlement.psp];
  return { rule: '26', custodyAccountId, transfers: [what === 'sent' ? transfer(owed, psp, amount) : transfer(psp, owed, amount)] };
}
