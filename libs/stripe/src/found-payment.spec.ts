import { describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { foundPaymentOf } from './found-payment.js';

const session = (status: string, paymentStatus: string, payment?: Record<string, unknown> | string) => ({
  id: 'cs_1', status, payment_status: paymentStatus, amount_total: 100, currency: 'eur', livemode: false, client_reference_id: null,
  payment_intent: typeof payment === 'object' ? { id: 'pi_1', amount_received: 0, ...payment } : payment ?? null,
}) as unknown as Stripe.Checkout.Session;

describe('the state of a payment', () => {
  it.each([
    ['open', 'unpaid', undefined, 'open'],
    ['open', 'unpaid', { status: 'requires_payment_method' }, 'open'],
    ['expired', 'unpaid', undefined, 'expired'],
    ['complete', 'unpaid', { status: 'processing' }, 'processing'],
    ['complete', 'unpaid', 'pi_1', 'processing'],
    ['complete', 'unpaid', { status: 'requires_payment_method' }, 'failed'],
    ['complete', 'unpaid', { status: 'canceled' }, 'failed'],
    ['complete', 'paid', { status: 'succeeded' }, 'paid'],
    ['expired', 'paid', { status: 'succeeded' }, 'paid'],
  ])('%s and %s with %p is %4$s', (status, paymentStatus, payment, state) => {
    expect(foundPaymentOf(session(status, paymentStatus, payment)).state).toBe(state);
  });

  it('shows a dispute, and no fee while the charge is not in the balance', () => {
    const charge = { latest_charge: { amount_refunded: 30, disputed: true, balance_transaction: null } };
    expect(foundPaymentOf(session('complete', 'paid', charge))).toMatchObject({ disputed: true, refundedCents: 30n, feeCents: undefined });
  });
});
