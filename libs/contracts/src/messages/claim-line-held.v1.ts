import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A claim line is held back at a closing for the reason given: owed, in no statement, until somebody has looked at it. */
export const ClaimLineHeldV1 = defineMessage({
  type: 'claim_line.held.v1',
  from: 'settlement',
  to: ['issuance'],
  postings: { settlement: '10' },
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
    amountCents: 1000, currency: 'EUR', reason: 'first_remittance',
  },
});
