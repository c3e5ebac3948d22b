import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Places named in one message; a programme with more of them is told of in several. */
export const FEE_CHANGE_PLACES_MAX = 1_000;

const rates = z.strictObject({
  feeBasisPoints: field.basisPoints, vatBasisPoints: field.basisPoints, commonsBasisPoints: field.basisPoints,
});

/** From a day on, another part of a gross is kept of places of a programme, and their people are to hear of it before. */
export const FeeChangeAnnouncedV1 = defineMessage({
  type: 'fee_change.announced.v1',
  from: 'settlement',
  to: ['identity'],
  schema: z.strictObject({
    programmeId: field.id,
    programmeName: z.string().min(1).max(200),
    version: field.version,
    from: field.day,
    before: rates,
    after: rates,
    places: z.array(field.id).min(1).max(FEE_CHANGE_PLACES_MAX),
  }),
  sample: {
    programmeId: '01900000-0000-7000-8000-000000000001', programmeName: 'Numérique pour tous', version: 2, from: '2026-06-01',
    before: { feeBasisPoints: 200, vatBasisPoints: 2000, commonsBasisPoints: 100 },
    after: { feeBasisPoints: 300, vatBasisPoints: 2000, commonsBasisPoints: 100 },
    places: ['01900000-0000-7000-8000-000000000002'],
  },
});
