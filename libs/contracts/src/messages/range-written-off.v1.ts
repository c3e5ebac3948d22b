import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const WRITE_OFF_REASONS = ['lost', 'stolen', 'destroyed'] as const;

/**
 * The vouchers `first..last` were lost or stolen out of a stock, or destroyed: nobody may spend them. The distributor is
 * left out where the operator had them.
 */
export const RangeWrittenOffV1 = defineMessage({
  type: 'range.written_off.v1',
  from: 'issuance',
  to: ['redemption'],
  schema: z.strictObject({
    stockLossId: field.id,
    batchId: field.id,
    distributorId: field.id.optional(),
    first: field.index,
    last: field.index,
    reason: z.enum(WRITE_OFF_REASONS),
  }),
  sample: {
    stockLossId: '01900000-0000-7000-8000-000000000015', batchId: '01900000-0000-7000-8000-000000000008',
    distributorId: '01900000-0000-7000-8000-00000000000f', first: 60, last: 69, reason: 'stolen',
  },
});
