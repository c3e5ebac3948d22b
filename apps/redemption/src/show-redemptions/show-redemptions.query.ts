import { Query } from '@nestjs/cqrs';
import type { PlaceId } from '#libs/kernel';
import type { Today } from './today.store.js';

/** What a place redeemed today, in the time zone of its site; undefined for a place that is not registered. */
export class ShowToday extends Query<Today | undefined> {
  constructor(readonly placeId: PlaceId) {
    super();
  }
}
