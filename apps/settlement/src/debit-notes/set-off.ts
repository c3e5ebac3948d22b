// What a payee owes by debit notes taken of what it is owed by statements: posted, told and kept, once per note and statement.
import { DebitNotePaidV1 } from '#libs/contracts';
import { cents, sum, toWire } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockPayees } from '../statement-closings/open-claims.store.js';
import { setOffPosting, type Debt } from './debit-note.decision.js';
import { indebtedPayees, insertDischarges, openNotes } from './debit-note.store.js';
import { unpaidStatements } from './open-standing.store.js';
import { decideSetOffs, type SetOff } from './set-off.decision.js';

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

/**
 * Of statements of before, that were never paid or came back from the bank: their payee is not paid while it owes. The caller holds the
 * lock of settlement runs. Answers the cents.
 */
export async function setOffUnpaid(tx: Tx): Promise<number> {
  const payeeIds = await indebtedPayees(tx);
  if (payeeIds.length === 0) return 0;
  await lockPayees(tx, payeeIds.map((payeeId) => ({ payeeId })));
  const [notes, statements] = [await openNotes(tx, payeeIds), await unpaidStatements(tx, payeeIds)];
  const debts = new Map(notes.map(({ payeeId, custodyAccountId }) => [`${payeeId} ${custodyAccountId}`, { payeeId, custodyAccountId }]));
  const setOffs = [...debts.values()].flatMap((debt) => {
    const isOf = (one: typeof debt) => one.payeeId === debt.payeeId && one.custodyAccountId === debt.custodyAccountId;
    const owed = statements.filter(isOf).map(({ statementId, toPay }) => ({ statementId, toPay: cents(toPay) }));
    return decideSetOffs(notes.filter(isOf), owed).map((setOff) => ({ ...setOff, ...debt }));
  });
  await bookSetOffs(tx, setOffs);
  return toWire(sum(setOffs.map(({ amount }) => amount)));
}
