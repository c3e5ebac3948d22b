import { Query } from '@nestjs/cqrs';
import type { BatchId } from '#libs/kernel';
import type { BatchView } from './batch-view.store.js';

/** Newest first, from the one before `before` on. */
export class ListBatches extends Query<readonly BatchView[]> {
  constructor(readonly before: BatchId | null, readonly rowsMax: number) {
    super();
  }
}
