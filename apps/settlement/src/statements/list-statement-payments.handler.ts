import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { paymentsOf, type StatementPayment } from './statement-payments.store.js';
import { readStatements } from './statement.store.js';
import { ListStatementPayments } from './statements.queries.js';

@QueryHandler(ListStatementPayments)
export class ListStatementPaymentsHandler implements IQueryHandler<ListStatementPayments> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, statementId }: ListStatementPayments): Promise<readonly StatementPayment[] | undefined> {
    return readAs(this.work, reader.placeId ?? OVERSEER, async (sql) => {
      const only = { statementId, payeeId: null, period: null, upToSeq: null, before: null, rowsMax: 1 };
      const [statement] = await readStatements(sql, reader, only);
      return statement && paymentsOf(sql, statementId);
    });
  }
}
