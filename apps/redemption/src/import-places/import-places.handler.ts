import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { listFileImportRows, readFileImport, runFileImport } from '#libs/imports';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { openTable, type Table } from '#libs/tabular';
import { NEEDED_COLUMNS } from '../lamednum/columns.js';
import { IMPORT_CHUNK_ROWS, IMPORT_ROWS_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { ImportPlaces, ListPlaceImportRows, ShowPlaceImport, type PlaceFile } from './import-places.command.js';
import { takePlaces } from './take-places.js';

const KIND = 'places';

@CommandHandler(ImportPlaces)
export class ImportPlacesHandler implements ICommandHandler<ImportPlaces> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ file, meta }: ImportPlaces) {
    const table = await openPlaces(file);
    return runFileImport(this.work, meta, { kind: KIND, file, table, chunkRows: IMPORT_CHUNK_ROWS, take: takePlaces });
  }
}

/** A file of something else would be thousands of refused rows with one reason. */
async function openPlaces({ bytes, mediaType }: PlaceFile): Promise<Table | Rejected> {
  const table = await openTable(bytes, mediaType, IMPORT_ROWS_MAX);
  if (isRejected(table)) return table;
  const missing = NEEDED_COLUMNS.filter((column) => !table.columns.has(column));
  return missing.length > 0 ? reject('table_columns_missing', { columns: missing.join(', ') }) : table;
}

@QueryHandler(ShowPlaceImport)
export class ShowPlaceImportHandler implements IQueryHandler<ShowPlaceImport> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ importId }: ShowPlaceImport) {
    return readFileImport(this.work.client, 'redemption', KIND, importId);
  }
}

@QueryHandler(ListPlaceImportRows)
export class ListPlaceImportRowsHandler implements IQueryHandler<ListPlaceImportRows> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ asked }: ListPlaceImportRows) {
    const known = await readFileImport(this.work.client, 'redemption', KIND, asked.importId);
    return known && listFileImportRows(this.work.client, 'redemption', asked);
  }
}
