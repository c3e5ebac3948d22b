import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** What places are charged once a year, from a day on; nothing ends it. */
export const PlaceChargeRulePublishedV1 = defineMessage({
  type: 'place_charge_rule.published.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    version: field.version,
    /** The first day on which it charges, and the same day of each later year. */
    from: field.day,
    /** Without VAT. */
    amountCents: field.amountOrZeroCents,
    vatBasisPoints: field.basisPoints,
    currency: field.currency,
    custodyAccountId: field.id,
  }),
  sample: {
    version: 1, from: '2026-11-01', amountCents: 7_700, vatBasisPoints: 2_000, currency: 'EUR', custodyAccountId: '01900000-0000-7000-8000-0000000000aa',
  },
});
