import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** What the commons had set aside was not paid before the statement closed, which is paid whole; the commons have it back. */
export const EarlyPaymentLapsedV1 = defineMessage({
  type: 'early_payment.lapsed.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '29' },
  schema: z.strictObject({
    earlyPaymentId: field.id,
    pool: z.string().min(1).max(40),
    payeeId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
  }),
  sample: {
    earlyPaymentId: '01900000-0000-7000-8000-000000000029', pool: 'general', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-000000000001', amountCents: 700, currency: 'EUR',
  },
});
