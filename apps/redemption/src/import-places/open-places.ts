// A file of places, ready to be read row by row as one of the standard: by its own names, or by those that somebody gave them.
import type { KeptMapping } from '#libs/imports';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { openTable, type Row, type Table } from '#libs/tabular';
import { NEEDED_COLUMNS } from '../lamednum/columns.js';
import { MAPPABLE, type Field } from '../lamednum/fields.js';
import { decideMapping, keptMapping, type AskedMapping, type Mapping } from './column-mapping.decision.js';
import type { PlaceFile } from './import-places.command.js';
import { mapRow } from './map-row.js';

export type OpenedPlaces = Readonly<{ table: Table; mapping: KeptMapping | null }>;

/** A file of something else would be thousands of refused rows with one reason. */
export async function openPlaces({ bytes, mediaType, mapping: asked }: PlaceFile, rowsMax: number): Promise<OpenedPlaces | Rejected> {
  const table = await openTable(bytes, mediaType, rowsMax);
  if (isRejected(table)) return table;
  if (asked) return mapped(table, asked);
  const missing = NEEDED_COLUMNS.filter((column) => !table.columns.has(column));
  return missing.length > 0 ? reject('table_columns_missing', { columns: missing.join(', ') }) : { table, mapping: null };
}

function mapped(table: Table, asked: AskedMapping): OpenedPlaces | Rejected {
  const mapping = decideMapping(asked, MAPPABLE, table);
  if (isRejected(mapping)) return mapping;
  return { table: { ...table, rows: () => mapRows(mapping, table.rows()) }, mapping: keptMapping(mapping, table) };
}

async function* mapRows(mapping: Mapping<Field>, rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) yield mapRow(mapping, row);
}
