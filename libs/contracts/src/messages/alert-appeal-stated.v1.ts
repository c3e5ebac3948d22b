import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A place says that an alert is wrong: until that is answered nothing of what is held for it is rejected for good. */
export const AlertAppealStatedV1 = defineMessage({
  type: 'alert.appeal_stated.v1',
  from: 'audit',
  to: ['settlement'],
  schema: z.strictObject({ appealId: field.id, alertId: field.id, placeId: field.id, answerDue: field.day }),
  sample: {
    appealId: '01900000-0000-7000-8000-000000000071', alertId: '01900000-0000-7000-8000-000000000070',
    placeId: '01900000-0000-7000-8000-000000000002', answerDue: '2026-04-09',
  },
});
