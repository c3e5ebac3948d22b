import { Query } from '@nestjs/cqrs';
import type { Month } from '#libs/kernel';
import type { Release } from './release.store.js';

export type ReleasesAsked = Readonly<{ before: Month | null; rowsMax: number }>;

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
