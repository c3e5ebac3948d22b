import type { BankAccountId } from '#libs/kernel';
import { accounts } from '#libs/ledger';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { AskedBankAccount } from './open-bank-account.decision.js';

export type OurBankAccount = Readonly<{ id: BankAccountId; name: string; iban: string; bic: string; custody: string; openedAt: Date }>;

/** What the bank last stated, beside what the ledger says: a difference is work to do, line by line. */
export type BankBalance = OurBankAccount & Readonly<{
  statedOn: string | null; stated: bigint | null; ledger: bigint; unexplained: bigint;
}>;

export async function insertBankAccount(tx: Tx, id: string, { name, iban, bic, custody }: AskedBankAccount): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.bank_account (id, name, iban, bic, custody, opened_by, opened_at)
    values (${id}::uuid, ${name}, ${iban}, ${bic}, ${custody}, ${personOf(tx)}, ${tx.now})`;
}

export async function ourIbans(sql: Sql): Promise<Set<string>> {
  return new Set((await ourBankAccounts(sql)).map(({ iban }) => iban));
}

export const ourBankAccounts = (sql: Sql): Promise<OurBankAccount[]> => sql.$queryRaw<OurBankAccount[]>`
  select id, name, iban, bic, custody, opened_at as "openedAt" from settlement.bank_account order by id`;

/** Few accounts, so that one statement for all of them is read in one go. */
export async function bankBalances(sql: Sql): Promise<BankBalance[]> {
  const open = await ourBankAccounts(sql);
  return Promise.all(open.map(async (account) => {
    const name = accounts.settlement.bank(account.id);
    const [row] = await sql.$queryRaw<Omit<BankBalance, keyof OurBankAccount>[]>`
      select s.closed_on::text as "statedOn", s.closing_balance as stated,
        ((select coalesce(sum(amount), 0) from settlement.transfer where debit = ${name} and debit like 'bank:%')
          - (select coalesce(sum(amount), 0) from settlement.transfer where credit = ${name} and credit like 'bank:%'))::bigint as ledger,
        (select coalesce(sum(amount), 0)::bigint from settlement.bank_line
          where kind = 'unknown_debit' and bank_account_id = ${account.id}::uuid) as unexplained
      from (select) one left join lateral (
        select closed_on, closing_balance from settlement.bank_statement
        where bank_account_id = ${account.id}::uuid order by ordinal desc limit 1) s on true`;
    return { ...account, ...row! };
  }));
}
