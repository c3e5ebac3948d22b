import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import { IssuanceWork } from '../issuance.work.js';
import { Minter } from '../mint-chunks/minter.js';
import { addMinted, lockOrder } from '../order.store.js';
import { CreateBatch, type CreatedBatch } from './create-batch.command.js';
import { decideBatch } from './create-batch.decision.js';
import { announceBatch, keepBatch } from './new-batch.js';

@CommandHandler(CreateBatch)
export class CreateBatchHandler implements ICommandHandler<CreateBatch> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring, private readonly minter: Minter) {}

  async execute({ orderId, asked, meta }: CreateBatch) {
    const outcome = await this.work.once<CreatedBatch | Rejected>(meta, async (tx) => {
      const order = await lockOrder(tx, orderId);
      const decided = decideBatch(order, asked);
      if (isRejected(decided)) return decided;

      const batch = await keepBatch(tx, this.keyring, order!, decided);
      await addMinted(tx, orderId, batch.count);
      await announceBatch(tx, order!, batch);
      return { batchId: batch.batchId, orderId, ...decided, chunks: batch.chunkCount };
    });
    this.minter.wake();
    return outcome;
  }
}
