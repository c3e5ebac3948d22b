import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const STOP_REASONS = ['lost', 'stolen', 'damaged', 'misprinted', 'other'] as const;
export const STOPPED_RANGES_MAX = 1_000;

/**
 * Vouchers of a batch are unusable from here on. What was left on them is not said: redemptions that began before may
 * still be under way, and only a replacement, which locks the vouchers, knows it.
 */
export const VoucherStoppedV1 = defineMessage({
  type: 'voucher.stopped.v1',
  from: 'redemption',
  to: ['issuance'],
  schema: z.strictObject({
    stopId: field.id,
    batchId: field.id,
    ranges: z.array(z.strictObject({ first: field.index, last: field.index })).min(1).max(STOPPED_RANGES_MAX),
    reason: z.enum(STOP_REASONS),
  }),
  sample: {
    stopId: '01900000-0000-7000-8000-0000000000b1', batchId: '01900000-0000-7000-8000-000000000008',
    ranges: [{ first: 0, last: 9 }], reason: 'lost',
  },
});
