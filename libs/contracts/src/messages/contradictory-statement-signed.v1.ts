import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Every payer of an order and the operator signed what became of it, and the expired value goes where they agreed. */
export const ContradictoryStatementSignedV1 = defineMessage({
  type: 'contradictory_statement.signed.v1',
  from: 'issuance',
  to: ['redemption', 'settlement'],
  // Settlement posts its half only for the commons: the other outcomes stay among the payers' money.
  postings: { issuance: '23', settlement: '23' },
  schema: z.strictObject({
    statementId: field.id,
    orderId: field.id,
    /** By whose sharing rule settlement divides what the commons get. Absent before there were such rules: the national pool has all. */
    programmeId: field.id.optional(),
    outcome: z.enum(['refund', 'commons', 'roll_over', 'extension']),
    activatedCents: field.amountOrZeroCents,
    redeemedCents: field.amountOrZeroCents,
    /** Of what was redeemed: claims that settlement rejected, whose value is cover again. */
    rejectedCents: field.amountOrZeroCents.optional(),
    expiredCents: field.amountOrZeroCents,
    /** Of what expired: what payers owe after a payment that was taken back. It goes nowhere. */
    owedCents: field.amountOrZeroCents.optional(),
    currency: field.currency,
    shares: z.array(z.strictObject({ payerId: field.id, expiredCents: field.amountOrZeroCents })).min(1).max(20),
    sha256: field.sha256,
    custodyAccountId: field.id,
  }),
  sample: {
    statementId: '01900000-0000-7000-8000-000000000012', orderId: '01900000-0000-7000-8000-000000000006', outcome: 'commons',
    activatedCents: 10000, redeemedCents: 2000, expiredCents: 8000, currency: 'EUR',
    shares: [{ payerId: '01900000-0000-7000-8000-000000000007', expiredCents: 8000 }],
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', custodyAccountId: '01900000-0000-7000-8000-0000000000aa',
  },
});
