// Runs the minter while the service runs: at once when a batch is announced, and from time to time for batches whose
// announcement was lost with the process that made them.
import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { MINT_POLL_MS } from '../limits.js';
import type { Minter } from './minter.js';

type Log = Pick<ServiceSettings['log'], 'error'>;

export class MinterLoop extends WakefulLoop {
  constructor(private readonly minter: Minter, log: Log, pollMs = MINT_POLL_MS) {
    const failed = (batchId: string, error: unknown) => log.error({ err: error, batchId }, 'a batch cannot be minted; tried again later');
    super({ name: 'minter', look: () => minter.mintAll(failed), isIdle: () => minter.idle(), pollMs }, log);
  }

  override start(): void {
    this.minter.onWake(() => this.wake());
    super.start();
  }

  /** Resolves when the chunk that was being written is written. */
  override async stop(): Promise<void> {
    this.minter.stop();
    await super.stop();
  }
}
