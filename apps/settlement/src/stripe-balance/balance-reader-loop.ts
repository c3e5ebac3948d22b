// Runs the reader while the service runs: at once when a webhook came, and from time to time for those that nobody was
// woken for or that Stripe could not answer.
import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { STRIPE_POLL_MS } from '../limits.js';
import type { BalanceReader } from './balance-reader.js';

export class BalanceReaderLoop extends WakefulLoop {
  constructor(private readonly reader: BalanceReader, log: Pick<ServiceSettings['log'], 'error'>, pollMs = STRIPE_POLL_MS) {
    super({ name: 'balance-reader', look: () => reader.readWaiting(), isIdle: () => reader.idle(), pollMs }, log);
  }

  override start(): void {
    this.reader.onWake(() => this.wake());
    super.start();
  }
}
