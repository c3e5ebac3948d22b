// CSV as it is published: any delimiter, newlines and stray quotes inside fields, rows that are shorter than the header.
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { cleanText } from './clean-text.js';
import type { Columns } from './columns.js';
import { decoded, type Encoding } from './decode.js';
import { COLUMNS_MAX, ROW_CHARACTERS_MAX, TITLES_MAX } from './limits.js';
import type { Cells, Row } from './row.js';

const DELIMITERS = [',', ';', '\t'] as const;
type Delimiter = (typeof DELIMITERS)[number];
type Parsed = { record: string[]; info: { lines: number } };

/** Throws when a quote never closes, or a header does not end. `seen` hears of the header, also of columns without a cell. */
export async function* readCsv(bytes: Buffer, encoding: Encoding, seen: Columns): AsyncGenerator<Row> {
  let columns: readonly string[] | undefined;
  let number = 0;
  for await (const { record, info } of withoutTitles(records(bytes, encoding, delimiterOf(bytes, encoding)))) {
    if (columns) {
      number += 1;
      yield rowOf(columns, record, { number, line: info.lines }, seen);
    } else {
      if (record.length > COLUMNS_MAX) throw new RangeError('more columns than any table has');
      columns = record.map((header) => seen.see(header));
    }
  }
}

const filledOf = (record: readonly string[]): number => record.filter((cell) => cell.trim() !== '').length;

/**
 * Without blank records, and without what a spreadsheet writes over a table: `sep=;`, and titles, alone among empty cells. They are
 * titles only when a header comes after them: a list of one column may end each of its lines with a delimiter.
 */
async function* withoutTitles(all: AsyncIterable<Parsed>): AsyncGenerator<Parsed> {
  const titles: Parsed[] = [];
  let isOver = false;
  for await (const parsed of all) {
    const filled = filledOf(parsed.record);
    if (filled === 0 || (!isOver && titles.length === 0 && /^\ufeff?sep=/i.test(parsed.record[0]!))) continue;
    const mayBeTitle = !isOver && filled === 1 && parsed.record.length > 1;
    if (mayBeTitle && titles.length < TITLES_MAX) {
      titles.push(parsed);
      continue;
    }
    if (!isOver && mayBeTitle) yield* titles;
    isOver = true;
    yield parsed;
  }
  if (!isOver) yield* titles;
}

function records(bytes: Buffer, encoding: Encoding, delimiter: Delimiter): AsyncIterable<Parsed> {
  const parser = parse({
    delimiter, info: true, relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'],
    // Far above what a row may have: such a record is refused by itself, and only an open quote stops the file.
    max_record_size: 16 * ROW_CHARACTERS_MAX,
  });
  // Who reads the rows is told of an error; nobody else needs to be.
  pipeline(Readable.from(decoded(bytes, encoding)), parser, () => undefined);
  return parser as AsyncIterable<Parsed>;
}

/** The one that cuts the first line into most parts: a header holds names, and names hold none of them. */
function delimiterOf(bytes: Buffer, encoding: Encoding): Delimiter {
  const [start = ''] = decoded(bytes, encoding);
  const [header = ''] = start.trimStart().split(/[\r\n]/, 1);
  const parts = (delimiter: Delimiter) => header.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (parts(delimiter) > parts(best) ? delimiter : best));
}

function rowOf(columns: readonly string[], record: readonly string[], place: Pick<Row, 'number' | 'line'>, seen: Columns): Row {
  const cells = new Map<string, string>();
  // Of two columns with one name the first that says something counts.
  columns.forEach((column, at) => {
    const text = cleanText(record[at] ?? '');
    if (text === '') return;
    if (column === '') seen.pass(at);
    else if (!cells.has(column)) cells.set(column, text);
    else if (cells.get(column) !== text) seen.lose(column);
  });
  // csv-parse leaves the quote in front of a cell whose quotes do not match.
  if (record.some((cell) => cell.startsWith('"') && cell.includes('\n'))) return { ...place, cells: new Map(), fault: 'row_quote_open' };
  if (record.slice(columns.length).some((cell) => cell.trim() !== '')) return { ...place, cells, fault: 'row_ragged' };
  return lengthOf(cells) > ROW_CHARACTERS_MAX ? { ...place, cells: new Map(), fault: 'row_too_long' } : { ...place, cells };
}

export const lengthOf = (cells: Cells): number => [...cells.values()].reduce((total, { length }) => total + length, 0);
