import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { readStatements } from './statement.store.js';
import { ListStatements, type ListedStatement } from './statements.queries.js';

@QueryHandler(ListStatements)
export class ListStatementsHandler implements IQueryHandler<ListStatements> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, page }: ListStatements): Promise<readonly ListedStatement[]> {
    return readAs(this.work, reader.placeId ?? OVERSEER, (sql) => readStatements(sql, reader, { ...page, statementId: null }));
  }
}
