import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A hand-over was taken back whole: its vouchers are in the distributor's stock again. It says what the hand-over said. */
export const RangeReturnedV1 = defineMessage({
  type: 'range.returned.v1',
  from: 'issuance',
  to: ['redemption'],
  schema: z.strictObject({
    handOverId: field.id,
    batchId: field.id,
    distributorId: field.id,
    first: field.index,
    last: field.index,
  }),
  sample: {
    handOverId: '01900000-0000-7000-8000-000000000013', batchId: '01900000-0000-7000-8000-000000000008',
    distributorId: '01900000-0000-7000-8000-00000000000f', first: 0, last: 9,
  },
});
