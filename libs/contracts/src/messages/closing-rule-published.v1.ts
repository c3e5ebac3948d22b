import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** How often statements of a programme close, from which sum on, and how long a smaller one waits, by version and day of effect. */
export const ClosingRulePublishedV1 = defineMessage({
  type: 'closing_rule.published.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    programmeId: field.id,
    version: field.version,
    from: field.day,
    frequency: z.enum(['weekly', 'twice_monthly', 'monthly']),
    minimumCents: field.amountOrZeroCents,
    waitDaysMax: z.number().int().min(1).max(366),
    payDaysMax: z.number().int().min(1).max(90),
    currency: field.currency,
  }),
  sample: {
    programmeId: '01900000-0000-7000-8000-000000000001', version: 1, from: '2026-02-01', frequency: 'monthly', minimumCents: 2000,
    waitDaysMax: 90, payDaysMax: 20, currency: 'EUR',
  },
});
