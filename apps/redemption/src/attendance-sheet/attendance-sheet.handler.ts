import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readAs } from '#libs/persistence';
import { RedemptionWork } from '../redemption.work.js';
import { ShowSession } from './attendance-sheet.query.js';
import { readSession, type HeldSession } from './session.store.js';

@QueryHandler(ShowSession)
export class ShowSessionHandler implements IQueryHandler<ShowSession> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ placeId, sessionId }: ShowSession): Promise<HeldSession | undefined> {
    return readAs(this.work, placeId, (sql) => readSession(sql, placeId, sessionId));
  }
}
