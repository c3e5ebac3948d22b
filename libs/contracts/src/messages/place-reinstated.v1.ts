import { z } from 'zod';
import { MEASURE_ENDS } from '../measure-reasons.js';
import { defineMessage, field } from '../message.js';

/**
 * A suspension or a withdrawal bars no service of this day or later any more. Overturned on appeal, that is its own first
 * day: it barred nothing.
 */
export const PlaceReinstatedV1 = defineMessage({
  type: 'place.reinstated.v1',
  from: 'redemption',
  to: ['settlement', 'issuance'],
  schema: z.strictObject({
    measureId: field.id,
    placeId: field.id,
    programmeId: field.id,
    how: z.enum(MEASURE_ENDS),
    from: field.day,
  }),
  sample: {
    measureId: '01900000-0000-7000-8000-000000000051', placeId: '01900000-0000-7000-8000-000000000002',
    programmeId: '01900000-0000-7000-8000-000000000001', how: 'reinstated', from: '2026-03-20',
  },
});
