import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** What a payee is owed up to redemption's message `upToSeq`: gross = net + fee + VAT + commons, to the cent. */
export const StatementClosedV1 = defineMessage({
  type: 'statement.closed.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '12' },
  schema: z.strictObject({
    statementId: field.id,
    payeeId: field.id,
    /** A payee has a statement for each. Absent before a cent was traced by it. */
    custodyAccountId: field.id.optional(),
    upToSeq: z.number().int().positive(),
    lines: field.count,
    grossCents: field.amountCents,
    feeCents: field.amountOrZeroCents,
    vatCents: field.amountOrZeroCents,
    commonsCents: field.amountOrZeroCents,
    netCents: field.amountCents,
    /** How the commons share is divided, of programmes with a sharing rule; the rest is the national pool's. Absent where all of it is. */
    commonsShares: z.array(z.strictObject({
      programmeId: field.id, sharingRuleVersion: field.version, localCents: field.amountOrZeroCents, nationalCents: field.amountOrZeroCents,
    })).min(1).max(1_000).optional(),
    /** What of the net was set off against debit notes of the payee, and is not paid; absent where nothing was. */
    setOffCents: field.amountCents.optional(),
    currency: field.currency,
    sha256: field.sha256,
    /** The month that the closing is about; a label, not a bound. */
    period: z.string().regex(/^\d{4}-\d{2}$/).optional(),
  }),
  sample: {
    statementId: '01900000-0000-7000-8000-00000000000c', payeeId: '01900000-0000-7000-8000-000000000004', upToSeq: 42,
    lines: 1, grossCents: 1000, feeCents: 20, vatCents: 4, commonsCents: 10, netCents: 966, currency: 'EUR',
    sha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e', period: '2026-03',
  },
});
