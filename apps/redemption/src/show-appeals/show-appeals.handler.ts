import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { listAppeals } from './appeal-view.store.js';
import { ListAppeals, type AppealView } from './show-appeals.query.js';

@QueryHandler(ListAppeals)
export class ListAppealsHandler implements IQueryHandler<ListAppeals> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListAppeals): Promise<readonly AppealView[]> {
    return listAppeals(this.work.client, asked);
  }
}
