import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The vouchers `first..last` (indices, both included) of a delivery arrived: they are in the distributor's stock. */
export const RangeReceivedV1 = defineMessage({
  type: 'range.received.v1',
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
    deliveryOutcomeId: '01900000-0000-7000-8000-000000000011', deliveryId: '01900000-0000-7000-8000-000000000010',
    batchId: '01900000-0000-7000-8000-000000000008', distributorId: '01900000-0000-7000-8000-00000000000f', first: 0, last: 99,
  },
});
