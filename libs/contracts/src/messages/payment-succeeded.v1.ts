import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * A payer paid its share of an order through Stripe (by card, transfer or debit), and Stripe says that the money is there.
 * `amountCents` is what it paid, `coverCents` the part that became cover, `feeCents` what paid fee and VAT;
 * the rest was more than the share still asked.
 * Stripe's fee is not in it: settlement reads that from Stripe's balance.
 */
export const PaymentSucceededV1 = defineMessage({
  type: 'payment.succeeded.v1',
  from: 'issuance',
  to: ['settlement'],
  postings: { issuance: '4', settlement: '4' },
  schema: z.strictObject({
    cardPaymentId: field.id,
    stripeObjectId: z.string().min(1).max(255),
    orderId: field.id,
    payerId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    coverCents: field.amountOrZeroCents,
    /** What of it paid fee and VAT. Absent before invoices were: nothing. */
    feeCents: field.amountOrZeroCents.optional(),
    currency: field.currency,
    /** Whose cover it became. Absent before the ledgers were restated from messages. */
    programmeId: field.id.optional(),
  }),
  sample: {
    cardPaymentId: '01900000-0000-7000-8000-000000000010', stripeObjectId: 'pi_sample', orderId: '01900000-0000-7000-8000-000000000006',
    payerId: '01900000-0000-7000-8000-000000000007', custodyAccountId: '01900000-0000-7000-8000-0000000000aa', amountCents: 4000,
    coverCents: 4000, currency: 'EUR',
  },
});
