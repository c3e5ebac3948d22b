import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { ShowToday } from './show-redemptions.query.js';
import { redeemedToday, type Today } from './today.store.js';

@QueryHandler(ShowToday)
export class ShowTodayHandler implements IQueryHandler<ShowToday> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ placeId }: ShowToday): Promise<Today | undefined> {
    return redeemedToday(this.work.client, placeId, this.work.settings.clock.override());
  }
}
