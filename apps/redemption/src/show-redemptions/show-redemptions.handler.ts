import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER, readAs } from '#libs/persistence';
import { RedemptionWork } from '../redemption.work.js';
import { redemptionHistory } from './redemption-history.listing.js';
import { ListRedemptions, ShowToday, type RedemptionRow } from './show-redemptions.query.js';
import { redeemedToday, type Today } from './today.store.js';

@QueryHandler(ShowToday)
export class ShowTodayHandler implements IQueryHandler<ShowToday> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ placeId }: ShowToday): Promise<Today | undefined> {
    const now = this.work.settings.clock.override();
    return readAs(this.work, placeId, (sql) => redeemedToday(sql, placeId, now));
  }
}

@QueryHandler(ListRedemptions)
export class ListRedemptionsHandler implements IQueryHandler<ListRedemptions> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ placeId, asked }: ListRedemptions): Promise<ListingPage<RedemptionRow>> {
    return readListing<RedemptionRow>(this.work, redemptionHistory, { reader: placeId ?? OVERSEER, rights: [placeId] }, asked);
  }
}
