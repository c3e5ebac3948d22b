import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The bank debited the payment: money has left. */
export const PaymentBookedV1 = defineMessage({
  type: 'payment.booked.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '15' },
  schema: z.strictObject({
    paymentId: field.id,
    purpose: z.enum(['place', 'refund', 'commons', 'fees']),
    bankLineId: field.id,
    bookedOn: field.day,
    amountCents: field.amountCents,
    currency: field.currency,
  }),
  sample: {
    paymentId: '01900000-0000-7000-8000-00000000000e', purpose: 'place', bankLineId: '01900000-0000-7000-8000-00000000000f',
    bookedOn: '2026-04-03', amountCents: 966, currency: 'EUR',
  },
});
