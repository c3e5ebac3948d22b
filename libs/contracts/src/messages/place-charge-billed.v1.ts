import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A payee owes the charge of a year: whole, and once. */
export const PlaceChargeBilledV1 = defineMessage({
  type: 'place_charge.billed.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '13' },
  schema: z.strictObject({
    chargeId: field.id,
    payeeId: field.id,
    custodyAccountId: field.id,
    year: z.number().int().min(2000).max(9999),
    ruleVersion: field.version,
    chargedOn: field.day,
    feeCents: field.amountCents,
    vatCents: field.amountOrZeroCents,
    currency: field.currency,
  }),
  sample: {
    chargeId: '01900000-0000-7000-8000-000000000032', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', year: 2026, ruleVersion: 1, chargedOn: '2026-11-01', feeCents: 7_700, vatCents: 1_540,
    currency: 'EUR',
  },
});
