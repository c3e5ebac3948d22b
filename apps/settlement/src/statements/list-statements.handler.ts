import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { readStatements } from './statement.store.js';
import { ListStatements, type ListedStatement } from './statements.queries.js';

@QueryHandler(ListStatements)
export class ListStatementsHandler implements IQueryHandler<ListStatements> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, page }: ListStatements): Promise<readonly ListedStatement[]> {
    return readStatements(this.work.client, reader, { ...page, statementId: null });
  }
}
