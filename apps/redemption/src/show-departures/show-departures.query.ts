import { Query } from '@nestjs/cqrs';
import type { DepartureEnd } from '#libs/contracts';
import type { DepartureId, LocalDate, PlaceId, ProgrammeId } from '#libs/kernel';

export type DepartureView = Readonly<{
  departureId: DepartureId; placeId: PlaceId; programmeId: ProgrammeId; programmeName: string | null;
  from: LocalDate; until: LocalDate | null; reason: string | null; statedBy: string; statedAt: Date;
  how: DepartureEnd | null; endedAt: Date | null;
}>;
/** `placeId` null: of every place. `open`: those that nothing has ended, or the others. */
export type DeparturesAsked = Readonly<{ before: DepartureId | null; rowsMax: number; placeId: PlaceId | null; open: boolean | null }>;

/** Newest first. */
export class ListDepartures extends Query<readonly DepartureView[]> {
  constructor(readonly asked: DeparturesAsked) {
    super();
  }
}
