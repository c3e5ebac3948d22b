import { assert, cents, toWire, ZERO } from '#libs/kernel';
import type Stripe from 'stripe';
import {
  CardPayments, type CheckoutRequest, type CustomerRequest, type EventPage, type RefundQuestion, type RefundRequest, type StartedRefund,
} from './card-payments.js';
import type { StripeClient } from './create-stripe.js';
import { EXPAND, foundPaymentOf } from './found-payment.js';
import { parseStripeEvent } from './stripe-event.js';
import { orFault, refusing } from './stripe-failure.js';

/** Stripe's own most. */
const PAGE = 100;
/** Refunds of one payment, of which there are as many as shares of one payer's orders. */
const REFUNDS_MAX = 1_000;

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
      return startedOf(refund);
    });
  }

  override findRefund({ paymentId, refundId }: RefundQuestion): Promise<StartedRefund | undefined> {
    return orFault(async () => {
      const refunds = await this.stripe.refunds.list({ payment_intent: paymentId, limit: PAGE }).autoPagingToArray({ limit: REFUNDS_MAX });
      const ours = refunds.find(({ metadata }) => metadata?.['refund_id'] === refundId);
      return ours && startedOf(ours);
    });
  }

  override openCustomer({ payerId, name, idempotencyKey }: CustomerRequest): Promise<string> {
    checkKey(idempotencyKey);
    return orFault(async () => (await this.stripe.customers.create({ name, metadata: { payer_id: payerId } }, { idempotencyKey })).id);
  }

  override events(since: Date, types: readonly string[], after?: string): Promise<EventPage> {
    return orFault(async () => {
      const page = await this.stripe.events.list({
        limit: PAGE, created: { gte: Math.floor(since.getTime() / 1000) }, types: [...types],
        ...(after !== undefined && { starting_after: after }),
      });
      const events = page.data.map(parseStripeEvent).filter((event) => event !== undefined);
      return { events, unread: page.data.length - events.length, next: page.has_more ? page.data.at(-1)?.id : undefined };
    });
  }
}

function sessionOf({ orderId, amountCents, currency, successUrl, cancelUrl, label, ...request }: CheckoutRequest) {
  const { method = 'card', customerId, cardPaymentId } = request;
  const metadata = { order_id: orderId, ...(cardPaymentId !== undefined && { card_payment_id: cardPaymentId }) };
  return {
    mode: 'payment' as const,
    ...WAYS[method],
    ...(customerId !== undefined && { customer: customerId }),
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

const WAYS = {
  card: { payment_method_types: ['card' as const] },
  bank_transfer: {
    payment_method_types: ['customer_balance' as const],
    payment_method_options: {
      customer_balance: {
        funding_type: 'bank_transfer' as const,
        // The account number that the payer sends to is a French one, as its own.
        bank_transfer: { type: 'eu_bank_transfer' as const, eu_bank_transfer: { country: 'FR' as const } },
      },
    },
  },
  sepa_debit: { payment_method_types: ['sepa_debit' as const] },
};

/** Stripe cuts nothing: a longer key is refused there, and an empty one would be drawn by the SDK. */
function checkKey(idempotencyKey: string): void {
  assert(idempotencyKey.length > 0 && idempotencyKey.length <= 255, 'an idempotency key has 1 to 255 characters');
}

const startedOf = (refund: Pick<Stripe.Refund, 'id' | 'status' | 'amount'>): StartedRefund =>
  ({ kind: 'refund', stripeRefundId: refund.id, state: refundState(refund.status), amountCents: cents(refund.amount) });

const refundState = (status: string | null) =>
  status === 'succeeded' ? 'succeeded' as const : status === 'failed' || status === 'canceled' ? 'failed' as const : 'pending' as const;
