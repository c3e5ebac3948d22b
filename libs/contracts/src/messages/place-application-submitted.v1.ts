import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A place asks to be accredited for a programme. Its answers stay where they are; `points` is what they score by that questionnaire. */
export const PlaceApplicationSubmittedV1 = defineMessage({
  type: 'place.application_submitted.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    applicationId: field.id, placeId: field.id, programmeId: field.id, questionnaireVersion: field.version, points: z.int(),
  }),
  sample: {
    applicationId: '01900000-0000-7000-8000-000000000061', placeId: '01900000-0000-7000-8000-000000000002',
    programmeId: '01900000-0000-7000-8000-000000000001', questionnaireVersion: 1, points: 15,
  },
});
