import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { readBatch } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { insertDelivery, type Delivery } from '../delivery.store.js';
import { distributorExists } from '../distributor.store.js';
import type { Piece, Place } from '../holding.decision.js';
import { insertHoldings, piecesOf, stoppedAmong } from '../holding.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { isPrinted } from '../print-batch/print-file.store.js';
import { rangeOf, type Range } from '../voucher-range.decision.js';
import { ShipRange, type ShippedRange } from './ship-range.command.js';
import { decideShipping } from './ship-range.decision.js';

/** What the operator has, or its printer for it. */
const WITH_OPERATOR: ReadonlySet<Place> = new Set<Place>(['printer', 'operator', 'returned']);

@CommandHandler(ShipRange)
export class ShipRangeHandler implements ICommandHandler<ShipRange> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ batchId, distributorId, asked, meta }: ShipRange) {
    return this.work.once<ShippedRange | Rejected>(meta, async (tx) => {
      await lockStock(tx, [batchId]);
      const batch = await readBatch(tx.sql, batchId);
      const range = batch && rangeOf(asked, batch);
      const laid = range ? [{ batchId, range }] : [];
      const [pieces = []] = await piecesOf(tx.sql, laid);
      const decided = decideShipping(batch, asked, {
        distributorExists: await distributorExists(tx.sql, distributorId),
        isPrinted: range !== undefined && (await isPrinted(tx.sql, batchId, range)),
        shipped: rangeOfHolding(pieces.find(({ place }) => !WITH_OPERATOR.has(place))),
        stopped: (await stoppedAmong(tx.sql, laid)).get(0),
      });
      if (isRejected(decided)) return decided;
      const deliveryId = idOf('delivery', tx.newId());
      const delivery: Delivery = {
        deliveryId, batchId, distributorId, agentId: null, kind: 'shipping', fromDistributorId: null, fromAgentId: null, range: decided,
      };
      await insertDelivery(tx, delivery, batch!.count, actorOf(tx));
      const to = { place: 'under_way', distributorId, agentId: null, documentId: deliveryId } as const;
      await insertHoldings(tx, pieces.map((from) => ({ from, to })), actorOf(tx));
      return { deliveryId, batchId, distributorId, ...decided };
    });
  }
}

const rangeOfHolding = (piece: Piece | undefined): Range | undefined => piece && { first: piece.holding.first, last: piece.holding.last };
