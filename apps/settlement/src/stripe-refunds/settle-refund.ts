import { PaymentRefundedV1, PaymentRefundFailedV1 } from '#libs/contracts';
import { dayIn, toWire, type RefundId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import { decideRefundStep, stripeRefundPosting, type StripeSays } from './refund-outcome.decision.js';
import { lockStripeRefund, markFailed, markRefunded, returnedRefunds, type LockedRefund } from './stripe-refund.store.js';

/** Notes, posts and tells what Stripe says of a refund; a second time nothing changes. */
export async function settleRefund(tx: Tx, refundId: RefundId, says: StripeSays): Promise<void> {
  const refund = await lockStripeRefund(tx, refundId);
  const step = decideRefundStep(refund.state, says);
  if (!step) return;
  const [about, today] = [aboutOf(refund), dayIn(BANK_TIME_ZONE, tx.now)];
  const { custodyAccountId, payerId, amount } = refund;
  if (step.kind === 'refunded') {
    const { stripeRefundId } = step;
    const eventId = await tx.emit(PaymentRefundedV1, {
      subject: `refund:${refundId}`, posting: stripeRefundPosting(custodyAccountId, payerId, amount, 'sent'),
      body: { ...about, stripeRefundId, refundedOn: today },
    });
    return markRefunded(tx, refundId, stripeRefundId, eventId);
  }
  const { reasonCode, hadLeft } = step;
  const eventId = await tx.emit(PaymentRefundFailedV1, {
    subject: `refund:${refundId}`, ...(hadLeft && { posting: stripeRefundPosting(custodyAccountId, payerId, amount, 'returned') }),
    body: { ...about, reasonCode, hadLeft, failedOn: today },
  });
  return markFailed(tx, refundId, reasonCode, eventId);
}

/** After the list of movements was read: whatever came back of refunds. */
export async function settleReturned(tx: Tx): Promise<void> {
  for (const refundId of await returnedRefunds(tx)) await settleRefund(tx, refundId, { kind: 'returned' });
}

const aboutOf = ({ refundId, payerId, custodyAccountId, amount }: LockedRefund) =>
  ({ refundId, payerId, custodyAccountId, amountCents: toWire(amount), currency: 'EUR' as const });
