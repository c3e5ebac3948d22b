import { z } from 'zod';
import { defineMessage, field, STATEMENTS_PER_PAYMENT_MAX } from '../message.js';

/** Stripe moved a payment out of our balance to the Stripe account of its payee: money has left. */
export const PaymentTransferredV1 = defineMessage({
  type: 'payment.transferred.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '15' },
  schema: z.strictObject({
    paymentId: field.id,
    purpose: z.literal('place'),
    /** The statements that it pays; absent where they are too many for a message. */
    statementIds: z.array(field.id).max(STATEMENTS_PER_PAYMENT_MAX).optional(),
    stripeTransferId: z.string().min(1).max(255),
    /** Its line in Stripe's list of what moved our balance; null where Stripe had not made it yet. */
    stripeMovementId: z.string().min(1).max(255).nullable(),
    transferredOn: field.day,
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
  }),
  sample: {
    paymentId: '01900000-0000-7000-8000-00000000000e', purpose: 'place', stripeTransferId: 'tr_sample', stripeMovementId: 'txn_sample',
    transferredOn: '2026-04-03', amountCents: 966, currency: 'EUR',
  },
});
