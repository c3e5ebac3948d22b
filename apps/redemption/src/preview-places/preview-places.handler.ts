import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { openTable, type Row, type Table } from '#libs/tabular';
import { layoutOf } from '../lamednum/columns.js';
import { IMPORT_ROWS_MAX, LOOKED_CHARACTERS_MAX, LOOKED_ROWS_MAX, PREVIEWED_CHARACTERS, PREVIEWED_ROWS } from '../limits.js';
import { PreviewPlaces, type Preview } from './preview-places.query.js';
import { proposeMapping } from './propose-mapping.js';

@QueryHandler(PreviewPlaces)
export class PreviewPlacesHandler implements IQueryHandler<PreviewPlaces> {
  async execute({ file: { bytes, mediaType } }: PreviewPlaces): Promise<Preview | Rejected> {
    const table = await openTable(bytes, mediaType, IMPORT_ROWS_MAX);
    if (isRejected(table)) return table;
    const rows = await firstRows(table);
    const columns = [...table.headers].map(([name, header]) => ({
      name, header, samples: rows.slice(0, PREVIEWED_ROWS).map(({ cells }) => cutOf(cells.get(name) ?? '')), lossy: table.lossy.has(name),
      values: rows.flatMap(({ cells }) => cells.get(name)?.slice(0, LOOKED_CHARACTERS_MAX) ?? []),
    }));
    return { rows: table.count, unnamed: table.unnamed, columns, layout: layoutOf(table.columns), proposal: proposeMapping(columns) };
  }
}

async function firstRows(table: Table): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of table.rows()) {
    rows.push(row);
    if (rows.length === LOOKED_ROWS_MAX) break;
  }
  return rows;
}

const cutOf = (text: string): string => (text.length > PREVIEWED_CHARACTERS ? `${[...text].slice(0, PREVIEWED_CHARACTERS).join('')}…` : text);
