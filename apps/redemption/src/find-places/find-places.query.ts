import { Query } from '@nestjs/cqrs';
import type { ProgrammeId } from '#libs/kernel';
import type { HoursAt } from '../show-places/opening-hours.js';
import type { FoundPlace } from './found-place.store.js';

/** With what its hours say of now; undefined where there are none, or they are not understood. */
export type PlaceToGo = FoundPlace & Readonly<{ hours: HoursAt | undefined }>;

export class FindPlaces extends Query<readonly PlaceToGo[]> {
  constructor(readonly where: string | null, readonly programmeId: ProgrammeId | null) {
    super();
  }
}
