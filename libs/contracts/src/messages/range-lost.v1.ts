import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The vouchers `first..last` of a delivery did not arrive and are given up: whoever holds them did not get them from us. */
export const RangeLostV1 = defineMessage({
  type: 'range.lost.v1',
  from: 'issuance',
  to: ['redemption'],
  schema: z.strictObject({
    deliveryOutcomeId: field.id,
    deliveryId: field.id,
    batchId: field.id,
    distributorId: field.id,
    first: field.index,
    last: field.index,
  }),
  sample: {
    deliveryOutcomeId: '01900000-0000-7000-8000-000000000012', deliveryId: '01900000-0000-7000-8000-000000000010',
    batchId: '01900000-0000-7000-8000-000000000008', distributorId: '01900000-0000-7000-8000-00000000000f', first: 100, last: 109,
  },
});
