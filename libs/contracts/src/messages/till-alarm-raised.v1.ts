import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A place, or all tills together, named so many codes within a quarter of an hour that nobody knows. No code is told. */
export const TillAlarmRaisedV1 = defineMessage({
  type: 'till_alarm.raised.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    alarmId: field.id,
    /** Left out: all tills together. */
    placeId: field.id.optional(),
    windowFrom: field.instant,
    /** When it was raised; the alarm counts on. */
    count: z.number().int().positive(),
  }),
  sample: {
    alarmId: '01900000-0000-7000-8000-000000000072', placeId: '01900000-0000-7000-8000-000000000002',
    windowFrom: '2026-03-10T09:30:00.000Z', count: 10,
  },
});
