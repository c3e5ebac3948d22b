// Runs the reader while the service runs: at once when a webhook came, from time to time for those that nobody was woken for
// or that Stripe could not answer, and each hour for those that never come.
import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { STRIPE_POLL_MS, STRIPE_READING_MS } from '../limits.js';
import type { BalanceReader } from './balance-reader.js';

export class BalanceReaderLoop extends WakefulLoop {
  constructor(private readonly reader: BalanceReader, log: Pick<ServiceSettings['log'], 'error'>, pollMs = STRIPE_POLL_MS) {
    // Of this process: a new one reads when it starts.
    let nextAt = 0;
    const look = async () => {
      const isDue = performance.now() >= nextAt;
      await reader.readWaiting(isDue);
      if (isDue) nextAt = performance.now() + STRIPE_READING_MS;
    };
    super({ name: 'balance-reader', look, isIdle: () => reader.idle(), pollMs }, log);
  }

  override start(): void {
    this.reader.onWake(() => this.wake());
    super.start();
  }
}
