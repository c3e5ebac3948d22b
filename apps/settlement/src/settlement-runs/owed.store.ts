import { cents, type BankAccountId, type LocalDate, type PayeeId, type StatementId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Owed, PayeeAccount } from './create-run.decision.js';

export type PayingAccount = Readonly<{ name: string; iban: string; bic: string }>;

export async function payingAccount(tx: Tx, id: BankAccountId): Promise<PayingAccount | undefined> {
  const [row] = await tx.sql.$queryRaw<PayingAccount[]>`
    select name, iban, bic from settlement.bank_account where id = ${id}::uuid`;
  return row;
}

type AccountRow = Omit<PayeeAccount, 'id'> & { accountId: BankAccountId | null };
type OwedRow = AccountRow & { payeeId: PayeeId; legalName: string | null; statements: { id: StatementId; net: number; waits: boolean }[] };

/** Statements that no live payment pays, without what was set off against them, by payee: the longest unpaid first. */
export async function listOwed(tx: Tx, bankAccountId: BankAccountId, today: LocalDate): Promise<Owed[]> {
  const rows = await tx.sql.$queryRaw<OwedRow[]>`
    select p.id as "payeeId", p.legal_name as "legalName", o.statements, a.id as "accountId", a.version, a.iban, a.bic, a.holder,
      a.blocked, a.changed_at as "changedAt"
    from (
      select s.payee_id, min(s.id::text) as first, jsonb_agg(jsonb_build_object('id', s.id, 'net', settlement.to_pay(s.id, s.net),
        'waits', exists (select from settlement.statement_measures(s.id, s.payee_id, ${today}::date))) order by s.up_to_seq) as statements
      from settlement.statement s
      where s.custody_account_id = ${bankAccountId}::uuid and s.net > 0 and settlement.to_pay(s.id, s.net) > 0
        and not exists (select from settlement.payment_statement ps where ps.statement_id = s.id and ps.live)
      group by s.payee_id) o
    join settlement.payee p on p.id = o.payee_id
    left join lateral settlement.account_to_pay(p.id) a on true
    order by o.first`;
  return rows.map(({ payeeId, legalName, statements, accountId, ...account }) => ({
    payeeId, legalName, refunds: [], statements: statements.map(({ net, ...statement }) => ({ ...statement, net: cents(net) })),
    account: accountId && { id: accountId, ...account },
  }));
}
