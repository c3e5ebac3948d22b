import { assert, isRejected, type BankAccountId, type Cents, type PayeeId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { EARNED_TOTAL_HOURS_MAX } from '../limits.js';
import { decideTaking } from '../own-money/own-money.decision.js';
import { operatorOf, ownMoney } from '../own-money/own-money.store.js';
import type { Owed, PayeeAccount } from './create-run.decision.js';

type Row = Omit<PayeeAccount, 'id' | 'rail'> & { payeeId: PayeeId; legalName: string | null; accountId: BankAccountId | null };

/** The operator, for as much of its own money as it asked for. */
export async function operatorOwed(tx: Tx, bankAccountId: BankAccountId, amount: Cents): Promise<Owed[] | Rejected> {
  const decided = decideTaking({
    operator: await operatorOf(tx.sql), amount, money: await ownMoney(tx.sql, bankAccountId, 'all'), at: tx.now, toldHoursMax: EARNED_TOTAL_HOURS_MAX,
  });
  if (isRejected(decided)) return decided;
  const [row] = await tx.sql.$queryRaw<Row[]>`
    select p.id as "payeeId", p.legal_name as "legalName", a.id as "accountId", a.version, a.iban, a.bic, a.holder, a.blocked, a.changed_at as "changedAt"
    from settlement.payee p left join lateral settlement.account_to_pay(p.id) a on true where p.id = ${decided.operator}::uuid`;
  assert(row, 'the operator is a payee');
  const { payeeId, legalName, accountId, ...account } = row;
  return [{ payeeId, legalName, statements: [], refunds: [], fees: amount, account: accountId && { rail: 'sepa', id: accountId, ...account } }];
}
