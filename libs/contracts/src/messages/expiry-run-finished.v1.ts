import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** An expiry run of a batch is through: what all its chunks come to, so that a receiver knows when none is missing. */
export const ExpiryRunFinishedV1 = defineMessage({
  type: 'expiry_run.finished.v1',
  from: 'redemption',
  to: ['issuance'],
  schema: z.strictObject({
    runId: field.id,
    batchId: field.id,
    chunkCount: field.count,
    voucherCount: field.count,
    amountCents: field.amountOrZeroCents,
    currency: field.currency,
  }),
  sample: {
    runId: '01900000-0000-7000-8000-000000000011', batchId: '01900000-0000-7000-8000-000000000008', chunkCount: 1,
    voucherCount: 8, amountCents: 8000, currency: 'EUR',
  },
});
