import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A service was rendered and its voucher used. The id of the event is the redemption's id. */
export const VoucherRedeemedV1 = defineMessage({
  type: 'voucher.redeemed.v1',
  from: 'redemption',
  to: ['settlement', 'issuance'],
  postings: { redemption: '7', settlement: '7' },
  schema: z.strictObject({
    redemptionId: field.id,
    voucherId: field.id,
    programmeId: field.id,
    batchId: field.id,
    placeId: field.id,
    siteId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    coPaymentCents: field.amountOrZeroCents,
    serviceDate: field.day,
    redeemedAt: field.instant,
    accreditationVersion: field.version,
    feeRuleVersion: field.version,
    custodyAccountId: field.id,
    /** Which voucher of its batch it was, for the funnel by booklet; left out by senders that did not say yet. */
    voucherIndex: field.index.optional(),
    /** The place is suspended or withdrawn since, by this measure: what it is owed for this is held until somebody has looked at it. */
    heldForMeasureId: field.id.optional(),
    // What the till declared of the service; each is left out where nothing was said.
    sessionId: field.id.optional(),
    service: z.string().max(40).optional(),
    durationMinutes: z.number().int().positive().optional(),
    participants: z.number().int().positive().optional(),
    firstVisit: z.boolean().optional(),
    // What the place asked for the service on its day, frozen with it; both are left out where it has declared no tariff.
    tariffVersion: field.version.optional(),
    tariffCents: field.amountCents.optional(),
    /** Several vouchers paid for one participation: the redemption that speaks for it, where that is another one; left out otherwise. */
    participationId: field.id.optional(),
    /** What those others paid, told by the one that speaks for them. */
    besideCents: field.amountCents.optional(),
    /** The enrolled device that signed the request; left out where none did. */
    deviceId: field.id.optional(),
    /** By its clock, where it captured the voucher without a network and sent it later. */
    capturedAt: field.instant.optional(),
  }),
  sample: {
    redemptionId: '01900000-0000-7000-8000-00000000000a', voucherId: '01900000-0000-7000-8000-00000000000b',
    programmeId: '01900000-0000-7000-8000-000000000001', batchId: '01900000-0000-7000-8000-000000000008',
    placeId: '01900000-0000-7000-8000-000000000002', siteId: '01900000-0000-7000-8000-000000000003',
    amountCents: 1000, currency: 'EUR', coPaymentCents: 0, serviceDate: '2026-03-10',
    redeemedAt: '2026-03-10T09:30:00.000Z', accreditationVersion: 1, feeRuleVersion: 1,
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', voucherIndex: 7,
  },
});
