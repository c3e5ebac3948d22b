import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IssuanceWork } from '../issuance.work.js';
import { ListContradictoryStatements, type ShownStatement } from './contradictory-statements.commands.js';
import { listStatements } from './show-statements.store.js';

@QueryHandler(ListContradictoryStatements)
export class ListContradictoryStatementsHandler implements IQueryHandler<ListContradictoryStatements> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ page }: ListContradictoryStatements): Promise<readonly ShownStatement[]> {
    return listStatements(this.work.client, page);
  }
}
