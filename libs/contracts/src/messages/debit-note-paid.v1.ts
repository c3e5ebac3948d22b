import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A debit note is owed less: the payee paid by a bank credit, or what it is owed by a statement was set off. One of the two is named. */
export const DebitNotePaidV1 = defineMessage({
  type: 'debit_note.paid.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '20' },
  schema: z.strictObject({
    debitNoteId: field.id,
    payeeId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    leftCents: field.amountOrZeroCents,
    currency: field.currency,
    /** A person said what it is: until then it stood in `bank_unknown`. Left out where the bank's line said so itself. */
    wasUnknown: z.literal(true).optional(),
    bankLineId: field.id.optional(),
    statementId: field.id.optional(),
  }),
  sample: {
    debitNoteId: '01900000-0000-7000-8000-000000000013', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-000000000001', amountCents: 400, leftCents: 566, currency: 'EUR',
    bankLineId: '01900000-0000-7000-8000-000000000003',
  },
});
