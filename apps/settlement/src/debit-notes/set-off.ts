// What a payee owes by debit notes taken of what it is owed by statements: posted, told and kept, once per note and statement.
import { DebitNotePaidV1 } from '#libs/contracts';
import { toWire } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { setOffPosting, type Debt } from './debit-note.decision.js';
import { insertDischarges } from './debit-note.store.js';
import type { SetOff } from './set-off.decision.js';

export async function bookSetOffs(tx: Tx, setOffs: readonly (SetOff & Debt)[]): Promise<void> {
  if (setOffs.length === 0) return;
  const eventIds = await tx.emitAll(DebitNotePaidV1, setOffs.map((setOff) => {
    const { debitNoteId, payeeId, custodyAccountId, statementId, amount, left } = setOff;
    return {
      subject: `debitNote:${debitNoteId}`, subjectVersion: 2, posting: setOffPosting(setOff, amount),
      body: { debitNoteId, payeeId, custodyAccountId, amountCents: toWire(amount), leftCents: toWire(left), currency: 'EUR', statementId },
    };
  }));
  await insertDischarges(tx, setOffs.map(({ debitNoteId, statementId, amount }, at) =>
    ({ kind: 'set_off', debitNoteId, statementId, amount, eventId: eventIds[at]! })));
}
