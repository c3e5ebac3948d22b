import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { rightsAt } from './rights.decision.js';
import { rightsEvents } from './rights.store.js';
import { ShowRights } from './show-rights.query.js';

@QueryHandler(ShowRights)
export class ShowRightsHandler implements IQueryHandler<ShowRights> {
  constructor(private readonly work: AuditWork) {}

  async execute({ of, at: asked }: ShowRights) {
    const at = asked ?? this.work.settings.clock.override() ?? new Date();
    const history = await rightsEvents(this.work.client, of);
    return { at, ...rightsAt(history, at, dayIn(OPERATOR_ZONE, at)), history };
  }
}
