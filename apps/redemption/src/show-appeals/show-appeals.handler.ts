import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { RedemptionWork } from '../redemption.work.js';
import { listAppeals } from './appeal-view.store.js';
import { ListAppeals, type AppealView } from './show-appeals.query.js';

@QueryHandler(ListAppeals)
export class ListAppealsHandler implements IQueryHandler<ListAppeals> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListAppeals): Promise<readonly AppealView[]> {
    return readAs(this.work, asked.placeId ?? OVERSEER, (sql) => listAppeals(sql, asked));
  }
}
