import { Query } from '@nestjs/cqrs';
import type { LocalDate, ProgrammeId, Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import type { AccreditedPlace, CommuneReach } from './deserts.decision.js';

export type Deserts = Readonly<{
  on: LocalDate; communes: readonly CommuneReach[]; accredited: readonly AccreditedPlace[];
  placesWithoutCommune: number; imports: readonly Readonly<{ importId: string; places: number }>[];
}>;

/** Of a programme, today. */
export class ShowDeserts extends Query<Deserts | Rejected<RefusalCode>> {
  constructor(readonly programmeId: ProgrammeId, readonly farKm: number) {
    super();
  }
}
