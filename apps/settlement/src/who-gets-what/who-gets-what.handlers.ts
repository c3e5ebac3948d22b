import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RedemptionId, StatementId } from '#libs/kernel';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { withShares } from '../statements/lines-with-shares.js';
import { feesOf, linesOf, readStatements } from '../statements/statement.store.js';
import { partsOf, sharesOfOpenLine, type OpenLine, type SharedLine } from './parts.decision.js';
import { WhoGetsOfRedemption, WhoGetsOfStatement, type SharedStatement } from './who-gets-what.queries.js';
import { linesOfRedemption, statementsAround } from './who-gets-what.store.js';

@QueryHandler(WhoGetsOfRedemption)
export class WhoGetsOfRedemptionHandler implements IQueryHandler<WhoGetsOfRedemption> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, redemptionId }: WhoGetsOfRedemption): Promise<readonly SharedLine[] | undefined> {
    return readAs(this.work, reader.placeId ?? OVERSEER, async (sql) => {
      const lines = await linesOfRedemption(sql, reader, redemptionId);
      if (lines.length === 0) return undefined;
      const stated: SharedLine[] = [];
      for (const { id } of await statementsAround(sql, redemptionId)) stated.push(...await statedLines(sql, id, redemptionId));
      const statedAs = (line: OpenLine) => stated.find((one) => one.claimLineId === line.claimLineId && one.incidentId === line.incidentId);
      return lines.map((line) => statedAs(line) ?? sharesOfOpenLine(line));
    });
  }
}

/** As the statement divides its groups among all of its lines. */
async function statedLines(sql: Sql, statementId: StatementId, redemptionId: RedemptionId): Promise<SharedLine[]> {
  const fees = await feesOf(sql, statementId);
  return withShares(fees, await linesOf(sql, statementId)).filter((line) => line.redemptionId === redemptionId).map((line) => {
    const { claimLineId, incidentId, programmeId, feeRuleVersion, gross } = line;
    const { rates } = fees.find((fee) => fee.programmeId === programmeId && fee.feeRuleVersion === feeRuleVersion)!;
    return { claimLineId, incidentId, programmeId, feeRuleVersion, rates, gross, state: 'in_statement', statementId, parts: partsOf(line) };
  });
}

@QueryHandler(WhoGetsOfStatement)
export class WhoGetsOfStatementHandler implements IQueryHandler<WhoGetsOfStatement> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, statementId }: WhoGetsOfStatement): Promise<SharedStatement | undefined> {
    return readAs(this.work, reader.placeId ?? OVERSEER, async (sql) => {
      const only = { statementId, payeeId: null, period: null, upToSeq: null, before: null, rowsMax: 1 };
      const [statement] = await readStatements(sql, reader, only);
      if (!statement) return undefined;
      const groups = (await feesOf(sql, statementId)).map(({ programmeId, feeRuleVersion, rates, lineCount, ...shares }) =>
        ({ programmeId, feeRuleVersion, rates, lineCount, gross: shares.gross, parts: partsOf(shares) }));
      const { gross, billedFee, billedVat } = statement;
      return { gross, parts: partsOf(statement), billedFee, billedVat, groups };
    });
  }
}
