// Whether a statement may be booked at all: it is of an account of ours, in euros, whole, and carries on where the last
// one ended. A statement that is known changes nothing.
import { reject, type BankAccountId, type Cents, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type StatedBalance = 'adds_up' | 'differs' | 'cannot_tell';

export type AskedStatement = Readonly<{
  statementRef: string;
  format: string;
  iban: string | undefined;
  currencies: readonly string[];
  balance: StatedBalance;
  opening: Cents | undefined;
  closing: Cents | undefined;
  /** Of the booked lines; with the balances they tell whether another format tells the same statement. */
  credits: Cents;
  debits: Cents;
  closedOn: LocalDate;
  contentSha256: string;
}>;

export type StatementHistory = Readonly<{
  bankAccountId: BankAccountId | undefined;
  /** The statement of the same id and closing day, if one was imported. */
  same: Readonly<{ id: string; contentSha256: string }> | undefined;
  /** One in another format with the same day, balances and turnover: the bank told the same statement twice. */
  twin: Readonly<{ id: string }> | undefined;
  last: Readonly<{ ordinal: number; closing: Cents; closedOn: LocalDate }> | undefined;
}>;

export type DecidedStatement =
  | Readonly<{ kind: 'new'; bankAccountId: BankAccountId; ordinal: number; opening: Cents; closing: Cents }>
  | Readonly<{ kind: 'known'; bankAccountId: BankAccountId; id: string }>;

export function decideBankStatement(
  asked: AskedStatement, { bankAccountId, same, twin, last }: StatementHistory,
): DecidedStatement | Rejected<RefusalCode> {
  const { statementRef, opening, closing } = asked;
  if (!bankAccountId) return reject('bank_account_foreign', { statement: statementRef });
  if (asked.currencies.some((currency) => currency !== 'EUR')) return reject('currency_unsupported', { statement: statementRef });
  if (asked.balance !== 'adds_up' || opening === undefined || closing === undefined) {
    return reject('balances_do_not_add_up', { statement: statementRef });
  }
  if (same) {
    if (same.contentSha256 !== asked.contentSha256) return reject('bank_statement_id_reused', { statement: statementRef });
    return { kind: 'known', bankAccountId, id: same.id };
  }
  if (twin) return { kind: 'known', bankAccountId, id: twin.id };
  if (last && last.closing !== opening) {
    return reject('bank_statement_gap', {
      statement: statementRef, openingCents: Number(opening), lastClosingCents: Number(last.closing), lastClosedOn: last.closedOn,
    });
  }
  return { kind: 'new', bankAccountId, ordinal: (last?.ordinal ?? 0) + 1, opening, closing };
}
