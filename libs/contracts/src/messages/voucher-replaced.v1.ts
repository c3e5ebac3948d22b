import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * What was left on the stopped vouchers `first..last` of a batch stands on the vouchers of a replacement. `count` of them
 * had something left; the others were used or expired, and their replacements are worth nothing.
 */
export const VoucherReplacedV1 = defineMessage({
  type: 'voucher.replaced.v1',
  from: 'redemption',
  to: ['issuance'],
  postings: { redemption: '9' },
  schema: z.strictObject({
    replacementBatchId: field.id,
    batchId: field.id,
    first: field.index,
    last: field.index,
    count: field.count,
    amountCents: field.amountOrZeroCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
  }),
  sample: {
    replacementBatchId: '01900000-0000-7000-8000-0000000000b8', batchId: '01900000-0000-7000-8000-000000000008',
    first: 0, last: 9, count: 8, amountCents: 8000, currency: 'EUR',
  },
});
