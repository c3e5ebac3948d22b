import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** How much of what is due to places of a programme may be paid early, and to whom, by version and day of effect. */
export const EarlyPaymentRulePublishedV1 = defineMessage({
  type: 'early_payment_rule.published.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    programmeId: field.id,
    version: field.version,
    from: field.day,
    /** Of what the lines would be paid now; 0: nothing any more. */
    shareBasisPoints: field.basisPoints,
    ceilingCents: field.amountOrZeroCents,
    /** Since the last finding about a payee. */
    monthsMin: z.number().int().min(1).max(60),
    redemptionsMin: z.number().int().min(1).max(100_000),
    currency: field.currency,
  }),
  sample: {
    programmeId: '01900000-0000-7000-8000-000000000001', version: 1, from: '2026-02-01', shareBasisPoints: 8000, ceilingCents: 50000, monthsMin: 3,
    redemptionsMin: 20, currency: 'EUR',
  },
});
