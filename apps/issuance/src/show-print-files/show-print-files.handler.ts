import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IssuanceWork } from '../issuance.work.js';
import { listPrintFiles, type PrintFileView } from './print-file-view.store.js';
import { ListPrintFiles } from './show-print-files.query.js';

@QueryHandler(ListPrintFiles)
export class ListPrintFilesHandler implements IQueryHandler<ListPrintFiles> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ batchId, before, rowsMax }: ListPrintFiles): Promise<readonly PrintFileView[]> {
    return listPrintFiles(this.work.client, batchId, before, rowsMax);
  }
}
