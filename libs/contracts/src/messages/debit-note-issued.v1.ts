import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * What a payee owes, because its lines up to redemption's message `upToSeq` come to less than nothing: these lines are in no
 * statement. Fee, VAT and commons share come back with them; each may come to less than nothing.
 */
export const DebitNoteIssuedV1 = defineMessage({
  type: 'debit_note.issued.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '20' },
  schema: z.strictObject({
    debitNoteId: field.id,
    payeeId: field.id,
    custodyAccountId: field.id,
    number: z.string().regex(/^ND-\d{4}-\d{6,}$/),
    upToSeq: z.number().int().positive(),
    lines: field.count,
    /** Below zero: what the lines come to. */
    grossCents: field.signedCents,
    feeCents: field.signedCents,
    vatCents: field.signedCents,
    commonsCents: field.signedCents,
    /** What is owed: the net, with the other sign. */
    amountCents: field.amountCents,
    currency: field.currency,
    negativeSince: field.day,
    dueOn: field.day,
    sha256: field.sha256,
  }),
  sample: {
    debitNoteId: '01900000-0000-7000-8000-000000000013', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-000000000001', number: 'ND-2026-000001', upToSeq: 4_200, lines: 1, grossCents: -1_000,
    feeCents: -20, vatCents: -4, commonsCents: -10, amountCents: 966, currency: 'EUR', negativeSince: '2026-04-02', dueOn: '2026-07-31',
    sha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
  },
});
