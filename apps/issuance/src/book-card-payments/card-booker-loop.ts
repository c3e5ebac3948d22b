// Runs the booker while the service runs: at once when a webhook came, and from time to time for those that nobody was
// woken for or that Stripe could not answer.
import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { STRIPE_POLL_MS } from '../limits.js';
import type { CardBooker } from './card-booker.js';

type Log = Pick<ServiceSettings['log'], 'error' | 'warn'>;

export class CardBookerLoop extends WakefulLoop {
  constructor(private readonly booker: CardBooker, log: Log, pollMs = STRIPE_POLL_MS) {
    const failed = (eventId: string, error: unknown) => log.warn({ err: error, eventId }, 'a card payment cannot be looked at; tried again later');
    const odd = (eventId: string, outcome: string) => log.warn({ eventId, outcome }, 'a session at Stripe is not what was asked, nothing is booked');
    super({ name: 'card-booker', look: () => booker.bookWaiting(failed, odd), isIdle: () => booker.idle(), pollMs }, log);
  }

  override start(): void {
    this.booker.onWake(() => this.wake());
    super.start();
  }
}
