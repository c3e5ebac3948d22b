import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { cents } from '#libs/kernel';
import { SettlementWork } from '../settlement.work.js';
import { sharesOfLines, type Shares } from '../statement-closings/statement.decision.js';
import { feesOf, holdsOf, linesOf, readStatements, type LineRow } from './statement.store.js';
import { ShowStatement, type ShownFee, type ShownLine, type ShownStatement } from './statements.queries.js';

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

/** Shares are spread within each fee group, so that every column of the lines adds up to its line of fees. */
function withShares(fees: readonly ShownFee[], lines: readonly LineRow[]): ShownLine[] {
  const groupOf = ({ programmeId, feeRuleVersion }: Pick<LineRow, 'programmeId' | 'feeRuleVersion'>) => `${programmeId} ${feeRuleVersion}`;
  const shares = new Map<string, Shares[]>();
  const undone = new Set(lines.filter(({ gross, incidentId }) => gross < 0n && !incidentId).map(({ redemptionId }) => redemptionId));
  for (const fee of fees) {
    const own = lines.filter((line) => groupOf(line) === groupOf(fee));
    shares.set(groupOf(fee), sharesOfLines(
      fee, own.map(({ gross, redemptionId, incidentId }) => ({ gross: cents(gross), undone: !incidentId && undone.has(redemptionId) }))));
  }
  return lines.map((line) => ({ ...line, ...shares.get(groupOf(line))!.shift()! }));
}
