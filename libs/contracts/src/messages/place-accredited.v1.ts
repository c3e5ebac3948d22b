import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * A place may redeem vouchers of a programme for services rendered between two days, both included. Where it is comes from
 * the public list of places, and is missing for a place that no list names.
 */
export const PlaceAccreditedV1 = defineMessage({
  type: 'place.accredited.v1',
  from: 'redemption',
  to: ['settlement', 'issuance'],
  schema: z.strictObject({
    placeId: field.id,
    siteId: field.id,
    name: z.string().max(200),
    siret: z.string().regex(/^\d{14}$/),
    programmeId: field.id,
    accreditationVersion: field.version,
    from: field.day,
    to: field.day,
    address: z.string().min(1).max(300).optional(),
    commune: z.string().regex(/^(\d{5}|2[AB]\d{3})$/).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    /** Of its site, an IANA name; left out by senders that did not say yet. */
    timeZone: z.string().min(1).max(40).optional(),
    /** What it may take vouchers for; left out: every service. */
    services: z.array(z.string().max(40)).min(1).optional(),
  }),
  sample: {
    placeId: '01900000-0000-7000-8000-000000000002', siteId: '01900000-0000-7000-8000-000000000003',
    name: 'Médiathèque des Tilleuls', siret: '12345678200010', programmeId: '01900000-0000-7000-8000-000000000001',
    accreditationVersion: 1, from: '2026-01-01', to: '2026-12-31',
    address: '3 rue des Tilleuls, 42000 Saint-Étienne', commune: '42218', latitude: 45.4397, longitude: 4.3872,
  },
});
