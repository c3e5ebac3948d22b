import { Query } from '@nestjs/cqrs';
import type { BankAccountId } from '#libs/kernel';

/** Amounts in cents as integers; `differenceCents` = stated less ledger, null before the first statement. */
export type ShownBankAccount = Readonly<{
  id: BankAccountId;
  name: string;
  iban: string;
  bic: string;
  custody: string;
  statedOn: string | null;
  statedCents: number | null;
  ledgerCents: number;
  unexplainedDebitsCents: number;
  differenceCents: number | null;
}>;

export class ListBankAccounts extends Query<readonly ShownBankAccount[]> {}
