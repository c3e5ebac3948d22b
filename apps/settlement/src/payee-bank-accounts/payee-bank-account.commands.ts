import { Command } from '@nestjs/cqrs';
import type { BankAccountId, PayeeId, PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ProposedBankAccount = Readonly<{ bankAccountId: string; version: number }>;

/** By an operator for a payee, or by the manager of a place for the payee behind it. */
export type ProposedFor = Readonly<{ payeeId: PayeeId } | { placeId: PlaceId }>;

export class ProposeBankAccount extends Command<ProposedBankAccount | Rejected> {
  constructor(
    readonly request: Readonly<{ of: ProposedFor; iban: string; bic: string | null; holder: string }>, readonly meta: Meta,
  ) { super(); }
}

export type ApprovedBankAccount = Readonly<{ bankAccountId: string; version: number }>;

export class ApproveBankAccount extends Command<ApprovedBankAccount | Rejected> {
  /** `reason`: why it is right though the bank did not confirm it. */
  constructor(readonly request: Readonly<{ bankAccountId: BankAccountId; reason: string | null }>, readonly meta: Meta) { super(); }
}
