import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** How long places waited for what was paid to them in a month: from the moment at the till to the day on which their money left. */
export const TimeToPayMeasuredV1 = defineMessage({
  type: 'time_to_pay.measured.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
    /** A programme of which nothing was paid in the month is left out. */
    programmes: z.array(z.strictObject({
      programmeId: field.id,
      /** Redemptions, each counted once, in the month of the payment that reached its place. */
      lines: z.number().int().positive(),
      medianDays: field.count,
      /** Nine out of ten waited no longer. */
      ninthDecileDays: field.count,
      longestDays: field.count,
    })).max(1_000),
  }),
  sample: {
    month: '2026-04',
    programmes: [{ programmeId: '01900000-0000-7000-8000-000000000001', lines: 120, medianDays: 17, ninthDecileDays: 31, longestDays: 34 }],
  },
});
