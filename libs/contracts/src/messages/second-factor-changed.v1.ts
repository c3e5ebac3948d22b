import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A step of somebody's second factor: begun, in force by its first code, or taken away by an approver, who is the actor. */
export const SecondFactorChangedV1 = defineMessage({
  type: 'second_factor.changed.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({ userId: field.id, factorId: field.id, step: z.enum(['begun', 'confirmed', 'reset']) }),
  sample: { userId: '01900000-0000-7000-8000-0000000000f3', factorId: '01900000-0000-7000-8000-000000000044', step: 'confirmed' },
});
