import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** What is taken from a place's gross at the close of its statement, by version and date of effect. */
export const FeeRulePublishedV1 = defineMessage({
  type: 'fee_rule.published.v1',
  from: 'settlement',
  to: ['redemption'],
  schema: z.strictObject({
    programmeId: field.id,
    version: field.version,
    from: field.day,
    feeBasisPoints: field.basisPoints,
    vatBasisPoints: field.basisPoints,
    commonsBasisPoints: field.basisPoints,
    /** No later rule of the programme takes more of a gross than this, in all; left out: no promise. */
    promisedCapBasisPoints: field.basisPoints.optional(),
  }),
  sample: {
    programmeId: '01900000-0000-7000-8000-000000000001', version: 1, from: '2026-01-01',
    feeBasisPoints: 200, vatBasisPoints: 2000, commonsBasisPoints: 100,
  },
});
