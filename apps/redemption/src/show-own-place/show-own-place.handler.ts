import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { hoursAt } from '../show-places/opening-hours.js';
import { ShowOwnPlace, type OwnPlace } from './own-place.query.js';
import { readOwnPlace } from './own-place.store.js';

@QueryHandler(ShowOwnPlace)
export class ShowOwnPlaceHandler implements IQueryHandler<ShowOwnPlace> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ placeId }: ShowOwnPlace): Promise<OwnPlace | undefined> {
    const place = await readOwnPlace(this.work.client, placeId, this.work.settings.clock.override() ?? null);
    return place && { ...place, hours: place.openingHours === null ? undefined : hoursAt(place.openingHours, place, place.at) };
  }
}
