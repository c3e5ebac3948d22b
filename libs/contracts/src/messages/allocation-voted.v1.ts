import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** People other than its proposer decided that the commons give a sum to a payee; it is owed from here on. */
export const AllocationVotedV1 = defineMessage({
  type: 'allocation.voted.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '28' },
  schema: z.strictObject({
    allocationId: field.id,
    pool: z.string().min(1).max(40),
    payeeId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    /** Who proposed it, and each voice for it. */
    proposedBy: z.string().max(100),
    votedBy: z.array(z.string().max(100)).min(2).max(100),
    /** The rule of the pool that names them; absent of the national one before it had a rule. */
    sharingRuleVersion: field.version.optional(),
  }),
  sample: {
    allocationId: '01900000-0000-7000-8000-000000000014', pool: 'general', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-000000000001', amountCents: 500, currency: 'EUR', proposedBy: '01900000-0000-7000-8000-0000000000b1',
    votedBy: ['01900000-0000-7000-8000-0000000000b2', '01900000-0000-7000-8000-0000000000b3'],
  },
});
