// A statement as a file for a spreadsheet.
import { showId } from '#libs/kernel';
import { csvLine } from '#libs/tabular';
import type { Shares } from '../statement-closings/statement.decision.js';
import type { ShownStatement } from './statements.queries.js';

const HEAD = [
  'redemption', 'place', 'programme', 'fee_rule_version', 'service_date', 'gross_cents', 'fee_cents', 'vat_cents', 'commons_cents', 'net_cents',
  'currency', 'tariff_version', 'tariff_cents', 'incident',
];

/**
 * One line per claim, in the order of the digest; the last line is the total, and each column of what is paid adds up to it. The
 * tariff is what the place asked for the service, and empty where nobody knows, or another voucher of the same person says it. A line
 * with an incident takes back what an earlier statement paid too much for its redemption.
 */
export function statementCsv({ lines, ...statement }: ShownStatement): string {
  const rows = lines.map((line) => [
    showId('redemption', line.redemptionId), showId('place', line.placeId), showId('programme', line.programmeId), line.feeRuleVersion,
    line.serviceDate, ...moneyOf(line), line.tariffVersion, line.tariff, line.incidentId && showId('incident', line.incidentId),
  ]);
  return [HEAD, ...rows, ['total', '', '', '', '', ...moneyOf(statement), '', '', '']].map((row) => csvLine(row, ',')).join('');
}

const moneyOf = ({ gross, fee, vat, commons, net }: Shares): (string | bigint)[] => [gross, fee, vat, commons, net, 'EUR'];
