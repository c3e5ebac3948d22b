import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { IssuanceWork } from '../issuance.work.js';
import { ListContradictoryStatements, type ShownStatement } from './contradictory-statements.commands.js';
import { listStatements } from './show-statements.store.js';

@QueryHandler(ListContradictoryStatements)
export class ListContradictoryStatementsHandler implements IQueryHandler<ListContradictoryStatements> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ page }: ListContradictoryStatements): Promise<readonly ShownStatement[]> {
    return readAs(this.work, page.payerId ?? OVERSEER, (sql) => listStatements(sql, page));
  }
}
