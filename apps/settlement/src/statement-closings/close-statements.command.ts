import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ClosedStatements = Readonly<{
  upToSeq: number;
  statements: number;
  grossCents: number;
  feeCents: number;
  vatCents: number;
  commonsCents: number;
  netCents: number;
}>;

export class CloseStatements extends Command<ClosedStatements | Rejected> {
  constructor(readonly meta: Meta) { super(); }
}
