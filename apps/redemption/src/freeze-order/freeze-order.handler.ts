import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BatchFrozenV1 } from '#libs/contracts';
import { toWire } from '#libs/kernel';
import { RedemptionWork } from '../redemption.work.js';
import { EndFreeze, FreezeOrder } from './freeze-order.command.js';
import { insertFreeze, insertFreezeEnd, leftByBatch } from './freeze.store.js';

@CommandHandler(FreezeOrder)
export class FreezeOrderHandler implements ICommandHandler<FreezeOrder> {
  constructor(private readonly work: RedemptionWork) {}

  /** By the order, so that a batch of it that comes later is frozen too. */
  async execute({ dispute, eventId, meta }: FreezeOrder): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const { disputeId, orderId } = dispute;
      await insertFreeze(tx, { disputeId, orderId, eventId });
      for (const { batchId, left } of await leftByBatch(tx, orderId)) {
        await tx.emit(BatchFrozenV1, {
          subject: `batch:${batchId}`, body: { batchId, orderId, disputeId, leftCents: toWire(left), currency: 'EUR' },
        });
      }
    });
  }
}

@CommandHandler(EndFreeze)
export class EndFreezeHandler implements ICommandHandler<EndFreeze> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ end, eventId, meta }: EndFreeze): Promise<void> {
    await this.work.once(meta, (tx) => insertFreezeEnd(tx, { disputeId: end.disputeId, outcome: end.outcome, eventId }));
  }
}
