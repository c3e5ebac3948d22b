import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The commons set a sum aside, to pay a part of what is due to a payee before its statement; a run pays it. */
export const EarlyPaymentSetAsideV1 = defineMessage({
  type: 'early_payment.set_aside.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '29' },
  schema: z.strictObject({
    earlyPaymentId: field.id,
    pool: z.string().min(1).max(40),
    payeeId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    /** What its open lines would have been paid at that moment. */
    dueCents: field.amountCents,
    currency: field.currency,
  }),
  sample: {
    earlyPaymentId: '01900000-0000-7000-8000-000000000029', pool: 'general', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-000000000001', amountCents: 700, dueCents: 966, currency: 'EUR',
  },
});
