import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Another person of the operator answered. Upheld, a measure is overturned and a refused application reviewed again. */
export const PlaceAppealAnsweredV1 = defineMessage({
  type: 'place.appeal_answered.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    appealId: field.id, placeId: field.id, against: z.enum(['measure', 'refusal']), decisionId: field.id,
    outcome: z.enum(['upheld', 'rejected']),
  }),
  sample: {
    appealId: '01900000-0000-7000-8000-000000000062', placeId: '01900000-0000-7000-8000-000000000002', against: 'measure',
    decisionId: '01900000-0000-7000-8000-000000000051', outcome: 'upheld',
  },
});
