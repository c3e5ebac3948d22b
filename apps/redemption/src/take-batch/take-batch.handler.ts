// Batches, chunks and activations, in whatever order they come. What comes before its batch is parked and handled, as
// the message that it is and under its own event id, in the transaction that brings the batch.
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RangeActivatedV1, VoucherChunkMintedV1, type Envelope } from '#libs/contracts';
import { assert } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { insertBatch, lockBatch, parkMessage, takeParked, type StoredBatch } from '../batch.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { activateRange } from './activate-range.js';
import { readEntries } from './chunk-entries.js';
import { loadChunk } from './load-chunk.js';
import { ActivateRange, LoadChunk, TakeBatch } from './take-batch.command.js';

@CommandHandler(TakeBatch)
export class TakeBatchHandler implements ICommandHandler<TakeBatch> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ batch, meta }: TakeBatch): Promise<void> {
    await this.work.once(meta, async (tx) => {
      await lockBatch(tx, batch.batchId);
      await insertBatch(tx, batch);
      const stored = await lockBatch(tx, batch.batchId);
      assert(stored, `batch ${batch.batchId} was not stored`);
      for (const message of await takeParked(tx, stored.id)) await resume(tx, stored, message);
    });
  }
}

@CommandHandler(LoadChunk)
export class LoadChunkHandler implements ICommandHandler<LoadChunk> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ chunk, meta }: LoadChunk): Promise<void> {
    await this.work.once(meta, async (tx) => {
      // Before it may be parked: bytes that are wrong are wrong now, and must not spoil the batch later.
      const entries = readEntries(chunk);
      const batch = await lockBatch(tx, chunk.batchId);
      await (batch ? loadChunk(tx, batch, chunk, entries) : park(tx, chunk.batchId));
    });
  }
}

@CommandHandler(ActivateRange)
export class ActivateRangeHandler implements ICommandHandler<ActivateRange> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ range, meta }: ActivateRange): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const batch = await lockBatch(tx, range.batchId);
      await (batch ? activateRange(tx, batch, range) : park(tx, range.batchId));
    });
  }
}

async function park(tx: Tx, batchId: string): Promise<void> {
  const { message } = tx.origin;
  assert(message, 'only a message can wait for its batch');
  await parkMessage(tx, batchId, message);
}

async function resume(tx: Tx, batch: StoredBatch, message: Envelope): Promise<void> {
  const inner = tx.as({ actor: message.actor, correlationId: message.correlationId, causationId: message.id, message });
  if (message.type === RangeActivatedV1.type) {
    await activateRange(inner, batch, RangeActivatedV1.schema.parse(message.body));
  } else {
    assert(message.type === VoucherChunkMintedV1.type, `a ${message.type} was parked`);
    const chunk = VoucherChunkMintedV1.schema.parse(message.body);
    await loadChunk(inner, batch, chunk, readEntries(chunk));
  }
  tx.keep(inner);
}
