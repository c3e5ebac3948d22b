import { z } from 'zod';
import { DEPARTURE_ENDS } from '../departure-ends.js';
import { defineMessage, field } from '../message.js';

/** A departure bars no service of this day or later any more. Taken back, that is its own first day: it barred nothing. */
export const PlaceDepartureEndedV1 = defineMessage({
  type: 'place.departure_ended.v1',
  from: 'redemption',
  to: ['settlement', 'issuance'],
  schema: z.strictObject({
    departureId: field.id,
    placeId: field.id,
    programmeId: field.id,
    how: z.enum(DEPARTURE_ENDS),
    from: field.day,
  }),
  sample: {
    departureId: '01900000-0000-7000-8000-000000000053', placeId: '01900000-0000-7000-8000-000000000002',
    programmeId: '01900000-0000-7000-8000-000000000001', how: 'taken_back', from: '2026-04-01',
  },
});
