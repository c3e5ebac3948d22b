import { z } from 'zod';
import { defineMessage, field, STATEMENTS_PER_PAYMENT_MAX } from '../message.js';

/** All of a payment that Stripe had moved is in our balance again; the sum is owed again and that Stripe account is blocked. */
export const PaymentTransferReversedV1 = defineMessage({
  type: 'payment.transfer_reversed.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '17' },
  schema: z.strictObject({
    paymentId: field.id,
    purpose: z.literal('place'),
    /** The statements that it had paid; absent where they are too many for a message. */
    statementIds: z.array(field.id).max(STATEMENTS_PER_PAYMENT_MAX).optional(),
    stripeTransferId: z.string().min(1).max(255),
    /** The line in Stripe's list that brought it again. */
    stripeMovementId: z.string().min(1).max(255),
    reversedOn: field.day,
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
  }),
  sample: {
    paymentId: '01900000-0000-7000-8000-00000000000e', purpose: 'place', stripeTransferId: 'tr_sample', stripeMovementId: 'txn_again',
    reversedOn: '2026-04-06', amountCents: 966, currency: 'EUR',
  },
});
