import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { listFileImportRows, readFileImport, runFileImport, type FileImport } from '#libs/imports';
import { isRejected, reject, type FileImportId } from '#libs/kernel';
import { openTable } from '#libs/tabular';
import { IMPORT_CHUNK_ROWS, IMPORT_ROWS_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import type { RefusalCode } from '../refusals.js';
import { ImportZones, ListZoneImportRows, ShowZoneImport } from './import-zones.command.js';
import { missingColumns, takeZones } from './take-zones.js';
import { kindOf, ZONE_LISTS } from './zone-row.decision.js';

@CommandHandler(ImportZones)
export class ImportZonesHandler implements ICommandHandler<ImportZones> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ file, meta }: ImportZones) {
    const opened = await openTable(file.bytes, file.mediaType, IMPORT_ROWS_MAX);
    const columns = isRejected(opened) ? undefined : missingColumns(file.list, opened.columns);
    const table = columns === undefined ? opened : reject('zone_columns_missing' satisfies RefusalCode, { columns });
    const { list } = file;
    return runFileImport(this.work, meta, { kind: kindOf(list), file, table, chunkRows: IMPORT_CHUNK_ROWS, take: takeZones(list) });
  }
}

@QueryHandler(ShowZoneImport)
export class ShowZoneImportHandler implements IQueryHandler<ShowZoneImport> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ importId }: ShowZoneImport) {
    return zoneImport(this.work, importId);
  }
}

@QueryHandler(ListZoneImportRows)
export class ListZoneImportRowsHandler implements IQueryHandler<ListZoneImportRows> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ asked }: ListZoneImportRows) {
    const known = await zoneImport(this.work, asked.importId);
    return known && listFileImportRows(this.work.client, 'redemption', asked);
  }
}

async function zoneImport({ client }: RedemptionWork, importId: FileImportId): Promise<FileImport | undefined> {
  for (const list of ZONE_LISTS) {
    const found = await readFileImport(client, 'redemption', kindOf(list), importId);
    if (found) return found;
  }
  return undefined;
}
