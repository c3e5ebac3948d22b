import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Places named in one message; where there are more, they are told of in several. */
export const PLACE_CHARGE_PLACES_MAX = 1_000;

const terms = z.strictObject({ amountCents: field.amountOrZeroCents, vatBasisPoints: field.basisPoints });

/** From a day on, places are charged something else a year, and their people are to hear of it before. */
export const PlaceChargeAnnouncedV1 = defineMessage({
  type: 'place_charge.announced.v1',
  from: 'settlement',
  to: ['identity'],
  schema: z.strictObject({
    version: field.version,
    from: field.day,
    /** Null: nothing was charged before. */
    before: terms.nullable(),
    after: terms,
    currency: field.currency,
    places: z.array(field.id).min(1).max(PLACE_CHARGE_PLACES_MAX),
  }),
  sample: {
    version: 1, from: '2026-11-01', before: null, after: { amountCents: 7_700, vatBasisPoints: 2_000 }, currency: 'EUR',
    places: ['01900000-0000-7000-8000-000000000002'],
  },
});
