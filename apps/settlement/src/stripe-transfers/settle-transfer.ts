import { PaymentTransferredV1, PaymentTransferRefusedV1, PaymentTransferReversedV1 } from '#libs/contracts';
import { dayIn, toWire, type PaymentId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import { blockDestination } from '../payee-destinations/block-destination.js';
import { toldStatements } from '../payment-source.decision.js';
import { lockTransfer, markRefused, markReversed, markSent, unbookedReversals, type LockedTransfer } from './stripe-transfer.store.js';
import { decideTransferStep, REVERSED, transferPosting, type StripeSays } from './transfer-outcome.decision.js';

/** Notes, posts and tells what Stripe says of a payment; a second time nothing changes. */
export async function settleTransfer(tx: Tx, paymentId: PaymentId, says: StripeSays): Promise<void> {
  const asked = await lockTransfer(tx, paymentId);
  const step = decideTransferStep(asked, says);
  if (!step) return;
  const told = { subject: `payment:${paymentId}`, posting: transferPosting(asked, step.kind) };
  const [about, today] = [aboutOf(asked), dayIn(BANK_TIME_ZONE, tx.now)];
  if (step.kind === 'sent') {
    const { transferId, movementId } = step;
    const eventId = await tx.emit(PaymentTransferredV1, {
      ...told, body: { ...about, stripeTransferId: transferId, stripeMovementId: movementId, transferredOn: today },
    });
    return markSent(tx, paymentId, { transferId, movementId, eventId });
  }
  if (step.kind === 'refused') {
    const eventId = await tx.emit(PaymentTransferRefusedV1, { ...told, body: { ...about, reasonCode: step.reasonCode } });
    if (step.blocks) await blockDestination(tx, asked, step.reasonCode);
    return markRefused(tx, paymentId, step.reasonCode, eventId);
  }
  const { movementId } = step;
  const eventId = await tx.emit(PaymentTransferReversedV1, {
    ...told, subjectVersion: 2,
    body: { ...about, stripeTransferId: asked.stripeTransferId!, stripeMovementId: movementId, reversedOn: today },
  });
  await blockDestination(tx, asked, REVERSED);
  return markReversed(tx, paymentId, movementId, eventId);
}

/** After the list of movements was read: whatever came back whole. Nobody is paid again before two people stand behind an account. */
export async function settleReversals(tx: Tx): Promise<void> {
  for (const { paymentId, movementId } of await unbookedReversals(tx)) await settleTransfer(tx, paymentId, { kind: 'reversal', movementId });
}

const aboutOf = ({ paymentId, amount, statementIds, custodyAccountId }: LockedTransfer) =>
  ({ paymentId, purpose: 'place' as const, ...toldStatements(statementIds), custodyAccountId, amountCents: toWire(amount), currency: 'EUR' as const });
