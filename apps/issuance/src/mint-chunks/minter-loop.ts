// Runs the minter while the service runs: at once when a batch is announced, and from time to time for batches whose
// announcement was lost with the process that made them.
import type { ServiceSettings } from '#libs/service';
import { MINT_POLL_MS } from '../limits.js';
import type { Minter } from './minter.js';

type Log = Pick<ServiceSettings['log'], 'error'>;

export class MinterLoop {
  private stopping = false;
  private ring: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly minter: Minter, private readonly log: Log, private readonly pollMs = MINT_POLL_MS) {}

  start(): void {
    this.minter.onWake(() => this.ring());
    this.running = this.run();
  }

  /** Resolves when the chunk that was being written is written. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.minter.stop();
    this.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      // Listened for from before the look at the table, so that a batch that comes meanwhile is not missed.
      const rung = this.nextRing();
      await this.mintAll();
      if (!this.stopping) await rung;
    }
    this.ring();
  }

  private async mintAll(): Promise<void> {
    try {
      await this.minter.mintAll((batchId, error) => {
        this.log.error({ err: error, batchId }, 'a batch cannot be minted; tried again later');
      });
    } catch (error) {
      this.log.error({ err: error }, 'the minter cannot look for batches; tries again later');
    }
  }

  private nextRing(): Promise<void> {
    return new Promise((resume) => {
      const timer = setTimeout(resume, this.pollMs);
      this.ring = () => {
        clearTimeout(timer);
        resume();
      };
    });
  }
}
