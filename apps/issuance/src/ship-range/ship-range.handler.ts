import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { readBatch } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { insertDelivery, shippedWithin } from '../delivery.store.js';
import { distributorExists } from '../distributor.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { isCancelled } from '../order-step.store.js';
import { isPrinted } from '../print-batch/print-file.store.js';
import { rangeOf } from '../voucher-range.decision.js';
import { ShipRange, type ShippedRange } from './ship-range.command.js';
import { decideShipping } from './ship-range.decision.js';

@CommandHandler(ShipRange)
export class ShipRangeHandler implements ICommandHandler<ShipRange> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ batchId, distributorId, asked, meta }: ShipRange) {
    return this.work.once<ShippedRange | Rejected>(meta, async (tx) => {
      await lockStock(tx, [batchId]);
      const batch = await readBatch(tx.sql, batchId);
      const range = batch && rangeOf(asked, batch);
      const decided = decideShipping(batch, asked, {
        distributorExists: await distributorExists(tx.sql, distributorId),
        isCancelled: batch !== undefined && (await isCancelled(tx.sql, batch)),
        isPrinted: range !== undefined && (await isPrinted(tx.sql, batchId, range)),
        shipped: range && (await shippedWithin(tx.sql, batchId, range)),
      });
      if (isRejected(decided)) return decided;
      const deliveryId = idOf('delivery', tx.newId());
      await insertDelivery(tx, { deliveryId, batchId, distributorId, range: decided }, batch!.count, actorOf(tx));
      return { deliveryId, batchId, distributorId, ...decided };
    });
  }
}
