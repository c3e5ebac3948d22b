import { describe, expect, it } from '@jest/globals';
import { parseStripeEvent } from '#libs/stripe';
import { hintOf } from './stripe-hint.js';

const CARD_PAYMENT = '01900000-0000-7000-8000-000000000010';
const hint = (type: string, object: object) => {
  const event = parseStripeEvent({ id: 'evt_1', object: 'event', type, created: 0, livemode: false, data: { object } });
  if (!event) throw new Error(`${type} is no event`);
  return hintOf(event);
};
const session = { id: 'cs_1', object: 'checkout.session', amount_total: 1, currency: 'eur', mode: 'payment', payment_status: 'paid' };
const intent = { id: 'pi_1', object: 'payment_intent', amount: 1, amount_received: 0, currency: 'eur', status: 'processing' };
const charge = { id: 'ch_1', object: 'charge', amount: 1, amount_refunded: 0, refunded: false, currency: 'eur' };

describe('an event of Stripe hints at', () => {
  it.each<[string, string, object, string | null, string | null]>([
    ['its page', 'checkout.session.completed', session, 'cs_1', null],
    ['the payment that it is marked with', 'payment_intent.succeeded', { ...intent, metadata: { card_payment_id: CARD_PAYMENT } }, null, CARD_PAYMENT],
    ['nothing of ours, without a mark', 'payment_intent.succeeded', intent, null, null],
    ['nothing of ours, with a mark of somebody else', 'payment_intent.succeeded', { ...intent, metadata: { card_payment_id: 'x' } }, null, null],
    ['nothing that issuance decides, being of a charge', 'charge.refunded', { ...charge, metadata: { card_payment_id: CARD_PAYMENT } }, null, null],
    ['nothing at all, being of a kind that nobody knows', 'moon.eclipsed', { object: 'moon' }, null, null],
  ])('%s', (_, type, object, sessionId, cardPaymentId) => {
    expect(hint(type, object)).toEqual({ eventId: 'evt_1', type, livemode: false, createdAt: new Date(0), sessionId, cardPaymentId });
  });
});
