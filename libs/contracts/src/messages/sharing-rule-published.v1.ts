import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * How what places of a programme give to the commons is shared, and who decides about its own pool, by version and day of effect: proposed
 * by one person, confirmed by another.
 */
export const SharingRulePublishedV1 = defineMessage({
  type: 'sharing_rule.published.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    programmeId: field.id,
    version: field.version,
    from: field.day,
    /** No fee rule of the programme takes a larger fee, VAT aside, while this one is in force. */
    operatorCapBasisPoints: field.basisPoints,
    /** Of the commons share: what stays with the programme's own pool. The rest is the national pool's. */
    localBasisPoints: field.basisPoints,
    /** Who votes on allocations of the programme's pool. */
    deciders: z.array(z.string().min(1).max(100)).min(2).max(50),
  }),
  sample: {
    programmeId: '01900000-0000-7000-8000-000000000001', version: 1, from: '2026-02-01', operatorCapBasisPoints: 300, localBasisPoints: 6000,
    deciders: ['01900000-0000-7000-8000-0000000000b2', '01900000-0000-7000-8000-0000000000b3'],
  },
});
