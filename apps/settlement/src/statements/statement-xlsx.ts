// A statement as a workbook: what the CSV has, with amounts in euros and days that a spreadsheet knows as such.
import { showId } from '#libs/kernel';
import { writeWorkbook, type CellValue, type Column } from '#libs/spreadsheet';
import type { Shares } from '../statement-closings/statement.decision.js';
import { WORDS, type Language } from './statement-words.js';
import type { ShownStatement } from './statements.queries.js';

const KINDS: readonly Pick<Column, 'kind' | 'width'>[] = [
  ...Array.from({ length: 3 }, () => ({ kind: 'text', width: 42 } as const)), { kind: 'whole', width: 9 }, { kind: 'day', width: 12 },
  ...Array.from({ length: 5 }, () => ({ kind: 'cents', width: 13 } as const)), { kind: 'whole', width: 16 }, { kind: 'cents', width: 11 },
  { kind: 'text', width: 42 },
];

/** The lines in the order of the digest, and below them the total, in figures that are the statement's own and not a formula. */
export function statementXlsx(statement: ShownStatement, language: Language): Promise<Buffer> {
  const words = WORDS[language];
  const columns = words.sheetColumns.map((head, at) => ({ head, ...KINDS[at]! }));
  return writeWorkbook({ sheet: `${words.title} ${statement.period}`, at: statement.closedAt }, columns, rowsOf(statement, words.total));
}

function* rowsOf({ lines, ...statement }: ShownStatement, total: string): Generator<readonly CellValue[]> {
  for (const line of lines) {
    yield [
      showId('redemption', line.redemptionId), showId('place', line.placeId), showId('programme', line.programmeId), line.feeRuleVersion,
      line.serviceDate, ...moneyOf(line), line.tariffVersion, line.tariff, line.incidentId && showId('incident', line.incidentId),
    ];
  }
  yield [total, null, null, null, null, ...moneyOf(statement), null, null, null];
}

const moneyOf = ({ gross, fee, vat, commons, net }: Shares): CellValue[] => [gross, fee, vat, commons, net];
