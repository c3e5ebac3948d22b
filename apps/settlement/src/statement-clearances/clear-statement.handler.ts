import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, type Rejected } from '#libs/kernel';
import { BANK_TIME_ZONE } from '../limits.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { ClearStatement, type ClearedStatement } from './clear-statement.command.js';
import { decideClearance } from './clear-statement.decision.js';
import { insertClearances, readClearable } from './statement-clearance.store.js';

@CommandHandler(ClearStatement)
export class ClearStatementHandler implements ICommandHandler<ClearStatement> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { statementId, note }, meta }: ClearStatement) {
    return this.work.once<ClearedStatement | Rejected>(meta, async (tx) => {
      const statement = await readClearable(tx, statementId, dayIn(BANK_TIME_ZONE, tx.now));
      const decided = decideClearance(statement, personOf(tx));
      if (isRejected(decided)) return decided;
      const { measureIds, alertIds } = decided;
      await insertClearances(tx, { statementId, note, clearedFor: [...measureIds, ...alertIds] });
      return { statementId, measureIds, alertIds };
    });
  }
}
