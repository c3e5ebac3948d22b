import { Command } from '@nestjs/cqrs';
import type { Rejected, Month } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ClosedStatements = Readonly<{
  upToSeq: number;
  period: Month;
  /** True when nothing was left to close: this is what the last closing did. */
  closedBefore: boolean;
  statements: number;
  grossCents: number;
  feeCents: number;
  vatCents: number;
  commonsCents: number;
  netCents: number;
  /** What this closing held back for review, of how many payees. */
  holds: number;
  heldCents: number;
  /** What it left open, of how many payees. */
  carriedOver: number;
  carriedOverCents: number;
}>;

export class CloseStatements extends Command<ClosedStatements | Rejected> {
  constructor(readonly request: Readonly<{ period: Month | null }>, readonly meta: Meta) { super(); }
}
