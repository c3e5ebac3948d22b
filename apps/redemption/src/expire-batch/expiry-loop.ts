// Runs the expiry runner while the service runs: at once when a run is started, and from time to time for runs whose
// process was killed.
import type { ServiceSettings } from '#libs/service';
import { EXPIRY_POLL_MS } from '../limits.js';
import type { ExpiryRunner } from './expiry-runner.js';

type Log = Pick<ServiceSettings['log'], 'error'>;

export class ExpiryLoop {
  private stopping = false;
  private ring: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly runner: ExpiryRunner, private readonly log: Log, private readonly pollMs = EXPIRY_POLL_MS) {}

  start(): void {
    this.runner.onWake(() => this.ring());
    this.running = this.run();
  }

  /** Resolves when the chunk that was being written is written. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.runner.stop();
    this.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      // Listened for from before the look at the table, so that a run that is started meanwhile is not missed.
      const rung = this.nextRing();
      await this.runAll();
      if (!this.stopping) await rung;
    }
    this.ring();
  }

  private async runAll(): Promise<void> {
    try {
      await this.runner.runAll((runId, error) => {
        this.log.error({ err: error, runId }, 'an expiry run met a fault; it goes on later');
      });
    } catch (error) {
      this.log.error({ err: error }, 'the expiry runner cannot look for runs; tries again later');
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
