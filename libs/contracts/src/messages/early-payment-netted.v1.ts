import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A statement is paid so much less, because so much of it was paid early; the commons have it back. */
export const EarlyPaymentNettedV1 = defineMessage({
  type: 'early_payment.netted.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '29' },
  schema: z.strictObject({
    earlyPaymentId: field.id,
    pool: z.string().min(1).max(40),
    payeeId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    statementId: field.id,
    /** What of the early payment later statements are paid less. */
    leftCents: field.amountOrZeroCents,
    currency: field.currency,
  }),
  sample: {
    earlyPaymentId: '01900000-0000-7000-8000-000000000029', pool: 'general', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-000000000001', amountCents: 700, statementId: '01900000-0000-7000-8000-000000000009', leftCents: 0, currency: 'EUR',
  },
});
