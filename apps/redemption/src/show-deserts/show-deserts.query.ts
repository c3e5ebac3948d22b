import { Query } from '@nestjs/cqrs';
import type { LocalDate, ProgrammeId, Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import type { CommuneZones, ListInForce } from '../import-zones/zone-row.store.js';
import type { AccreditedPlace, CommuneReach } from './deserts.decision.js';

/** `zones` undefined: no list in force names the commune. */
export type ZonedCommune = CommuneReach & Readonly<{ zones: CommuneZones | undefined }>;
export type Deserts = Readonly<{
  on: LocalDate; communes: readonly ZonedCommune[]; zoneLists: readonly ListInForce[]; accredited: readonly AccreditedPlace[];
  placesWithoutCommune: number; imports: readonly Readonly<{ importId: string; places: number }>[];
}>;

/** Of a programme, today. */
export class ShowDeserts extends Query<Deserts | Rejected<RefusalCode>> {
  constructor(readonly programmeId: ProgrammeId, readonly farKm: number) {
    super();
  }
}
