import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const UNDO_REASONS = ['wrong_voucher', 'wrong_amount', 'scanned_twice', 'service_not_rendered', 'other'] as const;

/** A redemption was taken back whole, before its period closed: nothing is owed for it, and its voucher holds its value again. */
export const RedemptionUndoneV1 = defineMessage({
  type: 'redemption.undone.v1',
  from: 'redemption',
  to: ['settlement', 'issuance'],
  postings: { redemption: '8', settlement: '8' },
  schema: z.strictObject({
    redemptionId: field.id,
    voucherId: field.id,
    programmeId: field.id,
    batchId: field.id,
    placeId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    custodyAccountId: field.id,
    /** As the redemption said it. */
    voucherIndex: field.index.optional(),
    reason: z.enum(UNDO_REASONS),
    /** Where the value went. Row 8b, for vouchers that have expired meanwhile, will add another word. */
    to: z.literal('balance'),
  }),
  sample: {
    redemptionId: '01900000-0000-7000-8000-00000000000a', voucherId: '01900000-0000-7000-8000-00000000000b',
    programmeId: '01900000-0000-7000-8000-000000000001', batchId: '01900000-0000-7000-8000-000000000008',
    placeId: '01900000-0000-7000-8000-000000000002', amountCents: 1000, currency: 'EUR',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', reason: 'wrong_voucher', to: 'balance',
  },
});
