import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { readAs } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { SESSIONS_MAX } from '../limits.js';
import type { RefusalCode } from '../refusals.js';
import { endSessions, openSessions } from './session.store.js';
import { EndSessions, ShowSessions } from './sessions.commands.js';

@QueryHandler(ShowSessions)
export class ShowSessionsHandler implements IQueryHandler<ShowSessions> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId }: ShowSessions) {
    return readAs(this.work, userId, (sql) => openSessions(sql, userId, SESSIONS_MAX));
  }
}

@CommandHandler(EndSessions)
export class EndSessionsHandler implements ICommandHandler<EndSessions> {
  constructor(private readonly work: IdentityWork) {}

  execute({ signedIn: { userId, sessionId: own }, sessionId, correlationId }: EndSessions) {
    const meta = { kind: 'process', name: 'sessions', correlationId, actor: { kind: 'user', id: userId } } as const;
    return this.work.once<Readonly<{ ended: number }> | Rejected<RefusalCode>>(meta, async (tx) => {
      const ended = await endSessions(tx, userId, sessionId ? { only: sessionId } : { except: own });
      return sessionId && ended.length === 0 ? reject('session_not_found') : { ended: ended.length };
    }) as Promise<Readonly<{ ended: number }> | Rejected<RefusalCode>>;
  }
}
