import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { listRuns } from './list-runs.store.js';
import { ListRuns, type ListedRun } from './settlement-runs.queries.js';

@QueryHandler(ListRuns)
export class ListRunsHandler implements IQueryHandler<ListRuns> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page }: ListRuns): Promise<readonly ListedRun[]> {
    return listRuns(this.work.client, page);
  }
}
