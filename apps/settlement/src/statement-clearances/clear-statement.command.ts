import { Command } from '@nestjs/cqrs';
import type { Rejected, StatementId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ClearedStatement = Readonly<{ statementId: StatementId; measureIds: readonly string[]; alertIds: readonly string[] }>;

/** Somebody looked at a closed statement of a place that was suspended, withdrawn or found by an alert since: the next run pays it. */
export class ClearStatement extends Command<ClearedStatement | Rejected> {
  constructor(readonly request: Readonly<{ statementId: StatementId; note: string }>, readonly meta: Meta) { super(); }
}
