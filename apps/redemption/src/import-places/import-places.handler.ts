import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { listFileImportRows, listFileImports, readFileImport, runFileImport } from '#libs/imports';
import { isRejected } from '#libs/kernel';
import { IMPORT_CHUNK_ROWS, IMPORT_ROWS_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { ImportPlaces, ListPlaceImportRows, ListPlaceImports, ShowPlaceImport } from './import-places.command.js';
import { openPlaces } from './open-places.js';
import { takePlaces } from './take-places.js';

const KIND = 'places';

@CommandHandler(ImportPlaces)
export class ImportPlacesHandler implements ICommandHandler<ImportPlaces> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ file, meta }: ImportPlaces) {
    const opened = await openPlaces(file, IMPORT_ROWS_MAX);
    const { table, mapping } = isRejected(opened) ? { table: opened, mapping: null } : opened;
    return runFileImport(this.work, meta, { kind: KIND, file, table, mapping, chunkRows: IMPORT_CHUNK_ROWS, take: takePlaces });
  }
}

@QueryHandler(ShowPlaceImport)
export class ShowPlaceImportHandler implements IQueryHandler<ShowPlaceImport> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ importId }: ShowPlaceImport) {
    return readFileImport(this.work.client, 'redemption', KIND, importId);
  }
}

@QueryHandler(ListPlaceImports)
export class ListPlaceImportsHandler implements IQueryHandler<ListPlaceImports> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListPlaceImports) {
    return listFileImports(this.work.client, 'redemption', { kind: KIND, ...asked });
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
