import { z } from 'zod';
import { defineMessage, field } from '../message.js';
import { SERVICE_CODES } from '../service-codes.js';
import { servicePrices } from '../service-price.js';

/** A batch of vouchers exists in plan; its vouchers follow in chunks. Key ids name keys, they do not carry them. */
export const BatchCreatedV1 = defineMessage({
  type: 'batch.created.v1',
  from: 'issuance',
  to: ['redemption'],
  schema: z.strictObject({
    batchId: field.id,
    orderId: field.id,
    programmeId: field.id,
    count: z.number().int().positive().max(1_000_000),
    chunks: z.number().int().positive(),
    faceCents: field.amountCents,
    currency: field.currency,
    kind: z.enum(['unit', 'balance']),
    usableUntil: field.day,
    claimableUntil: field.day,
    custodyAccountId: field.id,
    pepperKeyId: z.string().max(40),
    serialPermutationId: z.string().max(40),
    /** What the serials of its vouchers begin with; public. Absent before a cent was traced by it. */
    serialLabel: z.string().length(8).optional(),
    /** 1: loose ones. Absent before public figures counted booklets as people. */
    bookletSize: z.number().int().positive().max(100).optional(),
    /** The voucher at index i takes the place of the stopped one at `first + i` of that batch; left out for ordinary ones. */
    replaces: z.strictObject({ batchId: field.id, first: field.index }).optional(),
    // The version of the programme's rules that the order was placed under, and what of them binds a till. Left out: no bound.
    ruleVersion: field.version.optional(),
    services: z.array(z.enum(SERVICE_CODES)).max(SERVICE_CODES.length).optional(),
    redemptionCentsMax: field.amountCents.optional(),
    servicePrices: servicePrices.optional(),
    offline: z.literal(true).optional(),
  }),
  sample: {
    batchId: '01900000-0000-7000-8000-000000000008', orderId: '01900000-0000-7000-8000-000000000006',
    programmeId: '01900000-0000-7000-8000-000000000001', count: 10, chunks: 1, faceCents: 1000, currency: 'EUR',
    kind: 'unit', usableUntil: '2026-12-31', claimableUntil: '2027-01-31',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', pepperKeyId: 'k1', serialPermutationId: 's1',
  },
});
