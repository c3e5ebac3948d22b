// What an event of Stripe hints at: a page to look at, by its id or by the id that we gave its payment.
import { idOf, isUuid, type CardPaymentId } from '#libs/kernel';
import type { StripeEvent } from '#libs/stripe';

export type StripeHint = Readonly<{
  eventId: string; type: string; livemode: boolean; createdAt: Date; sessionId: string | null; cardPaymentId: CardPaymentId | null;
}>;

export function hintOf(event: StripeEvent): StripeHint {
  const { id: eventId, type, livemode, createdAt } = event;
  const sessionId = event.kind === 'checkout_session' ? event.object.id : null;
  // Charges, refunds and disputes are settlement's.
  const marked = event.kind === 'payment_intent' ? event.object.metadata['card_payment_id'] : undefined;
  return { eventId, type, livemode, createdAt, sessionId, cardPaymentId: isUuid(marked) ? idOf('cardPayment', marked) : null };
}
