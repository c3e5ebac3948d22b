import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** No till takes vouchers of this batch while a payment of its order is disputed; `leftCents` is what was left on them. */
export const BatchFrozenV1 = defineMessage({
  type: 'batch.frozen.v1',
  from: 'redemption',
  to: ['issuance'],
  schema: z.strictObject({
    batchId: field.id,
    orderId: field.id,
    disputeId: z.string().min(1).max(255),
    leftCents: field.amountOrZeroCents,
    currency: field.currency,
  }),
  sample: {
    batchId: '01900000-0000-7000-8000-000000000008', orderId: '01900000-0000-7000-8000-000000000006', disputeId: 'dp_sample',
    leftCents: 8000, currency: 'EUR',
  },
});
