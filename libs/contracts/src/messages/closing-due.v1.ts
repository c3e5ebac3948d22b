import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A period has ended for which statements are due by the calendar. Whoever hears it totals what it counts, so that they can be closed. */
export const ClosingDueV1 = defineMessage({
  type: 'closing.due.v1',
  from: 'settlement',
  to: ['redemption'],
  schema: z.strictObject({ periodEnd: field.day }),
  sample: { periodEnd: '2026-04-30' },
});
