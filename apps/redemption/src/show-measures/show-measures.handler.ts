import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { RedemptionWork } from '../redemption.work.js';
import { listMeasures } from './measure-view.store.js';
import { ListMeasures, type MeasureView } from './show-measures.query.js';

@QueryHandler(ListMeasures)
export class ListMeasuresHandler implements IQueryHandler<ListMeasures> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListMeasures): Promise<readonly MeasureView[]> {
    return readAs(this.work, asked.placeId ?? OVERSEER, (sql) => listMeasures(sql, asked));
  }
}
