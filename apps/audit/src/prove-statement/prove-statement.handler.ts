import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Id, type Rejected } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { TRACED_THROUGH_MAX } from '../limits.js';
import { proveInclusion } from '../prove-events/inclusion.js';
import { STATEMENT, type KeptEvent } from '../trace-cent/kept-event.decision.js';
import { eventsNaming } from '../trace-cent/trace.store.js';
import { ProveStatement, type ProvedStatement } from './prove-statement.query.js';

@QueryHandler(ProveStatement)
export class ProveStatementHandler implements IQueryHandler<ProveStatement> {
  constructor(private readonly work: AuditWork) {}

  async execute({ statementId, size, placeId }: ProveStatement): Promise<ProvedStatement | Rejected> {
    const { client } = this.work;
    const [closed] = await eventsNaming({ sql: client, size: null }, [statementId], [STATEMENT], 1);
    if (!closed || (placeId !== null && !await isOfPlace(client, closed, placeId))) return reject('statement_not_told');
    const eventId = closed.id as Id<'event'>;
    const inclusion = await proveInclusion(client, eventId, size);
    return isRejected(inclusion) ? inclusion : { eventId, inclusion };
  }
}

/** Audit asks nobody: an approved bank account told which places its payee stands for. */
async function isOfPlace(sql: Sql, { body: { payeeId } }: KeptEvent, placeId: string): Promise<boolean> {
  const validated = await eventsNaming({ sql, size: null }, [payeeId!], ['payee.validated.v1'], TRACED_THROUGH_MAX);
  return validated.some(({ body }) => body.payeeId === payeeId && body.placeId === placeId);
}
