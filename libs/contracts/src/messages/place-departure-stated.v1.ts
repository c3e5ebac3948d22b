import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * A place takes part in a programme no longer from a day on, by its own word: that is no suspicion, and nothing is held for it. What it
 * wrote about why stays with redemption.
 */
export const PlaceDepartureStatedV1 = defineMessage({
  type: 'place.departure_stated.v1',
  from: 'redemption',
  to: ['settlement', 'issuance'],
  schema: z.strictObject({
    departureId: field.id,
    placeId: field.id,
    programmeId: field.id,
    /** Services of this day are the first that it takes no vouchers for. */
    from: field.day,
    /** The day at its site on which it said so: no charge of a later day is owed by who is gone on that day. */
    statedOn: field.day,
  }),
  sample: {
    departureId: '01900000-0000-7000-8000-000000000053', placeId: '01900000-0000-7000-8000-000000000002',
    programmeId: '01900000-0000-7000-8000-000000000001', from: '2026-04-01', statedOn: '2026-03-10',
  },
});
