import { Query } from '@nestjs/cqrs';
import type { CommuneZones, ListInForce } from '../import-zones/zone-row.store.js';

export type Zones = Readonly<{ lists: readonly ListInForce[]; communes: readonly CommuneZones[] }>;

/** Of these communes, by the lists in force. */
export class ShowZones extends Query<Zones> {
  constructor(readonly communes: readonly string[]) {
    super();
  }
}
