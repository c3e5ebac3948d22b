// A payee that owes by a debit note and is owed by a statement owes the difference (code civil, articles 1347 and 1347-1: two certain,
// liquid and due debts of the same two parties). The days that a note gives to pay are a grace, which hinders no set-off (1347-3).
import { cents, minus, type Cents, type DebitNoteId } from '#libs/kernel';

export type OpenNote = Readonly<{ debitNoteId: DebitNoteId; left: Cents }>;
export type OpenStatement = Readonly<{ statementId: string; toPay: Cents }>;
export type SetOff = Readonly<{ debitNoteId: DebitNoteId; statementId: string; amount: Cents; left: Cents }>;

/** The oldest debt of one by the oldest of the other, as both come in that order; of one payee and custody account. */
export function decideSetOffs(notes: readonly OpenNote[], statements: readonly OpenStatement[]): SetOff[] {
  const setOffs: SetOff[] = [];
  const owed = statements.map((statement) => ({ ...statement }));
  for (const { debitNoteId, left } of notes) {
    let rest = left;
    for (const statement of owed) {
      const amount = cents(rest < statement.toPay ? rest : statement.toPay);
      if (amount <= 0n) continue;
      rest = minus(rest, amount);
      statement.toPay = minus(statement.toPay, amount);
      setOffs.push({ debitNoteId, statementId: statement.statementId, amount, left: rest });
    }
  }
  return setOffs;
}
