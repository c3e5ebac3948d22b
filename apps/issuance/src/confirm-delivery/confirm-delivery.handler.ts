import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RangeGivenBackV1, RangeLostV1, RangeReceivedV1 } from '#libs/contracts';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { readBatch } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { insertOutcomes, readDelivery, settledParts, type Delivery, type NewOutcome, type Outcome } from '../delivery.store.js';
import { insertHoldings, piecesOf, unsettledOf, type Destination } from '../holding.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { ConfirmDelivery, type ConfirmedDelivery } from './confirm-delivery.command.js';
import { decideConfirmation, type UnderWay } from './confirm-delivery.decision.js';
import { endKey } from './end-key.js';

const MESSAGE_OF = { received: RangeReceivedV1, lost: RangeLostV1, returned: RangeGivenBackV1 } as const;

@CommandHandler(ConfirmDelivery)
export class ConfirmDeliveryHandler implements ICommandHandler<ConfirmDelivery> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request: { deliveryId, outcome: asAsked, asked, distributorId }, meta }: ConfirmDelivery) {
    return this.work.once<ConfirmedDelivery | Rejected>(meta, async (tx) => {
      const delivery = await readDelivery(tx.sql, deliveryId, { distributorId, as: asAsked === 'received' ? 'receiver' : 'sender' });
      const decided = decideConfirmation(delivery && (await lockUnderWay(tx, delivery)), asked);
      if (isRejected(decided)) return decided;

      const { missing, inTransitCount, endsKey } = decided;
      const outcome = asAsked === 'received' && delivery!.kind === 'return' ? 'returned' : asAsked;
      const parts = decided.parts.map((part) => ({ deliveryOutcomeId: idOf('deliveryOutcome', tx.newId()), ...part }));
      await insertOutcomes(tx, delivery!, outcome, parts, actorOf(tx));
      await move(tx, delivery!, outcome, parts);
      await announce(tx, delivery!, outcome, parts);
      if (endsKey) await endKey(tx, delivery!.batchId);
      return { deliveryId, batchId: delivery!.batchId, parts, missing, inTransitCount, keyDestroyed: endsKey };
    });
  }
}

async function lockUnderWay(tx: Tx, { deliveryId, batchId, range }: Delivery): Promise<UnderWay> {
  await lockStock(tx, [batchId]);
  return {
    batch: (await readBatch(tx.sql, batchId))!, shipped: range,
    settled: await settledParts(tx.sql, deliveryId), unsettled: await unsettledOf(tx.sql, batchId),
  };
}

/** What came out of several stocks arrives in as many pieces. */
async function move(tx: Tx, delivery: Delivery, outcome: Outcome, parts: readonly NewOutcome[]): Promise<void> {
  const { batchId, distributorId, agentId } = delivery;
  const pieces = await piecesOf(tx.sql, parts.map(({ first, last }) => ({ batchId, range: { first, last } })));
  const toOf = (documentId: string): Destination => ({
    received: { place: 'stock', distributorId, agentId, documentId } as const,
    lost: { place: 'lost', distributorId, agentId: null, documentId } as const,
    returned: { place: 'returned', distributorId: null, agentId: null, documentId } as const,
  }[outcome]);
  await insertHoldings(tx, parts.flatMap(({ deliveryOutcomeId }, at) =>
    pieces[at]!.map((from) => ({ from, to: toOf(deliveryOutcomeId) }))), actorOf(tx));
}

async function announce(
  tx: Tx, { deliveryId, batchId, distributorId }: Delivery, outcome: Outcome, parts: readonly NewOutcome[],
): Promise<void> {
  await tx.emitAll(MESSAGE_OF[outcome], parts.map((part) => ({
    subject: `batch:${batchId}`, body: { ...part, deliveryId, batchId, distributorId },
  })));
}
