import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Who decides about the national pool, by version and day of effect: proposed by one person, confirmed by another. */
export const NationalPoolRulePublishedV1 = defineMessage({
  type: 'national_pool_rule.published.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({ version: field.version, from: field.day, deciders: z.array(z.string().min(1).max(100)).min(2).max(50) }),
  sample: {
    version: 1, from: '2026-02-01', deciders: ['01900000-0000-7000-8000-0000000000b2', '01900000-0000-7000-8000-0000000000b3'],
  },
});
