import { Query } from '@nestjs/cqrs';
import type { PlaceId } from '#libs/kernel';
import type { PlaceView } from './place-view.store.js';

/** Newest first, from the one before `before` on. */
export class ListPlaces extends Query<readonly PlaceView[]> {
  constructor(readonly before: PlaceId | null, readonly rowsMax: number) {
    super();
  }
}
