// A debit note is owed less by what came to our bank account.
import type { DebitNotePaidV1 } from '#libs/contracts';
import { toWire, type BankLineId, type Cents } from '#libs/kernel';
import type { Posting } from '#libs/ledger';
import type { Fact } from '#libs/persistence';
import type { OpenNoteOf } from './debit-note.decision.js';

type Paying = Readonly<{ amount: Cents; bankLineId: BankLineId; wasUnknown?: true }>;

/** `left` of the note is what is left after it. */
export const paidFact = (
  { debitNoteId, payeeId, custodyAccountId, left }: OpenNoteOf, { amount, bankLineId, wasUnknown }: Paying, posting: Posting,
): Fact<typeof DebitNotePaidV1> => ({
  subject: `debitNote:${debitNoteId}`, subjectVersion: 2, posting,
  body: { debitNoteId, payeeId, custodyAccountId, amountCents: toWire(amount), leftCents: toWire(left), currency: 'EUR', bankLineId, ...(wasUnknown && { wasUnknown }) },
});
