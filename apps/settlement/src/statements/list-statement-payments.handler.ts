import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { paymentsOf, type StatementPayment } from './statement-payments.store.js';
import { readStatements } from './statement.store.js';
import { ListStatementPayments } from './statements.queries.js';

@QueryHandler(ListStatementPayments)
export class ListStatementPaymentsHandler implements IQueryHandler<ListStatementPayments> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ reader, statementId }: ListStatementPayments): Promise<readonly StatementPayment[] | undefined> {
    const sql = this.work.client;
    const only = { statementId, payeeId: null, period: null, upToSeq: null, before: null, rowsMax: 1 };
    const [statement] = await readStatements(sql, reader, only);
    return statement && paymentsOf(sql, statementId);
  }
}
