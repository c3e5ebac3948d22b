import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AuditWork } from '../audit.work.js';
import { listStatements, statementOf } from '../state-coverage/coverage.store.js';
import { ListCoverage, ShowCoverageOfDay } from './show-coverage.query.js';

@QueryHandler(ShowCoverageOfDay)
export class ShowCoverageOfDayHandler implements IQueryHandler<ShowCoverageOfDay> {
  constructor(private readonly work: AuditWork) {}

  execute({ day }: ShowCoverageOfDay) {
    return statementOf(this.work.client, day);
  }
}

@QueryHandler(ListCoverage)
export class ListCoverageHandler implements IQueryHandler<ListCoverage> {
  constructor(private readonly work: AuditWork) {}

  execute({ limit, below }: ListCoverage) {
    return listStatements(this.work.client, limit, below);
  }
}
