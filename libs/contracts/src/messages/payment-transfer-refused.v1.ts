import { z } from 'zod';
import { defineMessage, field, STATEMENTS_PER_PAYMENT_MAX } from '../message.js';

/** Stripe refused a payment for good before any money moved; the sum is owed again. */
export const PaymentTransferRefusedV1 = defineMessage({
  type: 'payment.transfer_refused.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '16' },
  schema: z.strictObject({
    paymentId: field.id,
    purpose: z.literal('place'),
    /** The statements that it was to pay; absent where they are too many for a message. */
    statementIds: z.array(field.id).max(STATEMENTS_PER_PAYMENT_MAX).optional(),
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    reasonCode: z.string().min(1).max(40),
  }),
  sample: {
    paymentId: '01900000-0000-7000-8000-00000000000e', purpose: 'place', amountCents: 966, currency: 'EUR', reasonCode: 'balance_insufficient',
  },
});
