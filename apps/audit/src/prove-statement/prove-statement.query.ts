import { Query } from '@nestjs/cqrs';
import type { Id, Rejected, StatementId } from '#libs/kernel';
import type { Inclusion } from '../prove-events/prove-events.query.js';

export type ProvedStatement = Readonly<{ eventId: Id<'event'>; inclusion: Inclusion }>;

/** That a statement as it closed is in the log. `placeId`: only when it is of this place's payee. */
export class ProveStatement extends Query<ProvedStatement | Rejected> {
  constructor(readonly statementId: StatementId, readonly size: number | null, readonly placeId: string | null) {
    super();
  }
}
