import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** All sides agreed on later dates for a batch. `amountCents` is what had expired and comes back; 0 before an expiry run. */
export const BatchExtendedV1 = defineMessage({
  type: 'batch.extended.v1',
  from: 'issuance',
  to: ['redemption'],
  // Both only where something had expired.
  postings: { issuance: '24', redemption: '24' },
  schema: z.strictObject({
    batchId: field.id,
    orderId: field.id,
    usableUntil: field.day,
    claimableUntil: field.day,
    amountCents: field.amountOrZeroCents,
    currency: field.currency,
    custodyAccountId: field.id,
  }),
  sample: {
    batchId: '01900000-0000-7000-8000-000000000008', orderId: '01900000-0000-7000-8000-000000000006', usableUntil: '2027-06-30',
    claimableUntil: '2027-07-31', amountCents: 8000, currency: 'EUR', custodyAccountId: '01900000-0000-7000-8000-0000000000aa',
  },
});
