import { Query } from '@nestjs/cqrs';
import type { Month } from '#libs/kernel';
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
