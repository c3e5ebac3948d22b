import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A distributor gave the vouchers `first..last` out of its stock to somebody, who stays unnamed. No money moves by it. */
export const RangeHandedOverV1 = defineMessage({
  type: 'range.handed_over.v1',
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
