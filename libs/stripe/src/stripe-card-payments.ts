import { assert, cents, toWire, ZERO } from '#libs/kernel';
import { CardPayments, type CheckoutRequest, type RefundRequest } from './card-payments.js';
import type { StripeClient } from './create-stripe.js';
import { EXPAND, foundPaymentOf } from './found-payment.js';
import { refusing } from './stripe-failure.js';

/** The port over Stripe (or over the fake, which the client cannot tell apart). */
export class StripeCardPayments extends CardPayments {
  constructor(private readonly stripe: StripeClient) {
    super();
  }

  override openCheckout(request: CheckoutRequest) {
    checkKey(request.idempotencyKey);
    assert(request.amountCents > ZERO, 'a payment is above zero');
    return refusing(['card_declined', 'amount_not_chargeable', 'idempotency_key_reused'], async () => {
      const session = await this.stripe.checkout.sessions.create(sessionOf(request), { idempotencyKey: request.idempotencyKey });
      assert(session.url, 'an open session has an address');
      return { kind: 'opened' as const, sessionId: session.id, url: session.url };
    });
  }

  override findPayment(sessionId: string) {
    return refusing(['payment_not_found'], async () =>
      foundPaymentOf(await this.stripe.checkout.sessions.retrieve(sessionId, { expand: EXPAND })));
  }

  override refund({ paymentId, amountCents, refundId, idempotencyKey }: RefundRequest) {
    checkKey(idempotencyKey);
    assert(amountCents > ZERO, 'a refund is above zero');
    const refusals = ['payment_not_found', 'payment_already_refunded', 'payment_disputed', 'refund_too_large', 'idempotency_key_reused'] as const;
    return refusing(refusals, async () => {
      const refund = await this.stripe.refunds.create(
        { payment_intent: paymentId, amount: toWire(amountCents), metadata: { refund_id: refundId } }, { idempotencyKey });
      return { kind: 'refund' as const, stripeRefundId: refund.id, state: refundState(refund.status), amountCents: cents(refund.amount) };
    });
  }
}

function sessionOf({ orderId, amountCents, currency, successUrl, cancelUrl, label }: CheckoutRequest) {
  const metadata = { order_id: orderId };
  return {
    mode: 'payment' as const,
    payment_method_types: ['card' as const],
    line_items: [{
      quantity: 1,
      price_data: { currency: currency.toLowerCase(), unit_amount: toWire(amountCents), product_data: { name: label ?? orderId } },
    }],
    client_reference_id: orderId,
    metadata,
    // Again on the payment: its own events do not carry the session's metadata.
    payment_intent_data: { metadata },
    success_url: successUrl,
    cancel_url: cancelUrl,
  };
}

/** Stripe cuts nothing: a longer key is refused there, and an empty one would be drawn by the SDK. */
function checkKey(idempotencyKey: string): void {
  assert(idempotencyKey.length > 0 && idempotencyKey.length <= 255, 'an idempotency key has 1 to 255 characters');
}

const refundState = (status: string | null) =>
  status === 'succeeded' ? 'succeeded' as const : status === 'failed' || status === 'canceled' ? 'failed' as const : 'pending' as const;
