import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { hoursAt } from './opening-hours.js';
import { listPlaces } from './place-view.store.js';
import { ListPlaces, type ShownPlace } from './show-places.query.js';

@QueryHandler(ListPlaces)
export class ListPlacesHandler implements IQueryHandler<ListPlaces> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ asked }: ListPlaces): Promise<readonly ShownPlace[]> {
    const places = await listPlaces(this.work.client, { ...asked, at: asked.at ?? this.work.settings.clock.override() ?? null });
    const shown: ShownPlace[] = [];
    for (const place of places) {
      shown.push({ ...place, hours: place.openingHours === null ? undefined : hoursAt(place.openingHours, place, place.at) });
      // Tills of this process get their turn after each: a millisecond, and some thirty where a text is as wild as it may be.
      await new Promise((resume) => { setImmediate(resume); });
    }
    return shown;
  }
}
