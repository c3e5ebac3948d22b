import { Query } from '@nestjs/cqrs';
import type { PlaceId, SessionId } from '#libs/kernel';
import type { HeldSession } from './session.store.js';

/** A workshop of a place with what stands of it; undefined where the place held none under this id. */
export class ShowSession extends Query<HeldSession | undefined> {
  constructor(readonly placeId: PlaceId, readonly sessionId: SessionId) {
    super();
  }
}
