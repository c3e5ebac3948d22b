import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Cover became a debt to the holders of the vouchers `first..last` (indices, both included). */
export const RangeActivatedV1 = defineMessage({
  type: 'range.activated.v1',
  from: 'issuance',
  to: ['redemption'],
  postings: { issuance: '6', redemption: '6' },
  schema: z.strictObject({
    activationId: field.id,
    batchId: field.id,
    first: field.index,
    last: field.index,
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    shares: z.array(z.strictObject({ payerId: field.id, amountCents: field.amountCents })).min(1).max(20),
  }),
  sample: {
    activationId: '01900000-0000-7000-8000-000000000009', batchId: '01900000-0000-7000-8000-000000000008',
    first: 0, last: 9, amountCents: 10000, currency: 'EUR',
    shares: [{ payerId: '01900000-0000-7000-8000-000000000007', amountCents: 10000 }],
  },
});
