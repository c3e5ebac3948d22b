// Work that a service does by itself: at once when it is woken, and from time to time for what nobody woke it for, because
// the process that would have was killed.
import type { Logs } from './logs.js';
import type { Loop } from './loop.js';

export type LoopWork = Readonly<{
  name: string;
  /** One look at what waits, and the work on it. A fault is logged, and the next look tries again. */
  look: () => Promise<unknown>;
  isIdle: () => boolean | Promise<boolean>;
  pollMs: number;
}>;

export class WakefulLoop implements Loop {
  readonly name: string;
  private stopping = false;
  private ring: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly work: LoopWork, private readonly log: Pick<Logs, 'error'>) {
    this.name = work.name;
  }

  wake(): void {
    this.ring();
  }

  start(): void {
    this.running = this.run();
  }

  /** Resolves when the look at hand is over. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.ring();
    await this.running;
  }

  /** Who is told no is waiting for the work: then it begins at once, not at the next look. */
  async isIdle(): Promise<boolean> {
    const isIdle = await this.work.isIdle();
    if (!isIdle) this.wake();
    return isIdle;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      // Listened for from before the look at the tables, so that what comes meanwhile is not missed.
      const rung = this.nextRing();
      await this.work.look().catch((error: unknown) => this.log.error({ err: error }, `${this.name} failed; tries again later`));
      if (!this.stopping) await rung;
    }
    this.ring();
  }

  private nextRing(): Promise<void> {
    return new Promise((resume) => {
      const timer = setTimeout(resume, this.work.pollMs);
      this.ring = () => {
        clearTimeout(timer);
        resume();
      };
    });
  }
}
