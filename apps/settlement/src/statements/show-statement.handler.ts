import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { proofOfStatement } from '../known-checkpoints/statement-proof.store.js';
import { SettlementWork } from '../settlement.work.js';
import { withShares } from './lines-with-shares.js';
import { feesOf, holdsOf, linesOf, readStatements, setOffsOf } from './statement.store.js';
import { ShowStatement, type ShownStatement } from './statements.queries.js';

@QueryHandler(ShowStatement)
export class ShowStatementHandler implements IQueryHandler<ShowStatement> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, statementId }: ShowStatement): Promise<ShownStatement | undefined> {
    return readAs(this.work, reader.placeId ?? OVERSEER, async (sql) => {
      const only = { statementId, payeeId: null, period: null, upToSeq: null, before: null, rowsMax: 1 };
      const [statement] = await readStatements(sql, reader, only);
      if (!statement) return undefined;
      const fees = await feesOf(sql, statementId);
      const [holds, setOffs] = [await holdsOf(sql, statement), await setOffsOf(sql, statement)];
      const proof = await proofOfStatement(sql, statementId);
      return { ...statement, fees, holds, setOffs, proof, lines: withShares(fees, await linesOf(sql, statementId)) };
    });
  }
}
