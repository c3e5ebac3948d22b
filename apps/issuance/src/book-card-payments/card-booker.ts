// Looks at Stripe for the sessions that webhooks hint at, and books what is paid there. All it knows is in the database:
// killed at any point, the next one looks again, and the order's lock and the receipt's row make a booking once.
import { Injectable } from '@nestjs/common';
import { PaymentSucceededV1 } from '#libs/contracts';
import { assert, isRejected, toWire } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { FoundPayment } from '#libs/stripe';
import {
  cardPaymentOf, insertCardReceipt, isBooked, noteState, unbookedSessions, type AskedCardPayment,
} from '../card-payment.store.js';
import { CardProcessor } from '../card-processor.js';
import { IssuanceWork } from '../issuance.work.js';
import { CARD_CHECKS_MAX } from '../limits.js';
import { addFeePaid, addFunded, lockOrder } from '../order.store.js';
import { decideBooking, type EventOutcome } from './book-card-payments.decision.js';
import { noteOutcome, noteTry, waitingEvents } from './stripe-event.store.js';

@Injectable()
export class CardBooker {
  private announce: () => void = () => undefined;

  constructor(private readonly work: IssuanceWork, private readonly processor: CardProcessor) {}

  /** An event is there to look at. May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  async idle(): Promise<boolean> {
    return !this.processor.open || (await waitingEvents(this.work.client, 1)).length === 0;
  }

  /**
   * One event that fails does not hold up the others; it is looked at again at the next call. `odd` is told of what is
   * paid at Stripe and cannot be booked: a person has to look.
   */
  async bookWaiting(
    failed: (eventId: string, error: unknown) => void, odd: (eventId: string, outcome: EventOutcome) => void,
  ): Promise<void> {
    if (!this.processor.open) return;
    for (const { eventId, sessionId } of await waitingEvents(this.work.client, CARD_CHECKS_MAX)) {
      try {
        const outcome = await this.look(sessionId, eventId);
        if (outcome === 'differs' || outcome === 'unknown_session') odd(eventId, outcome);
      } catch (error) {
        await this.inTransaction(sessionId, (tx) => noteTry(tx, eventId));
        failed(eventId, error);
      }
    }
  }

  /** What became of the sessions of which no money is known. */
  async checkUnbooked(): Promise<EventOutcome[]> {
    const outcomes: EventOutcome[] = [];
    for (const sessionId of await unbookedSessions(this.work.client, CARD_CHECKS_MAX)) outcomes.push(await this.look(sessionId));
    return outcomes;
  }

  private async look(sessionId: string, eventId?: string): Promise<EventOutcome> {
    const asked = await cardPaymentOf(this.work.client, sessionId);
    // Most events tell of what another one told before: Stripe need not be asked again.
    const isKnown = asked !== undefined && await isBooked(this.work.client, asked.cardPaymentId);
    const found = asked && !isKnown ? await this.processor.open!.payments.findPayment(sessionId) : undefined;
    const outcome = await this.inTransaction<EventOutcome>(sessionId, async (tx) => {
      const seen = isKnown ? 'booked_before' : !asked || !found || isRejected(found) ? 'unknown_session' : await this.settle(tx, asked, found);
      if (eventId !== undefined) await noteOutcome(tx, eventId, seen);
      return seen;
    });
    assert(!isRejected(outcome), 'a look at Stripe has no key that somebody else could have used');
    return outcome;
  }

  private async settle(tx: Tx, asked: AskedCardPayment, found: FoundPayment): Promise<EventOutcome> {
    const { cardPaymentId, orderId, payerId, amount } = asked;
    const order = await lockOrder(tx, orderId);
    assert(order, 'a card payment of an order that is not there');
    if (await isBooked(tx.sql, cardPaymentId)) return 'booked_before';
    await noteState(tx, cardPaymentId, found);
    const booking = decideBooking(asked, found, this.processor.open!.livemode, order);
    if (typeof booking === 'string') return booking;
    const eventId = await tx.emit(PaymentSucceededV1, {
      subject: `order:${orderId}`, posting: booking.posting,
      body: {
        cardPaymentId, stripeObjectId: booking.stripePaymentId, orderId, payerId, custodyAccountId: order.custodyAccountId,
        programmeId: order.programmeId,
        amountCents: toWire(amount), coverCents: toWire(booking.cover), feeCents: toWire(booking.fee), currency: 'EUR',
      },
    });
    if (booking.cover > 0n) await addFunded(tx, orderId, payerId, booking.cover);
    if (booking.fee > 0n) await addFeePaid(tx, orderId, payerId, booking.fee);
    await insertCardReceipt(tx, asked, booking, eventId);
    return 'booked';
  }

  private inTransaction<T>(sessionId: string, work: (tx: Tx) => Promise<T>) {
    return this.work.once<T>({ kind: 'process', name: 'card-booker', correlationId: `stripe:${sessionId}`.slice(0, 100) }, work);
  }
}
