import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ImportedStatement = Readonly<{
  statementId: string;
  bankAccountId: string;
  /** True when it had been imported before: nothing was changed. */
  known: boolean;
  /** Lines by kind; empty for a known one. */
  lines: Readonly<Record<string, number>>;
}>;
export type ImportedFile = Readonly<{ statements: readonly ImportedStatement[] }>;

export class ImportBankStatement extends Command<ImportedFile | Rejected> {
  constructor(readonly request: Readonly<{ bytes: Uint8Array }>, readonly meta: Meta) { super(); }
}
