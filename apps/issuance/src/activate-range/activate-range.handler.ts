import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RangeActivatedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, toWire, type BatchId, type OrderId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { insertActivation, lockCover, overlapOf } from '../activation.store.js';
import { readBatch } from '../batch.store.js';
import { unusableWithin } from '../holding.store.js';
import { receivedParts } from '../delivery.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { addActivated, lockOrder } from '../order.store.js';
import type { ActivateOn } from '../activate-on.decision.js';
import { rangeOf, without, type AskedRange, type Range } from '../voucher-range.decision.js';
import { ActivateRange, type ActivatedRange } from './activate-range.command.js';
import { decideActivation, type ActivatableBatch, type Activation, type Cover } from './activate-range.decision.js';

@CommandHandler(ActivateRange)
export class ActivateRangeHandler implements ICommandHandler<ActivateRange> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ batchId, asked, meta }: ActivateRange) {
    return this.work.once<ActivatedRange | Rejected>(meta, async (tx) => {
      const batch = await lockBatchWithOrder(tx, batchId);
      const outcome = decideActivation(batch, asked, await coverOf(tx, batch, asked));
      return isRejected(outcome) ? outcome : activate(tx, batch!, outcome);
    });
  }
}

type LockedBatch = ActivatableBatch & Readonly<{ orderId: OrderId; activateOn: ActivateOn }>;

/** The order is locked, so that its activations follow one another and each knows which cents the earlier ones took. */
async function lockBatchWithOrder(tx: Tx, batchId: BatchId): Promise<LockedBatch | undefined> {
  const found = await readBatch(tx.sql, batchId);
  const order = found && (await lockOrder(tx, found.orderId));
  const batch = order && (await readBatch(tx.sql, batchId));
  return batch && {
    batchId, orderId: order.orderId, programmeId: order.programmeId, custodyAccountId: order.custodyAccountId,
    count: batch.count, bookletSize: batch.bookletSize, face: batch.face, loaded: batch.state === 'loaded',
    isReplacement: batch.isReplacement, isCancelled: order.isCancelled, usableUntil: order.usableUntil, activateOn: order.activateOn, order,
  };
}

async function coverOf(tx: Tx, batch: LockedBatch | undefined, asked: AskedRange): Promise<Cover> {
  const today = dayIn(OPERATOR_ZONE, tx.now);
  if (!batch) return { today, overlap: undefined, unusable: undefined, unreceived: undefined, available: new Map() };
  const range = rangeOf(asked, batch);
  const payerIds = batch.order.shares.map(({ payerId }) => payerId);
  return {
    today,
    overlap: range && (await overlapOf(tx.sql, batch.batchId, range)),
    unusable: range && (await unusableWithin(tx.sql, { batchId: batch.batchId, range })),
    unreceived: range && (await unreceivedOf(tx, batch, range)),
    available: await lockCover(tx, batch.programmeId, payerIds),
  };
}

/** A receipt that comes meanwhile does no harm: the next request finds it. */
async function unreceivedOf(tx: Tx, { batchId, activateOn }: LockedBatch, range: Range): Promise<Range | undefined> {
  return activateOn === 'receipt' ? without(range, await receivedParts(tx.sql, batchId))[0] : undefined;
}

async function activate(tx: Tx, batch: LockedBatch, { range, amount, shares, posting }: Activation): Promise<ActivatedRange> {
  const { batchId, count: batchCount, face, custodyAccountId } = batch;
  const activationId = idOf('activation', tx.newId());
  await insertActivation(tx, { activationId, batchId, batchCount, face, range, amount, shares }, actorOf(tx));
  await addActivated(tx, batch.orderId, amount);
  const answer = { activationId, batchId, ...range, amountCents: toWire(amount), currency: 'EUR' as const };
  await tx.emit(RangeActivatedV1, {
    subject: `batch:${batchId}`, posting,
    body: { ...answer, custodyAccountId, shares: shares.map((share) => ({ payerId: share.payerId, amountCents: toWire(share.amount) })) },
  });
  return answer;
}
