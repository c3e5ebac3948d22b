import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { RedemptionWork } from '../redemption.work.js';
import { listDepartures } from './departure-view.store.js';
import { ListDepartures, type DepartureView } from './show-departures.query.js';

@QueryHandler(ListDepartures)
export class ListDeparturesHandler implements IQueryHandler<ListDepartures> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListDepartures): Promise<readonly DepartureView[]> {
    return readAs(this.work, asked.placeId ?? OVERSEER, (sql) => listDepartures(sql, asked));
  }
}
