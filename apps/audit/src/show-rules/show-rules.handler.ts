import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AuditWork } from '../audit.work.js';
import { rulesOn } from './rules.decision.js';
import { ruleEvents } from './rules.store.js';
import { ShowRules } from './show-rules.query.js';

@QueryHandler(ShowRules)
export class ShowRulesHandler implements IQueryHandler<ShowRules> {
  constructor(private readonly work: AuditWork) {}

  async execute({ programmeId, placeId, day }: ShowRules) {
    return rulesOn(await ruleEvents(this.work.client, programmeId, placeId), day);
  }
}
