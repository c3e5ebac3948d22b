// Reads Stripe's own list of events, for those whose webhook never came: each is kept once by its id, as a webhook is, and
// looked at by the same booker. The cursor moves after the last page, so whoever is killed before reads all again.
import { Injectable } from '@nestjs/common';
import { assert, isRejected } from '#libs/kernel';
import type { StripeEvent } from '#libs/stripe';
import { CardBooker } from '../book-card-payments/card-booker.js';
import { keepHints } from '../book-card-payments/keep-hints.js';
import { hintOf } from '../book-card-payments/stripe-hint.js';
import { CardProcessor } from '../card-processor.js';
import { IssuanceWork } from '../issuance.work.js';
import { readingSince } from './read-stripe-events.decision.js';
import { noteReadUntil, readUntil } from './stripe-cursor.store.js';

/** What moves a payment; the rest is settlement's, which reads the balance. */
export const READ_EVENTS = [
  'checkout.session.completed', 'checkout.session.expired', 'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed', 'payment_intent.processing', 'payment_intent.partially_funded',
  'payment_intent.succeeded', 'payment_intent.payment_failed', 'payment_intent.canceled',
] as const;

const META = { kind: 'process', name: 'stripe-events', correlationId: 'stripe' } as const;

@Injectable()
export class EventReader {
  constructor(private readonly work: IssuanceWork, private readonly processor: CardProcessor, private readonly booker: CardBooker) {}

  /** How many events were read; undefined when it is not time yet. */
  async readWhenDue(): Promise<number | undefined> {
    const { open } = this.processor;
    if (!open) return undefined;
    const due = await this.work.once(META, async (tx) => ({ now: tx.now, since: readingSince(await readUntil(tx.sql), tx.now) }));
    assert(!isRejected(due), 'a reading has no key that somebody else could have used');
    const { now, since } = due;
    if (!since) return undefined;
    let read = 0;
    for (let after: string | undefined, more = true; more;) {
      const { events, next } = await open.payments.events(since, READ_EVENTS, after);
      await this.keep(events, open.livemode);
      read += events.length;
      [after, more] = [next, next !== undefined];
    }
    // Older than what Stripe keeps: pages of which nothing was ever heard.
    await this.booker.checkUnbooked();
    await this.work.once(META, (tx) => noteReadUntil(tx, now));
    this.booker.wake();
    return read;
  }

  private async keep(events: readonly StripeEvent[], livemode: boolean): Promise<void> {
    await this.work.once(META, (tx) => keepHints(tx, events.map(hintOf), livemode));
  }
}
