// Posts and tells what Stripe's list says of disputes. Called whenever a movement or a payment has come: whichever of the
// two comes last finds the other, so their order does not matter.
import { PaymentDisputeClosedV1, PaymentDisputedV1 } from '#libs/contracts';
import { toWire, ZERO } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { disputePosting } from './dispute.decision.js';
import {
  insertDispute, insertDisputeEnd, isEnded, unbookedReturns, unbookedWithdrawals, type DisputedCharge, type DisputeEnd,
} from './dispute.store.js';

/** `lost`: disputes that Stripe calls lost, of which no money moves. */
export async function bookDisputes(tx: Tx, lost: readonly DisputedCharge[] = []): Promise<void> {
  // Two readers at once would both find a movement that is not booked.
  await lockByName(tx, 'stripe disputes');
  for (const dispute of await unbookedWithdrawals(tx)) await bookWithdrawal(tx, dispute);
  for (const dispute of await unbookedReturns(tx)) {
    await close(tx, dispute, { outcome: 'won', movementId: dispute.movementId, amount: dispute.amount });
  }
  for (const dispute of lost) {
    if (!await isEnded(tx, dispute.disputeId)) await close(tx, dispute, { outcome: 'lost', movementId: null, amount: ZERO });
  }
}

async function bookWithdrawal(tx: Tx, dispute: DisputedCharge): Promise<void> {
  const { disputeId, paymentId, custodyAccountId, amount } = dispute;
  const eventId = await tx.emit(PaymentDisputedV1, {
    subject: `order:${dispute.orderId}`, posting: disputePosting(custodyAccountId, 'withdrawn', amount),
    body: { disputeId, stripeObjectId: paymentId, ...partiesOf(dispute), amountCents: toWire(amount), currency: 'EUR' },
  });
  await insertDispute(tx, dispute, eventId);
}

async function close(tx: Tx, dispute: DisputedCharge, end: Omit<DisputeEnd, 'disputeId'>): Promise<void> {
  const { disputeId, custodyAccountId } = dispute;
  const { outcome, amount } = end;
  const eventId = await tx.emit(PaymentDisputeClosedV1, {
    subject: `order:${dispute.orderId}`, ...(outcome === 'won' && { posting: disputePosting(custodyAccountId, 'given_again', amount) }),
    body: { disputeId, outcome, ...partiesOf(dispute), amountCents: toWire(amount), currency: 'EUR' },
  });
  await insertDisputeEnd(tx, { disputeId, ...end }, eventId);
}

const partiesOf = ({ cardPaymentId, orderId, payerId, custodyAccountId }: DisputedCharge) =>
  ({ cardPaymentId, orderId, payerId, custodyAccountId });
