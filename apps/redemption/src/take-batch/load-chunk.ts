import { VoucherChunkLoadedV1, type BodyOf, type VoucherChunkMintedV1 } from '#libs/contracts';
import { assert } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { insertChunk, isComplete, type StoredBatch } from '../batch.store.js';
import { insertVouchers } from '../voucher.store.js';
import type { ChunkEntries } from './chunk-entries.js';
import { openSpendable } from './open-spendable.js';
import { replaceVouchers } from './replace-vouchers.js';

type Chunk = BodyOf<typeof VoucherChunkMintedV1>;

/**
 * Vouchers come in with their whole face; whether they can be spent stands in the ranges. Those of a replacement get what
 * is left on their forerunners when all of them are there.
 */
export async function loadChunk(tx: Tx, batch: StoredBatch, message: Chunk, entries: ChunkEntries): Promise<void> {
  const { chunk, count, entriesSha256 } = message;
  assert(chunk < batch.chunks, `chunk ${chunk} of a batch that has ${batch.chunks}`);
  assert(entries.indexMax < batch.count, `an index beyond the ${batch.count} vouchers of the batch`);
  await insertChunk(tx, batch.id, chunk, count, entriesSha256);
  await insertVouchers(tx, batch, entries);
  await tx.emit(VoucherChunkLoadedV1, { subject: `batch:${batch.id}`, body: { batchId: batch.id, chunk, count } });
  if (!(await isComplete(tx, batch))) return;
  await (batch.replaces ? replaceVouchers(tx, batch, batch.replaces) : openSpendable(tx, batch));
}
