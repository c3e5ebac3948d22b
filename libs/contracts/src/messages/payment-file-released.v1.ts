import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The bytes that two people approved are let go, to the bank or to Stripe; each payment's amount moved to its transit account. */
export const PaymentFileReleasedV1 = defineMessage({
  type: 'payment_file.released.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '14' },
  schema: z.strictObject({
    fileId: field.id,
    /** Absent: a file for the bank. */
    rail: z.enum(['sepa', 'stripe']).optional(),
    /** A run has one. Absent before the ledgers were restated from messages. */
    purpose: z.enum(['place', 'refund', 'commons', 'fees', 'early']).optional(),
    sha256: field.sha256,
    count: field.count,
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    approvals: z.array(z.strictObject({
      userId: z.string().max(100), sha256: field.sha256, at: field.instant,
      /** What was unusual about the run, and why this person found it right; absent when nothing was. */
      breakers: z.array(z.strictObject({ breaker: z.string().max(40), reason: z.string().max(500) })).max(10).optional(),
    })).min(1).max(4),
  }),
  sample: {
    fileId: '01900000-0000-7000-8000-00000000000d', count: 2, amountCents: 1932, currency: 'EUR',
    sha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
    approvals: [{
      userId: '01900000-0000-7000-8000-0000000000f2', at: '2026-04-02T08:00:00.000Z',
      sha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
    }],
  },
});
