import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * Money of a payer stands on the bank statement. By itself settlement books only credits that carry one of our references
 * this way; what it cannot name goes to `bank_unknown` until a person says that it is a payer's, and then there may be no
 * reference. `debtorMac` is a keyed hash of the sender's IBAN.
 */
export const BankCreditBookedV1 = defineMessage({
  type: 'bank_credit.booked.v1',
  from: 'settlement',
  to: ['issuance'],
  postings: { settlement: '2', issuance: '2' },
  schema: z.strictObject({
    bankLineId: field.id,
    custodyAccountId: field.id,
    bookedOn: field.day,
    amountCents: field.amountCents,
    currency: field.currency,
    /** A person said what it is: until then it stood in `bank_unknown`. Left out where the bank's line said so itself. */
    wasUnknown: z.literal(true).optional(),
    references: z.array(field.reference).max(20),
    endToEndId: z.string().max(35).nullable(),
    debtorMac: z.string().max(64).nullable(),
  }),
  sample: {
    bankLineId: '01900000-0000-7000-8000-000000000005', custodyAccountId: '01900000-0000-7000-8000-0000000000aa',
    bookedOn: '2026-03-02', amountCents: 10000, currency: 'EUR', references: ['RF50MRO0123456789'],
    endToEndId: null, debtorMac: null,
  },
});
