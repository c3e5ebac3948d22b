// What a Checkout session, fetched with its payment, charge and balance transaction, says in our words. Pure, because
// events come late, twice and in any order: the state is read from the object, never counted from events.
import { cents, ZERO, type Cents } from '#libs/kernel';
import type Stripe from 'stripe';
import type { FoundPayment, PaymentState } from './card-payments.js';

export const EXPAND = ['payment_intent.latest_charge.balance_transaction'];

export function foundPaymentOf(session: Stripe.Checkout.Session): FoundPayment {
  const payment = expanded(session.payment_intent);
  const charge = expanded(payment?.latest_charge);
  const balance = expanded(charge?.balance_transaction);
  return {
    kind: 'payment',
    sessionId: session.id,
    orderId: session.client_reference_id ?? undefined,
    state: stateOf(session, payment),
    amountCents: cents(session.amount_total ?? 0),
    currency: (session.currency ?? '').toUpperCase(),
    livemode: session.livemode,
    paymentId: payment?.id,
    receivedCents: payment ? cents(payment.amount_received) : ZERO,
    announcedCents: announcedOf(payment),
    instructionsUrl: transferOf(payment)?.hosted_instructions_url ?? undefined,
    refundedCents: charge ? cents(charge.amount_refunded) : ZERO,
    disputed: charge?.disputed ?? false,
    feeCents: balance && cents(balance.fee),
    declineCode: payment?.last_payment_error?.decline_code ?? payment?.last_payment_error?.code ?? undefined,
  };
}

function stateOf(session: Stripe.Checkout.Session, payment: Stripe.PaymentIntent | undefined): PaymentState {
  if (session.payment_status !== 'unpaid') return 'paid';
  if (session.status === 'expired') return 'expired';
  if (session.status === 'open') return 'open';
  // Complete and unpaid: a payment that takes days. It is on its way until it is asked for anew or given up.
  return payment?.status === 'requires_payment_method' || payment?.status === 'canceled' ? 'failed' : 'processing';
}

const transferOf = (payment: Stripe.PaymentIntent | undefined) => payment?.next_action?.display_bank_transfer_instructions;

function announcedOf(payment: Stripe.PaymentIntent | undefined): Cents {
  const remaining = transferOf(payment)?.amount_remaining;
  return payment && typeof remaining === 'number' ? cents(payment.amount - remaining) : ZERO;
}

const expanded = <T extends object>(neighbour: string | T | null | undefined): T | undefined =>
  typeof neighbour === 'object' && neighbour !== null ? neighbour : undefined;
