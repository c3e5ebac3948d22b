import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * A place holds an amount of a voucher until it confirms, cancels, or the time is over. No money moves. Confirmed, it is told
 * as `voucher.redeemed.v1` with this id as its redemption's; lapsed, it is told no more: `heldUntil` says it.
 */
export const VoucherAuthorisedV1 = defineMessage({
  type: 'voucher.authorised.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    authorisationId: field.id,
    voucherId: field.id,
    programmeId: field.id,
    batchId: field.id,
    placeId: field.id,
    siteId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    serviceDate: field.day,
    authorisedAt: field.instant,
    heldUntil: field.instant,
    voucherIndex: field.index,
  }),
  sample: {
    authorisationId: '01900000-0000-7000-8000-00000000000c', voucherId: '01900000-0000-7000-8000-00000000000b',
    programmeId: '01900000-0000-7000-8000-000000000001', batchId: '01900000-0000-7000-8000-000000000008',
    placeId: '01900000-0000-7000-8000-000000000002', siteId: '01900000-0000-7000-8000-000000000003',
    amountCents: 1000, currency: 'EUR', serviceDate: '2026-03-10', authorisedAt: '2026-03-10T09:30:00.000Z',
    heldUntil: '2026-03-10T10:00:00.000Z', voucherIndex: 7,
  },
});
