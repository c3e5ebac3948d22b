import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The operator decided an application, or asks for more. What it accredits is told by `place.accredited`, of that version. */
export const PlaceApplicationReviewedV1 = defineMessage({
  type: 'place.application_reviewed.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    applicationId: field.id,
    placeId: field.id,
    programmeId: field.id,
    outcome: z.enum(['more_info', 'provisional', 'accredited', 'refused']),
    accreditationVersion: field.version.optional(),
  }),
  sample: {
    applicationId: '01900000-0000-7000-8000-000000000061', placeId: '01900000-0000-7000-8000-000000000002',
    programmeId: '01900000-0000-7000-8000-000000000001', outcome: 'accredited', accreditationVersion: 1,
  },
});
