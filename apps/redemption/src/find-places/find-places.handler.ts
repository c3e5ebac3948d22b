import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { FOUND_PLACES_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { hoursAt } from '../show-places/opening-hours.js';
import { FindPlaces, type PlaceToGo } from './find-places.query.js';
import { findPlaces } from './found-place.store.js';

@QueryHandler(FindPlaces)
export class FindPlacesHandler implements IQueryHandler<FindPlaces> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ where, programmeId }: FindPlaces): Promise<readonly PlaceToGo[]> {
    const at = this.work.settings.clock.override() ?? null;
    const places = await findPlaces(this.work.client, { where, programmeId, rowsMax: FOUND_PLACES_MAX, at });
    const shown: PlaceToGo[] = [];
    for (const place of places) {
      shown.push({ ...place, hours: place.openingHours === null ? undefined : hoursAt(place.openingHours, place, place.at) });
      // Tills of this process get their turn after each.
      await new Promise((resume) => { setImmediate(resume); });
    }
    return shown;
  }
}
