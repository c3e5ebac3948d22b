import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { RedemptionWork } from '../redemption.work.js';
import { listApplications } from './application-view.store.js';
import { ListApplications, type ApplicationView } from './show-applications.query.js';

@QueryHandler(ListApplications)
export class ListApplicationsHandler implements IQueryHandler<ListApplications> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListApplications): Promise<readonly ApplicationView[]> {
    return readAs(this.work, asked.placeId ?? OVERSEER, (sql) => listApplications(sql, asked));
  }
}
