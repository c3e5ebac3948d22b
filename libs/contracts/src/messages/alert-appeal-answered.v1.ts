import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Another person answered an appeal. Upheld: nothing more is held for the alert, and what is held waits for its release. */
export const AlertAppealAnsweredV1 = defineMessage({
  type: 'alert.appeal_answered.v1',
  from: 'audit',
  to: ['settlement'],
  schema: z.strictObject({ appealId: field.id, alertId: field.id, placeId: field.id, outcome: z.enum(['upheld', 'rejected']) }),
  sample: {
    appealId: '01900000-0000-7000-8000-000000000071', alertId: '01900000-0000-7000-8000-000000000070',
    placeId: '01900000-0000-7000-8000-000000000002', outcome: 'upheld',
  },
});
