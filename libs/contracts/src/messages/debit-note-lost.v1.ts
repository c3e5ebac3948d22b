import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** What was left of a debit note is given up, and is the operator's loss from here on. */
export const DebitNoteLostV1 = defineMessage({
  type: 'debit_note.lost.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '20' },
  schema: z.strictObject({
    debitNoteId: field.id,
    payeeId: field.id,
    custodyAccountId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
  }),
  sample: {
    debitNoteId: '01900000-0000-7000-8000-000000000013', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-000000000001', amountCents: 566, currency: 'EUR',
  },
});
