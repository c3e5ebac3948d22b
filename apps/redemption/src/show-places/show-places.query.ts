import { Query } from '@nestjs/cqrs';
import type { PlacesAsked, PlaceView } from './place-view.store.js';

/** Newest first, from the one before `before` on. */
export class ListPlaces extends Query<readonly PlaceView[]> {
  constructor(readonly asked: PlacesAsked) {
    super();
  }
}
