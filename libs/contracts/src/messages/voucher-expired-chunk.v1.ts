import { z } from 'zod';
import { defineMessage, field } from '../message.js';
import { CHUNK_ENTRIES_MAX } from './voucher-chunk-minted.v1.js';

/** An expiry run took what was left off the vouchers first to last of a batch; `count` of them had something left. */
export const VoucherExpiredChunkV1 = defineMessage({
  type: 'voucher.expired_chunk.v1',
  from: 'redemption',
  to: ['issuance'],
  postings: { redemption: '22', issuance: '22' },
  schema: z.strictObject({
    runId: field.id,
    batchId: field.id,
    chunk: field.index,
    first: field.index,
    last: field.index,
    count: z.number().int().positive().max(CHUNK_ENTRIES_MAX),
    amountCents: field.amountCents,
    currency: field.currency,
    custodyAccountId: field.id,
  }),
  sample: {
    runId: '01900000-0000-7000-8000-000000000011', batchId: '01900000-0000-7000-8000-000000000008', chunk: 0, first: 0, last: 9,
    count: 8, amountCents: 8000, currency: 'EUR', custodyAccountId: '01900000-0000-7000-8000-0000000000aa',
  },
});
