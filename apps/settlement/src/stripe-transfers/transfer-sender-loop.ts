// Runs the sender while the service runs: soon after a release, and from time to time for what Stripe could not answer or a process
// that was killed had left.
import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { STRIPE_TRANSFER_POLL_MS } from '../limits.js';
import type { TransferSender } from './transfer-sender.js';

export class TransferSenderLoop extends WakefulLoop {
  constructor(private readonly sender: TransferSender, log: Pick<ServiceSettings['log'], 'error' | 'warn'>, pollMs = STRIPE_TRANSFER_POLL_MS) {
    const failed = (paymentId: string, error: unknown) => log.warn({ err: error, paymentId }, 'what became of a transfer is not known; Stripe is asked again later');
    super({ name: 'transfer-sender', look: () => sender.sendWaiting(failed), isIdle: () => true, pollMs }, log);
  }

  override start(): void {
    this.sender.onWake(() => this.wake());
    super.start();
  }
}
