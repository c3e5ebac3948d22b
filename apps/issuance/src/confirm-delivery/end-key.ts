import { BatchKeyDestroyedV1 } from '#libs/contracts';
import type { BatchId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { destroyKey } from '../batch.store.js';

/** Everybody is told: from here on a voucher of this batch is replaced, never printed again. */
export async function endKey(tx: Tx, batchId: BatchId): Promise<void> {
  await destroyKey(tx, batchId);
  await tx.emit(BatchKeyDestroyedV1, { subject: `batch:${batchId}`, body: { batchId } });
}
