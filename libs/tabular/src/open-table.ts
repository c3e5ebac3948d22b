import { reject, type Rejected } from '#libs/kernel';
import { encodingOf } from './decode.js';
import { readCsv } from './read-csv.js';
import { readJsonRows } from './read-json.js';
import type { Row } from './row.js';

export type MediaType = 'text/csv' | 'application/json';
export type TableRefusal = 'table_malformed' | 'table_empty' | 'table_too_long';

export type Table = Readonly<{
  count: number;
  /** All names of a header, or of the entries of a list. */
  columns: ReadonlySet<string>;
  /** From the first row on, each time it is asked. */
  rows(): AsyncIterable<Row>;
}>;

/**
 * Reads the file to its end before it gives any row away: a quote that never closes is found at the end, and by then
 * half of the rows would have been written.
 */
export async function openTable(bytes: Buffer, mediaType: MediaType, rowsMax: number): Promise<Table | Rejected<TableRefusal>> {
  const encoding = encodingOf(bytes);
  const columns = new Set<string>();
  const rows = () => (mediaType === 'text/csv' ? readCsv(bytes, encoding, (names) => { names.forEach((name) => columns.add(name)); }) : readJsonRows(bytes));
  let count = 0;
  try {
    for await (const { cells } of rows()) {
      count += 1;
      if (count > rowsMax) return reject('table_too_long', { rowsMax });
      for (const column of cells.keys()) columns.add(column);
    }
  } catch {
    // Where it broke is all that may be said: the parser's message quotes the file.
    return reject('table_malformed', { rowsRead: count });
  }
  return count === 0 ? reject('table_empty') : { count, columns, rows };
}
