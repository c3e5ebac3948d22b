import { z } from 'zod';
import { ALLOCATIONS_PER_PAYMENT_MAX, defineMessage, EARLY_PAYMENTS_PER_PAYMENT_MAX, field, REFUNDS_PER_PAYMENT_MAX, STATEMENTS_PER_PAYMENT_MAX } from '../message.js';

/** The bank sent a debited payment back; the sum is owed again and that bank account is blocked. */
export const PaymentReturnedV1 = defineMessage({
  type: 'payment.returned.v1',
  from: 'settlement',
  to: ['issuance'],
  postings: { settlement: '17' },
  schema: z.strictObject({
    paymentId: field.id,
    purpose: z.enum(['place', 'refund', 'commons', 'fees', 'early']),
    /** For the purpose `refund`: the refunds that it pays. */
    refundIds: z.array(field.id).max(REFUNDS_PER_PAYMENT_MAX).optional(),
    /** For the purpose `place`: the statements that it pays. Absent before a cent was traced by it. */
    statementIds: z.array(field.id).max(STATEMENTS_PER_PAYMENT_MAX).optional(),
    /** For the purpose `commons`: the allocations that it pays. */
    allocationIds: z.array(field.id).max(ALLOCATIONS_PER_PAYMENT_MAX).optional(),
    /** For the purpose `early`: the early payments that it pays. Absent before a cent was traced through them. */
    earlyPaymentIds: z.array(field.id).max(EARLY_PAYMENTS_PER_PAYMENT_MAX).optional(),
    bankLineId: field.id,
    bookedOn: field.day,
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    reasonCode: z.string().max(4),
  }),
  sample: {
    paymentId: '01900000-0000-7000-8000-00000000000e', purpose: 'place', bankLineId: '01900000-0000-7000-8000-00000000000f',
    bookedOn: '2026-04-03', amountCents: 966, currency: 'EUR', reasonCode: 'AC04',
  },
});
