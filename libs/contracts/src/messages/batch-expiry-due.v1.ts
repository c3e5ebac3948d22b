import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** In the order of the calendar (docs/glossary.md, "vintage"). */
export const EXPIRY_STEPS = ['thirty_days', 'fifteen_days', 'seven_days', 'use_ended', 'claims_ended'] as const;

/** A step towards the end of a batch has come, with what its spendable vouchers are at this moment. Told once per step. */
export const BatchExpiryDueV1 = defineMessage({
  type: 'batch.expiry_due.v1',
  from: 'redemption',
  to: ['issuance'],
  schema: z.strictObject({
    batchId: field.id,
    programmeId: field.id,
    usableUntil: field.day,
    claimableUntil: field.day,
    step: z.enum(EXPIRY_STEPS),
    /** The day from which it was due: earlier than the message when nobody was there to tell it. */
    dueOn: field.day,
    spendableCount: field.count,
    /** Used, wholly or in part. */
    startedCount: field.count,
    leftCents: field.amountOrZeroCents,
    currency: field.currency,
  }),
  sample: {
    batchId: '01900000-0000-7000-8000-000000000008', programmeId: '01900000-0000-7000-8000-000000000001', usableUntil: '2026-12-31',
    claimableUntil: '2027-01-31', step: 'fifteen_days', dueOn: '2026-12-16', spendableCount: 10, startedCount: 2, leftCents: 8000,
    currency: 'EUR',
  },
});
