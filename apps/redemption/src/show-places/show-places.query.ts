import { Query } from '@nestjs/cqrs';
import type { HoursAt } from './opening-hours.js';
import type { PlacesAsked, PlaceView } from './place-view.store.js';

/** With what its hours say of the moment; undefined where there are none, or they are not understood. */
export type ShownPlace = PlaceView & Readonly<{ hours: HoursAt | undefined }>;

/** Newest first, from the one before `before` on. */
export class ListPlaces extends Query<readonly ShownPlace[]> {
  constructor(readonly asked: PlacesAsked) {
    super();
  }
}
