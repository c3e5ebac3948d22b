import { Command, Query } from '@nestjs/cqrs';
import type { FileImportId, Rejected } from '#libs/kernel';
import type { RequestMeta } from '#libs/persistence';
import type { ZoneWish } from './decide-zones.decision.js';
import type { Changes, Version } from './zone-version.store.js';

/** A version comes into force, or never will. */
export class DecideZones extends Command<null | Rejected> {
  constructor(readonly importId: FileImportId, readonly wish: ZoneWish, readonly meta: RequestMeta) {
    super();
  }
}

export class ListZoneVersions extends Query<readonly Version[]> {}

/** Against what is in force now; undefined: no such version. `comparedWith`: null where none is in force. */
export class CompareZones extends Query<Readonly<{ comparedWith: FileImportId | null; changes: Changes }> | undefined> {
  constructor(readonly importId: FileImportId, readonly asked: Readonly<{ after: string; rowsMax: number }>) {
    super();
  }
}
