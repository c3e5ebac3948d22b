import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedBankAccount } from './open-bank-account.decision.js';

export type OpenedBankAccount = Readonly<{ bankAccountId: string }>;

export class OpenBankAccount extends Command<OpenedBankAccount | Rejected> {
  constructor(readonly request: AskedBankAccount, readonly meta: Meta) { super(); }
}
