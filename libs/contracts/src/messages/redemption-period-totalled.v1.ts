import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * Redemption's own count of what it redeemed since its beginning and has not undone, up to its message number `upToSeq`,
 * in parts of up to 2,000 places. Settlement closes statements at that number only when its claim lines say the same.
 */
export const RedemptionPeriodTotalledV1 = defineMessage({
  type: 'redemption.period_totalled.v1',
  from: 'redemption',
  to: ['settlement'],
  schema: z.strictObject({
    upToSeq: z.number().int().nonnegative(),
    part: field.index,
    parts: z.number().int().positive(),
    places: z.array(z.strictObject({ placeId: field.id, count: field.count, amountCents: field.amountOrZeroCents })).max(2_000),
    currency: field.currency,
  }),
  sample: {
    upToSeq: 42, part: 0, parts: 1, currency: 'EUR',
    places: [{ placeId: '01900000-0000-7000-8000-000000000002', count: 2, amountCents: 2000 }],
  },
});
