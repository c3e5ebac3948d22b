import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** Whose money stands on the account, in law. The model knows three ways; version 1 can keep the promises of one. */
export const CUSTODIES = ['segregated_account', 'payer_account', 'operator_float'] as const;
export type Custody = (typeof CUSTODIES)[number];

export type AskedBankAccount = Readonly<{ name: string; iban: string; bic: string; custody: Custody }>;

export function decideBankAccount(asked: AskedBankAccount, known: ReadonlySet<string>): { kind: 'opened' } | Rejected<RefusalCode> {
  if (asked.custody !== 'segregated_account') return reject('custody_unsupported', { custody: asked.custody });
  if (known.has(asked.iban)) return reject('bank_account_exists');
  return { kind: 'opened' };
}
