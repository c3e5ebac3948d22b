import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The vouchers `first..last` came back to the operator out of the stock of `distributorId`: no distributor has them now. */
export const RangeGivenBackV1 = defineMessage({
  type: 'range.given_back.v1',
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
    deliveryOutcomeId: '01900000-0000-7000-8000-000000000014', deliveryId: '01900000-0000-7000-8000-000000000010',
    batchId: '01900000-0000-7000-8000-000000000008', distributorId: '01900000-0000-7000-8000-00000000000f', first: 50, last: 59,
  },
});
