import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { listBatches, type BatchView } from './batch-view.store.js';
import { ListBatches } from './show-batches.query.js';

@QueryHandler(ListBatches)
export class ListBatchesHandler implements IQueryHandler<ListBatches> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ before, rowsMax }: ListBatches): Promise<readonly BatchView[]> {
    return listBatches(this.work.client, before, rowsMax);
  }
}
