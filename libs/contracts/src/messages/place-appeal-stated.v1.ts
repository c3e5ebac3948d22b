import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A place says that a measure, or the refusal of its application, is wrong; that stands until it is answered. */
export const PlaceAppealStatedV1 = defineMessage({
  type: 'place.appeal_stated.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    appealId: field.id, placeId: field.id, against: z.enum(['measure', 'refusal']), decisionId: field.id, answerDue: field.day,
  }),
  sample: {
    appealId: '01900000-0000-7000-8000-000000000062', placeId: '01900000-0000-7000-8000-000000000002', against: 'measure',
    decisionId: '01900000-0000-7000-8000-000000000051', answerDue: '2026-04-09',
  },
});
