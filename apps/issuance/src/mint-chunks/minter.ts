// Mints the vouchers of new batches in the background. All it knows is in the database: killed at any point, the next
// one derives the same codes again and sends the chunks that are missing.
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CHUNK_ENTRY_BYTES, VoucherChunkMintedV1 } from '#libs/contracts';
import { assert, type BatchId } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import type { Tx } from '#libs/persistence';
import { insertChunk, mintedChunks, mintingBatches, readBatchKeys, settleState, type BatchKeys } from '../batch.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { ChunkEntries } from './chunk-entries.js';

class Stopped extends Error {
  override name = 'Stopped';
}

@Injectable()
export class Minter {
  private stopping = false;
  private announce: () => void = () => undefined;

  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  /** A batch is there to mint. May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  /** Ends the work at hand at its next slice, or after the chunk that is being written. */
  stop(): void {
    this.stopping = true;
  }

  /** Mints all that is missing of all batches. One that fails (its key is not there) does not hold up the others. */
  async mintAll(failed: (batchId: BatchId, error: unknown) => void): Promise<void> {
    for (const batchId of await mintingBatches(this.work.client)) {
      try {
        await this.mint(batchId);
      } catch (error) {
        if (error instanceof Stopped) return;
        failed(batchId, error);
      }
    }
  }

  async idle(): Promise<boolean> {
    return (await mintingBatches(this.work.client)).length === 0;
  }

  private async mint(batchId: BatchId): Promise<void> {
    const keys = await readBatchKeys(this.work.client, batchId);
    if (!keys) return;
    const known = await mintedChunks(this.work.client, batchId);
    const missing = Array.from({ length: keys.chunkCount }, (_, chunk) => chunk).filter((chunk) => !known.has(chunk));
    const entries = missing.length > 0 ? await this.entriesOf(keys) : undefined;
    for (const chunk of missing) {
      const bytes = entries!.chunk(chunk);
      await this.inTransaction(batchId, (tx) => sendChunk(tx, batchId, chunk, bytes));
      if (this.stopping) return;
    }
    await this.inTransaction(batchId, (tx) => settleState(tx, batchId));
  }

  private async entriesOf({ batchId, count, wrappedKey, pepperKeyId }: BatchKeys): Promise<ChunkEntries> {
    assert(wrappedKey, `batch ${batchId} is still to be minted and has no key`);
    const batchKey = this.keyring.unwrap(wrappedKey);
    const macs = this.keyring.batchMacs(batchKey, pepperKeyId);
    batchKey.fill(0);
    try {
      return await ChunkEntries.derive({ macs, count, turn: () => this.turn() });
    } finally {
      macs.wipe();
    }
  }

  private async turn(): Promise<void> {
    await new Promise((resume) => { setImmediate(resume); });
    if (this.stopping) throw new Stopped();
  }

  private inTransaction(batchId: BatchId, work: (tx: Tx) => Promise<void>): Promise<unknown> {
    return this.work.once({ kind: 'process', name: 'minter', correlationId: `batch:${batchId}` }, work);
  }
}

/** The chunk's row makes it once: whoever comes second sends nothing. */
async function sendChunk(tx: Tx, batchId: BatchId, chunk: number, entries: Buffer): Promise<void> {
  const count = entries.length / CHUNK_ENTRY_BYTES;
  const sha256 = createHash('sha256').update(entries).digest('hex');
  if (!(await insertChunk(tx, { batchId, chunk, count, sha256 }))) return;
  await tx.emit(VoucherChunkMintedV1, {
    subject: `batch:${batchId}`, body: { batchId, chunk, count, entries: entries.toString('base64'), entriesSha256: sha256 },
  });
}
