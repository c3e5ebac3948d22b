import { Query } from '@nestjs/cqrs';
import type { Counted } from '#libs/figures';
import type { Month, Rejected } from '#libs/kernel';
import type { CountedAsked, CountedEvent } from './counted-events.store.js';
import type { Release, ReleasesAsked } from './release.store.js';

/** Newest first. */
export class ListReleases extends Query<Release[]> {
  constructor(readonly asked: ReleasesAsked) {
    super();
  }
}

export class ShowRelease extends Query<Release | undefined> {
  constructor(readonly month: Month) {
    super();
  }
}

/** `counted` null: a month of the first format, which did not say. */
export type CountedEvents = Readonly<{ counted: Counted | null; events: readonly CountedEvent[] }>;

/** As they were said. */
export class ListCountedEvents extends Query<CountedEvents | Rejected> {
  constructor(readonly asked: CountedAsked) {
    super();
  }
}
