import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * Stripe took a payment back, or a part of it: its payer's bank disputes it, or sent a debit back. The payer owes it from
 * here on, and what is left on the vouchers of its order is frozen until the dispute is won.
 */
export const PaymentDisputedV1 = defineMessage({
  type: 'payment.disputed.v1',
  from: 'settlement',
  to: ['issuance', 'redemption'],
  postings: { settlement: '30', issuance: '30' },
  schema: z.strictObject({
    disputeId: z.string().min(1).max(255),
    stripeObjectId: z.string().min(1).max(255),
    cardPaymentId: field.id,
    orderId: field.id,
    payerId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
  }),
  sample: {
    disputeId: 'dp_sample', stripeObjectId: 'pi_sample', cardPaymentId: '01900000-0000-7000-8000-000000000010',
    orderId: '01900000-0000-7000-8000-000000000006', payerId: '01900000-0000-7000-8000-000000000007',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', amountCents: 4000, currency: 'EUR',
  },
});
