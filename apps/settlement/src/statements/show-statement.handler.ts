import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { withShares } from './line-shares.js';
import { feesOf, holdsOf, linesOf, readStatements } from './statement.store.js';
import { ShowStatement, type ShownStatement } from './statements.queries.js';

@QueryHandler(ShowStatement)
export class ShowStatementHandler implements IQueryHandler<ShowStatement> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ reader, statementId }: ShowStatement): Promise<ShownStatement | undefined> {
    const sql = this.work.client;
    const only = { statementId, payeeId: null, period: null, upToSeq: null, before: null, rowsMax: 1 };
    const [statement] = await readStatements(sql, reader, only);
    if (!statement) return undefined;
    const fees = await feesOf(sql, statementId);
    return { ...statement, fees, holds: await holdsOf(sql, statement), lines: withShares(fees, await linesOf(sql, statementId)) };
  }
}
