import { z } from 'zod';
import { MEASURE_REASONS } from '../measure-reasons.js';
import { defineMessage, field } from '../message.js';

/** From a day on a place takes no vouchers of a programme, until it is reinstated. What the operator wrote stays with redemption. */
export const PlaceSuspendedV1 = defineMessage({
  type: 'place.suspended.v1',
  from: 'redemption',
  to: ['settlement', 'issuance'],
  schema: z.strictObject({
    measureId: field.id,
    placeId: field.id,
    programmeId: field.id,
    reason: z.enum(MEASURE_REASONS),
    from: field.day,
  }),
  sample: {
    measureId: '01900000-0000-7000-8000-000000000051', placeId: '01900000-0000-7000-8000-000000000002',
    programmeId: '01900000-0000-7000-8000-000000000001', reason: 'fraud_suspected', from: '2026-03-10',
  },
});
