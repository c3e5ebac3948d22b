import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A rule of a pool that was told is taken back before its day: it never had effect. */
export const SharingRuleWithdrawnV1 = defineMessage({
  type: 'sharing_rule.withdrawn.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({
    /** `general`: the national one; else the id of the programme whose it is. */
    pool: z.string().min(1).max(40),
    version: field.version,
  }),
  sample: { pool: '01900000-0000-7000-8000-000000000001', version: 2 },
});
