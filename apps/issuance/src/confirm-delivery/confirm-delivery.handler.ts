import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BatchKeyDestroyedV1, RangeLostV1, RangeReceivedV1 } from '#libs/contracts';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { destroyKey, readBatch } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import {
  insertOutcomes, readDelivery, settledCount, settledParts, type Delivery, type NewOutcome, type Outcome,
} from '../delivery.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { ConfirmDelivery, type ConfirmedDelivery } from './confirm-delivery.command.js';
import { decideConfirmation, type UnderWay } from './confirm-delivery.decision.js';

const MESSAGE_OF = { received: RangeReceivedV1, lost: RangeLostV1 } as const;

@CommandHandler(ConfirmDelivery)
export class ConfirmDeliveryHandler implements ICommandHandler<ConfirmDelivery> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request: { deliveryId, outcome, asked, distributorId }, meta }: ConfirmDelivery) {
    return this.work.once<ConfirmedDelivery | Rejected>(meta, async (tx) => {
      const delivery = await readDelivery(tx.sql, deliveryId, distributorId);
      const decided = decideConfirmation(delivery && (await lockUnderWay(tx, delivery)), asked);
      if (isRejected(decided)) return decided;

      const { inTransitCount, endsKey } = decided;
      const parts = decided.parts.map((part) => ({ deliveryOutcomeId: idOf('deliveryOutcome', tx.newId()), ...part }));
      await insertOutcomes(tx, delivery!, outcome, parts, actorOf(tx));
      await announce(tx, delivery!, outcome, parts);
      if (endsKey) await endKey(tx, delivery!);
      return { deliveryId, batchId: delivery!.batchId, parts, inTransitCount, keyDestroyed: endsKey };
    });
  }
}

async function lockUnderWay(tx: Tx, { deliveryId, batchId, range }: Delivery): Promise<UnderWay> {
  await lockStock(tx, [batchId]);
  return {
    batch: (await readBatch(tx.sql, batchId))!, shipped: range,
    settled: await settledParts(tx.sql, deliveryId), settledCount: await settledCount(tx.sql, batchId),
  };
}

async function announce(
  tx: Tx, { deliveryId, batchId, distributorId }: Delivery, outcome: Outcome, parts: readonly NewOutcome[],
): Promise<void> {
  await tx.emitAll(MESSAGE_OF[outcome], parts.map((part) => ({
    subject: `batch:${batchId}`, body: { ...part, deliveryId, batchId, distributorId },
  })));
}

async function endKey(tx: Tx, { batchId }: Delivery): Promise<void> {
  await destroyKey(tx, batchId);
  await tx.emit(BatchKeyDestroyedV1, { subject: `batch:${batchId}`, body: { batchId } });
}
