import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const VoucherChunkLoadedV1 = defineMessage({
  type: 'voucher.chunk_loaded.v1',
  from: 'redemption',
  to: ['issuance'],
  schema: z.strictObject({ batchId: field.id, chunk: field.index, count: z.number().int().positive() }),
  sample: { batchId: '01900000-0000-7000-8000-000000000008', chunk: 0, count: 10 },
});
