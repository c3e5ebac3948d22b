import { Command } from '@nestjs/cqrs';
import type { BankAccountId, PayeeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ProposedBankAccount = Readonly<{ bankAccountId: string; version: number }>;

export class ProposeBankAccount extends Command<ProposedBankAccount | Rejected> {
  constructor(
    readonly request: Readonly<{ payeeId: PayeeId; iban: string; bic: string | null; holder: string }>, readonly meta: Meta,
  ) { super(); }
}

export const VERIFICATIONS = ['match', 'close_match', 'no_match', 'not_possible'] as const;
/** What the payee's bank says of the holder's name: the same, nearly the same, another one, or nothing. */
export type Verification = (typeof VERIFICATIONS)[number];

export type ApprovedBankAccount = Readonly<{ bankAccountId: string; version: number }>;

export class ApproveBankAccount extends Command<ApprovedBankAccount | Rejected> {
  /** `reason`: why it is right though the bank did not confirm it. */
  constructor(readonly request: Readonly<{ bankAccountId: BankAccountId; reason: string | null }>, readonly meta: Meta) { super(); }
}
