import { reject, type Rejected } from '#libs/kernel';
import { Columns } from './columns.js';
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
  /** The same with how the file writes each, in its order. */
  headers: ReadonlyMap<string, string>;
  /** Names that several columns have which say different things in some row: of these the first counts. */
  lossy: ReadonlySet<string>;
  /** Columns without a name that hold something: no row gives it. */
  unnamed: number;
  /** From the first row on, each time it is asked. */
  rows(): AsyncIterable<Row>;
}>;

/**
 * Reads the file to its end before it gives any row away: a quote that never closes is found at the end, and by then
 * half of the rows would have been written.
 */
export async function openTable(bytes: Buffer, mediaType: MediaType, rowsMax: number): Promise<Table | Rejected<TableRefusal>> {
  const encoding = encodingOf(bytes);
  const seen = new Columns();
  const rows = () => (mediaType === 'text/csv' ? readCsv(bytes, encoding, seen) : readJsonRows(bytes, seen));
  let count = 0;
  try {
    for await (const row of rows()) {
      count = row.number;
      if (count > rowsMax) return reject('table_too_long', { rowsMax });
    }
  } catch {
    // Where it broke is all that may be said: the parser's message quotes the file.
    return reject('table_malformed', { rowsRead: count });
  }
  if (count === 0) return reject('table_empty');
  return { count, columns: new Set(seen.headers.keys()), headers: seen.headers, lossy: seen.lost, unnamed: seen.unnamed, rows };
}
