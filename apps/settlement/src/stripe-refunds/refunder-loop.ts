// Runs the refunder while the service runs: soon after a refund was ordered, and from time to time for those that are on
// their way or that Stripe could not answer.
import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { STRIPE_REFUND_POLL_MS } from '../limits.js';
import type { Refunder } from './refunder.js';

export class RefunderLoop extends WakefulLoop {
  constructor(private readonly refunder: Refunder, log: Pick<ServiceSettings['log'], 'error' | 'warn'>, pollMs = STRIPE_REFUND_POLL_MS) {
    const failed = (refundId: string, error: unknown) => log.warn({ err: error, refundId }, 'Stripe cannot be asked for a refund; tried again later');
    super({ name: 'refunder', look: () => refunder.refundWaiting(failed), isIdle: () => true, pollMs }, log);
  }

  override start(): void {
    this.refunder.onWake(() => this.wake());
    super.start();
  }
}
