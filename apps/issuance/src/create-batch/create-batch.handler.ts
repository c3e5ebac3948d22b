import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BatchCreatedV1 } from '#libs/contracts';
import { assert, idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import { Keyring, newBatchKey } from '#libs/keys';
import type { Tx } from '#libs/persistence';
import { insertBatch, type NewBatch } from '../batch.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { chunksOf, LABEL_DRAWS_MAX } from '../limits.js';
import { Minter } from '../mint-chunks/minter.js';
import { addMinted, lockOrder, type Order } from '../order.store.js';
import { CreateBatch, type CreatedBatch } from './create-batch.command.js';
import { decideBatch } from './create-batch.decision.js';

@CommandHandler(CreateBatch)
export class CreateBatchHandler implements ICommandHandler<CreateBatch> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring, private readonly minter: Minter) {}

  async execute({ orderId, asked, meta }: CreateBatch) {
    const outcome = await this.work.once<CreatedBatch | Rejected>(meta, async (tx) => {
      const order = await lockOrder(tx, orderId);
      const decided = decideBatch(order, asked);
      if (isRejected(decided)) return decided;

      const batch = await this.keep(tx, order!, decided);
      await addMinted(tx, orderId, batch.count);
      await announce(tx, order!, batch);
      return { batchId: batch.batchId, orderId, ...decided, chunks: batch.chunkCount };
    });
    this.minter.wake();
    return outcome;
  }

  /** The key is drawn here and leaves this function wrapped. A serial label that is taken is drawn again. */
  private async keep(tx: Tx, { orderId, face }: Order, decided: Pick<NewBatch, 'count' | 'bookletSize'>): Promise<NewBatch> {
    const batchKey = newBatchKey();
    const wrappedKey = this.keyring.wrap(batchKey);
    batchKey.fill(0);
    const batchId = idOf('batch', tx.newId());
    for (let draw = 1; draw <= LABEL_DRAWS_MAX; draw += 1) {
      const serialPermutationId = this.keyring.newSerialPermutationId();
      const batch: NewBatch = {
        batchId, orderId, ...decided, face, chunkCount: chunksOf(decided.count), wrappedKey, pepperKeyId: this.keyring.pepperKeyId,
        serialPermutationId, serialLabel: this.keyring.serials(serialPermutationId).label,
      };
      if (await insertBatch(tx, batch, actorOf(tx))) return batch;
    }
    assert(false, `no free serial label in ${LABEL_DRAWS_MAX} draws`);
  }
}

async function announce(tx: Tx, order: Order, batch: NewBatch): Promise<void> {
  await tx.emit(BatchCreatedV1, {
    subject: `batch:${batch.batchId}`,
    body: {
      batchId: batch.batchId, orderId: order.orderId, programmeId: order.programmeId, count: batch.count,
      chunks: batch.chunkCount, faceCents: toWire(order.face), currency: 'EUR', kind: order.kind, usableUntil: order.usableUntil,
      claimableUntil: order.claimableUntil, custodyAccountId: order.custodyAccountId, pepperKeyId: batch.pepperKeyId,
      serialPermutationId: batch.serialPermutationId,
    },
  });
}
