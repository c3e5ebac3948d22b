import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A place may redeem vouchers of a programme for services rendered between two days, both included. */
export const PlaceAccreditedV1 = defineMessage({
  type: 'place.accredited.v1',
  from: 'redemption',
  to: ['settlement'],
  schema: z.strictObject({
    placeId: field.id,
    siteId: field.id,
    name: z.string().max(200),
    siret: z.string().regex(/^\d{14}$/),
    programmeId: field.id,
    accreditationVersion: field.version,
    from: field.day,
    to: field.day,
  }),
  sample: {
    placeId: '01900000-0000-7000-8000-000000000002', siteId: '01900000-0000-7000-8000-000000000003',
    name: 'Médiathèque des Tilleuls', siret: '12345678200010', programmeId: '01900000-0000-7000-8000-000000000001',
    accreditationVersion: 1, from: '2026-01-01', to: '2026-12-31',
  },
});
