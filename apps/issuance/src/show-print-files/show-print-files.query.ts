import { Query } from '@nestjs/cqrs';
import type { BatchId, PrintFileId } from '#libs/kernel';
import type { PrintFileView } from './print-file-view.store.js';

/** Newest first, from the one before `before` on. */
export class ListPrintFiles extends Query<readonly PrintFileView[]> {
  constructor(readonly batchId: BatchId, readonly before: PrintFileId | null, readonly rowsMax: number) {
    super();
  }
}
