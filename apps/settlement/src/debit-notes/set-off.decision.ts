// A payee that owes by a debit note and is owed by a statement owes the difference (code civil, articles 1347 and 1347-1: two certain,
// liquid and due debts of the same two parties). The days that a note gives to pay are a grace, which hinders no set-off (1347-3).
import { cents, minus, type Cents, type DebitNoteId } from '#libs/kernel';

export type OpenDebt = Readonly<{ left: Cents }>;

export type OpenNote = OpenDebt & Readonly<{ debitNoteId: DebitNoteId }>;
export type OpenStatement = Readonly<{ statementId: string; toPay: Cents }>;
/** `left` of the debt is what is left after it. */
export type SetOff<Debt extends OpenDebt = OpenNote> = Debt & Readonly<{ statementId: string; amount: Cents }>;

/** The oldest debt of one by the oldest of the other, as both come in that order; of one payee and custody account. */
export function decideSetOffs<Debt extends OpenDebt>(debts: readonly Debt[], statements: readonly OpenStatement[]): SetOff<Debt>[] {
  const setOffs: SetOff<Debt>[] = [];
  const owed = statements.map((statement) => ({ ...statement }));
  for (const debt of debts) {
    let rest = debt.left;
    for (const statement of owed) {
      const amount = cents(rest < statement.toPay ? rest : statement.toPay);
      if (amount <= 0n) continue;
      rest = minus(rest, amount);
      statement.toPay = minus(statement.toPay, amount);
      setOffs.push({ ...debt, statementId: statement.statementId, amount, left: rest });
    }
  }
  return setOffs;
}
