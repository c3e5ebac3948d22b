import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A held claim line will never be paid (fraud): its value goes back to the payers of the batch's order, by their shares. */
export const ClaimLineRejectedV1 = defineMessage({
  type: 'claim_line.rejected.v1',
  from: 'settlement',
  to: ['issuance'],
  postings: { settlement: '11', issuance: '11' },
  schema: z.strictObject({
    claimLineId: field.id,
    holdId: field.id,
    redemptionId: field.id,
    batchId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    reason: z.string().max(40),
  }),
  sample: {
    claimLineId: '01900000-0000-7000-8000-000000000010', holdId: '01900000-0000-7000-8000-000000000011',
    redemptionId: '01900000-0000-7000-8000-00000000000a', batchId: '01900000-0000-7000-8000-000000000008',
    amountCents: 1000, currency: 'EUR', reason: 'fraud',
  },
});
