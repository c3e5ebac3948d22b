import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Stripe could not refund, or the refund came back: the sum is owed again, and a bank transfer pays it. */
export const PaymentRefundFailedV1 = defineMessage({
  type: 'payment.refund_failed.v1',
  from: 'settlement',
  to: ['issuance'],
  // Only for a refund that had left.
  postings: { settlement: '26' },
  schema: z.strictObject({
    refundId: field.id,
    payerId: field.id,
    custodyAccountId: field.id,
    failedOn: field.day,
    reasonCode: z.string().min(1).max(100),
    amountCents: field.amountCents,
    currency: field.currency,
    /** It had been sent, and came back: only then anything is posted. Absent before the ledgers were restated from messages. */
    hadLeft: z.boolean().optional(),
  }),
  sample: {
    refundId: '01900000-0000-7000-8000-000000000013', payerId: '01900000-0000-7000-8000-000000000007',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', failedOn: '2026-04-09', reasonCode: 'refund_returned', amountCents: 4000,
    currency: 'EUR',
  },
});
