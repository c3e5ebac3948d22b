import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const RELEASE_REASONS = ['not_ours', 'paid_twice', 'overpaid', 'order_cancelled'] as const;

/**
 * What is left of a bank credit is not ours to keep: settlement owes it to the account that it came from, and nobody else.
 * Settlement knows that account from its bank statement; it is never told here.
 */
export const BankCreditReleasedV1 = defineMessage({
  type: 'bank_credit.released.v1',
  from: 'issuance',
  to: ['settlement'],
  postings: { issuance: '3b', settlement: '3b' },
  schema: z.strictObject({
    releaseId: field.id,
    bankLineId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    reason: z.enum(RELEASE_REASONS),
  }),
  sample: {
    releaseId: '01900000-0000-7000-8000-000000000014', bankLineId: '01900000-0000-7000-8000-000000000005',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', amountCents: 2500, currency: 'EUR', reason: 'not_ours',
  },
});
