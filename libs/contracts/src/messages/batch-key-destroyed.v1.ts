import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** All of a batch is delivered or lost, and its codes can never be written out again. */
export const BatchKeyDestroyedV1 = defineMessage({
  type: 'batch_key.destroyed.v1',
  from: 'issuance',
  to: [],
  schema: z.strictObject({ batchId: field.id }),
  sample: { batchId: '01900000-0000-7000-8000-000000000008' },
});
