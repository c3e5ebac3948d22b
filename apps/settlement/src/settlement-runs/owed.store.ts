import { cents, type BankAccountId, type DestinationId, type LocalDate, type PayeeId, type StatementId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Owed, PayeeAccount, PayeeDestination } from './create-run.decision.js';

export type PayingAccount = Readonly<{ name: string; iban: string; bic: string }>;

export async function payingAccount(tx: Tx, id: BankAccountId): Promise<PayingAccount | undefined> {
  const [row] = await tx.sql.$queryRaw<PayingAccount[]>`
    select name, iban, bic from settlement.bank_account where id = ${id}::uuid`;
  return row;
}

type OwedRow = { payeeId: PayeeId; legalName: string | null; statements: { id: StatementId; net: number; waits: boolean }[] };
type AccountRow = OwedRow & Omit<PayeeAccount, 'id' | 'rail'> & { accountId: BankAccountId | null };
type DestinationRow = OwedRow & Omit<PayeeDestination, 'id' | 'rail'> & { destinationId: DestinationId | null };

/** Statements that no live payment pays, without what was set off, by payee: the longest unpaid first. With bank accounts, for a file. */
export async function listOwed(tx: Tx, bankAccountId: BankAccountId, today: LocalDate): Promise<Owed[]> {
  const rows = await tx.sql.$queryRaw<AccountRow[]>`
    select o.payee_id as "payeeId", o.legal_name as "legalName", o.statements, a.id as "accountId", a.version, a.iban, a.bic, a.holder,
      a.blocked, a.changed_at as "changedAt"
    from settlement.unpaid_statements(${bankAccountId}::uuid, ${today}::date) o
    left join lateral settlement.account_to_pay(o.payee_id) a on true order by o.first`;
  return rows.map(({ payeeId, legalName, statements, accountId, ...account }) => ({
    ...owedOf({ payeeId, legalName, statements }), account: accountId && { rail: 'sepa', id: accountId, ...account },
  }));
}

/** The same statements, with the Stripe account of each payee, for transfers. */
export async function listOwedByStripe(tx: Tx, bankAccountId: BankAccountId, today: LocalDate): Promise<Owed<PayeeDestination>[]> {
  const rows = await tx.sql.$queryRaw<DestinationRow[]>`
    select o.payee_id as "payeeId", o.legal_name as "legalName", o.statements, d.id as "destinationId", d.version,
      d.stripe_account_id as "stripeAccountId", d.blocked, d.changed_at as "changedAt"
    from settlement.unpaid_statements(${bankAccountId}::uuid, ${today}::date) o
    left join lateral settlement.destination_to_pay(o.payee_id) d on true order by o.first`;
  return rows.map(({ payeeId, legalName, statements, destinationId, ...destination }) => ({
    ...owedOf({ payeeId, legalName, statements }), account: destinationId && { rail: 'stripe', id: destinationId, ...destination },
  }));
}

const owedOf = ({ payeeId, legalName, statements }: OwedRow) =>
  ({ payeeId, legalName, refunds: [], statements: statements.map(({ net, ...statement }) => ({ ...statement, net: cents(net) })) });
