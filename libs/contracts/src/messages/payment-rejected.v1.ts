import { z } from 'zod';
import { ALLOCATIONS_PER_PAYMENT_MAX, defineMessage, EARLY_PAYMENTS_PER_PAYMENT_MAX, field, STATEMENTS_PER_PAYMENT_MAX } from '../message.js';

/** The bank refused the payment before any debit (pain.002); the sum is owed again. */
export const PaymentRejectedV1 = defineMessage({
  type: 'payment.rejected.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '16' },
  schema: z.strictObject({
    paymentId: field.id,
    purpose: z.enum(['place', 'refund', 'commons', 'fees', 'early']),
    /** For the purpose `place`: the statements that it was to pay. Absent before a cent was traced by it. */
    statementIds: z.array(field.id).max(STATEMENTS_PER_PAYMENT_MAX).optional(),
    /** For the purpose `commons`: the allocations that it pays. */
    allocationIds: z.array(field.id).max(ALLOCATIONS_PER_PAYMENT_MAX).optional(),
    /** For the purpose `early`: the early payments that it pays. Absent before a cent was traced through them. */
    earlyPaymentIds: z.array(field.id).max(EARLY_PAYMENTS_PER_PAYMENT_MAX).optional(),
    reportId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    reasonCode: z.string().max(4),
  }),
  sample: {
    paymentId: '01900000-0000-7000-8000-00000000000e', purpose: 'place', reportId: '01900000-0000-7000-8000-000000000012',
    amountCents: 966, currency: 'EUR', reasonCode: 'AC01',
  },
});
