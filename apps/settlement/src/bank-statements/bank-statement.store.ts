import { cents, type BankAccountId, type LocalDate } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { DecidedLine } from './bank-line.decision.js';
import type { AskedStatement, StatementHistory } from './bank-statement.decision.js';

export async function keepFile(tx: Tx, sha256: string, bytes: Uint8Array): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.bank_statement_file (sha256, bytes, imported_by, imported_at)
    values (${sha256}, ${bytes}, ${personOf(tx)}, ${tx.now}) on conflict (sha256) do nothing`;
}

export async function historyFor(tx: Tx, asked: AskedStatement): Promise<StatementHistory> {
  const { iban, statementRef, closedOn } = asked;
  const [account] = await tx.sql.$queryRaw<{ id: BankAccountId }[]>`
    select id from settlement.bank_account where iban = ${iban ?? null}`;
  if (!account) return { bankAccountId: undefined, same: undefined, twin: undefined, last: undefined };
  const [same] = await tx.sql.$queryRaw<NonNullable<StatementHistory['same']>[]>`
    select id, content_sha256 as "contentSha256" from settlement.bank_statement
    where bank_account_id = ${account.id}::uuid and statement_ref = ${statementRef} and closed_on = ${closedOn}::date`;
  const [twin] = await tx.sql.$queryRaw<{ id: string }[]>`
    select id from settlement.bank_statement
    where bank_account_id = ${account.id}::uuid and closed_on = ${closedOn}::date and format <> ${asked.format}
      and opening_balance = ${asked.opening ?? null} and closing_balance = ${asked.closing ?? null}
      and credits = ${asked.credits} and debits = ${asked.debits} limit 1`;
  const [last] = await tx.sql.$queryRaw<{ ordinal: number; closing: bigint; closedOn: LocalDate }[]>`
    select ordinal, closing_balance as closing, closed_on::text as "closedOn" from settlement.bank_statement
    where bank_account_id = ${account.id}::uuid order by ordinal desc limit 1`;
  return { bankAccountId: account.id, same, twin, last: last && { ...last, closing: cents(last.closing) } };
}

export type NewStatement = Readonly<{
  id: string;
  bankAccountId: BankAccountId;
  ordinal: number;
  fileSha256: string;
  openedOn: LocalDate;
  asked: AskedStatement;
  lines: readonly DecidedLine[];
}>;

export async function insertBankStatement(tx: Tx, statement: NewStatement): Promise<void> {
  const { id, bankAccountId, ordinal, fileSha256, openedOn, asked, lines } = statement;
  const sumOf = (side: DecidedLine['side']) => lines.reduce((total, line) => (line.side === side ? total + line.amount : total), 0n);
  await tx.sql.$executeRaw`
    insert into settlement.bank_statement (id, bank_account_id, ordinal, statement_ref, format, file_sha256, content_sha256, opened_on, closed_on,
      opening_balance, credits, debits, closing_balance, currency, line_count, imported_by, imported_at)
    values (${id}::uuid, ${bankAccountId}::uuid, ${ordinal}, ${asked.statementRef}, ${asked.format}, ${fileSha256}, ${asked.contentSha256},
      least(${openedOn}::date, ${asked.closedOn}::date), ${asked.closedOn}::date, ${asked.opening!}, ${sumOf('credit')}, ${sumOf('debit')},
      ${asked.closing!}, 'EUR', ${lines.length}, ${personOf(tx)}, ${tx.now})`;
}
