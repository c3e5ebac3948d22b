import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { listFileImportRows, readFileImport, runFileImport } from '#libs/imports';
import { isRejected, reject } from '#libs/kernel';
import { openTable } from '#libs/tabular';
import { IssuanceWork } from '../issuance.work.js';
import { IMPORT_CHUNK_ROWS, IMPORT_ROWS_MAX } from '../limits.js';
import { ImportPayers, ListPayerImportRows, ShowPayerImport } from './import-payers.command.js';
import { layoutOf } from './read-payer.js';
import { takePayers } from './take-payers.js';

const KIND = 'payers';

@CommandHandler(ImportPayers)
export class ImportPayersHandler implements ICommandHandler<ImportPayers> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ file, meta }: ImportPayers) {
    const opened = await openTable(file.bytes, file.mediaType, IMPORT_ROWS_MAX);
    const layout = isRejected(opened) ? undefined : layoutOf(opened.columns);
    const table = isRejected(opened) || layout ? opened : reject('table_columns_missing', { columns: 'nom, siren' });
    return runFileImport(this.work, meta, {
      kind: KIND, file, table, chunkRows: IMPORT_CHUNK_ROWS, take: (tx, importId, rows) => takePayers(layout!)(tx, importId, rows),
    });
  }
}

@QueryHandler(ShowPayerImport)
export class ShowPayerImportHandler implements IQueryHandler<ShowPayerImport> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ importId }: ShowPayerImport) {
    return readFileImport(this.work.client, 'issuance', KIND, importId);
  }
}

@QueryHandler(ListPayerImportRows)
export class ListPayerImportRowsHandler implements IQueryHandler<ListPayerImportRows> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ asked }: ListPayerImportRows) {
    const known = await readFileImport(this.work.client, 'issuance', KIND, asked.importId);
    return known && listFileImportRows(this.work.client, 'issuance', asked);
  }
}
