// Puts back what expired, in the background, one chunk per transaction. As the expiry runner: all it knows is in the
// database, so that killed at any point the next one goes on, and no voucher gets anything twice.
import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { nextChunk } from '../expire-batch/expire-batch.decision.js';
import { EXPIRY_CHUNK_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import {
  advanceExtension, finishExtension, insertRestoredChunk, lockOpenExtension, openExtensions, restoreVouchers,
} from './batch-extension.store.js';

@Injectable()
export class ExtensionRunner {
  private stopping = false;
  private announce: () => void = () => undefined;

  constructor(private readonly work: RedemptionWork) {}

  /** May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  stop(): void {
    this.stopping = true;
  }

  /** Works off all open extensions. One that fails does not hold up the others. */
  async runAll(failed: (eventId: string, error: unknown) => void): Promise<void> {
    for (const eventId of await openExtensions(this.work.client)) {
      try {
        while (!this.stopping && await this.step(eventId));
      } catch (error) {
        failed(eventId, error);
      }
    }
  }

  async isIdle(): Promise<boolean> {
    return (await openExtensions(this.work.client)).length === 0;
  }

  /** One chunk; false when the extension is through. */
  async step(eventId: string): Promise<boolean> {
    const meta = { kind: 'process', name: 'extension', correlationId: `extension:${eventId}` } as const;
    return (await this.work.once(meta, (tx) => restoreNext(tx, eventId))) === true;
  }
}

async function restoreNext(tx: Tx, eventId: string): Promise<boolean> {
  const extension = await lockOpenExtension(tx, eventId);
  if (!extension) return false;
  const range = nextChunk(extension.nextIndex, extension.count, EXPIRY_CHUNK_MAX);
  if (!range) {
    await finishExtension(tx, eventId, extension.batchId);
    return false;
  }
  const restored = await restoreVouchers(tx, extension.batchId, range);
  if (restored.count > 0) await insertRestoredChunk(tx, eventId, range, restored);
  await advanceExtension(tx, eventId, range.last + 1);
  return true;
}
