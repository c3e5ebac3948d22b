import type { Tx } from '#libs/persistence';
import { sessionOf } from '../card-payment.store.js';
import { outcomeAtArrival } from './book-card-payments.decision.js';
import { insertStripeEvent } from './stripe-event.store.js';
import type { StripeHint } from './stripe-hint.js';

/** Each once, by its event's id, however it came; those that hint at nothing of ours are kept as that. */
export async function keepHints(tx: Tx, hints: readonly StripeHint[], livemode: boolean): Promise<void> {
  for (const { cardPaymentId, ...event } of hints) {
    const marked = event.sessionId === null && cardPaymentId !== null ? await sessionOf(tx.sql, cardPaymentId) : undefined;
    const sessionId = event.sessionId ?? marked?.sessionId ?? null;
    await insertStripeEvent(tx, { ...event, sessionId }, outcomeAtArrival({ sessionId, livemode: event.livemode }, livemode));
  }
}
