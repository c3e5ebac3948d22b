// Works off open expiry runs in the background, one chunk per transaction. All it knows is in the database: killed at any
// point, the next one goes on where the last chunk ended, and no voucher expires twice.
import { Injectable } from '@nestjs/common';
import { ExpiryRunFinishedV1, VoucherExpiredChunkV1 } from '#libs/contracts';
import { toWire, type ExpiryRunId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { EXPIRY_CHUNK_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { expiryPosting, nextChunk, type IndexRange } from './expire-batch.decision.js';
import {
  advanceRun, expireVouchers, finishRun, insertExpiryChunk, lockOpenRun, openRuns, totalsOf, type OpenRun,
} from './expiry-run.store.js';

@Injectable()
export class ExpiryRunner {
  private stopping = false;
  private announce: () => void = () => undefined;

  constructor(private readonly work: RedemptionWork) {}

  /** A run is there to work off. May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  /** Ends after the chunk that is being written. */
  stop(): void {
    this.stopping = true;
  }

  /** Works off all open runs. One that fails does not hold up the others. */
  async runAll(failed: (runId: ExpiryRunId, error: unknown) => void): Promise<void> {
    for (const runId of await openRuns(this.work.client)) {
      try {
        while (!this.stopping && await this.step(runId));
      } catch (error) {
        failed(runId, error);
      }
    }
  }

  async idle(): Promise<boolean> {
    return (await openRuns(this.work.client)).length === 0;
  }

  /** One chunk; false when the run is through. */
  async step(runId: ExpiryRunId): Promise<boolean> {
    const meta = { kind: 'process', name: 'expiry', correlationId: `expiryRun:${runId}` } as const;
    return (await this.work.once(meta, (tx) => expireNext(tx, runId))) === true;
  }
}

async function expireNext(tx: Tx, runId: ExpiryRunId): Promise<boolean> {
  const run = await lockOpenRun(tx, runId);
  if (!run) return false;
  const range = nextChunk(run.nextIndex, run.count, EXPIRY_CHUNK_MAX);
  if (!range) {
    await finish(tx, runId, run);
    return false;
  }
  await expireChunk(tx, runId, run, range);
  await advanceRun(tx, runId, range.last + 1);
  return true;
}

async function expireChunk(tx: Tx, runId: ExpiryRunId, { batchId, custodyAccountId }: OpenRun, range: IndexRange): Promise<void> {
  const { count, amount } = await expireVouchers(tx, batchId, range);
  if (count === 0) return;
  const { chunkCount: chunk } = await totalsOf(tx, runId);
  const eventId = await tx.emit(VoucherExpiredChunkV1, {
    subject: `batch:${batchId}`, posting: expiryPosting(batchId, custodyAccountId, amount),
    body: { runId, batchId, chunk, ...range, count, amountCents: toWire(amount), currency: 'EUR', custodyAccountId },
  });
  await insertExpiryChunk(tx, { runId, chunk, ...range, count, amount, eventId });
}

async function finish(tx: Tx, runId: ExpiryRunId, { batchId }: OpenRun): Promise<void> {
  const { chunkCount, voucherCount, amount } = await totalsOf(tx, runId);
  await finishRun(tx, runId);
  await tx.emit(ExpiryRunFinishedV1, {
    subject: `expiryRun:${runId}`,
    body: { runId, batchId, chunkCount, voucherCount, amountCents: toWire(amount), currency: 'EUR' },
  });
}
