import { cents } from '#libs/kernel';
import { sharesOfLines, type Shares } from '../statement-closings/statement.decision.js';
import type { LineRow } from './statement.store.js';
import type { ShownFee, ShownLine } from './statements.queries.js';

/** Shares are spread within each fee group, so that every column of the lines adds up to its line of fees. */
export function withShares(fees: readonly ShownFee[], lines: readonly LineRow[]): ShownLine[] {
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
