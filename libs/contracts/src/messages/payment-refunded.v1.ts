import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Stripe sent a refund back to the card that paid. */
export const PaymentRefundedV1 = defineMessage({
  type: 'payment.refunded.v1',
  from: 'settlement',
  to: ['issuance'],
  postings: { settlement: '26' },
  schema: z.strictObject({
    refundId: field.id,
    stripeRefundId: z.string().min(1).max(255),
    payerId: field.id,
    custodyAccountId: field.id,
    refundedOn: field.day,
    amountCents: field.amountCents,
    currency: field.currency,
  }),
  sample: {
    refundId: '01900000-0000-7000-8000-000000000013', stripeRefundId: 're_sample', payerId: '01900000-0000-7000-8000-000000000007',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', refundedOn: '2026-04-03', amountCents: 4000, currency: 'EUR',
  },
});
