import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Verification } from '../payee-bank-accounts/payee-bank-account.decision.js';

export type ImportedVerification = Readonly<{
  /** True when it had been imported before: nothing was changed. */
  known: boolean;
  /** Answers by what they say. */
  answers: Readonly<Record<Verification, number>>;
  /** Answers that are about no version of ours: another IBAN, or another holder than the one that was entered. */
  strangers: number;
}>;

export class ImportPayeeVerification extends Command<ImportedVerification | Rejected> {
  constructor(readonly request: Readonly<{ bytes: Uint8Array }>, readonly meta: Meta) { super(); }
}
