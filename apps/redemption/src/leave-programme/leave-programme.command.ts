import { Command } from '@nestjs/cqrs';
import type { DepartureId, LocalDate, PlaceId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

/** `programmeId` null: every programme that the place takes part in. `reason`: in its own words, or none. */
export type AskedDeparture = Readonly<{ placeId: PlaceId; programmeId: ProgrammeId | null; from: LocalDate; reason: string | null }>;
/** One per programme: each is taken back, and ends, by itself. */
export type StatedDepartures = Readonly<{
  placeId: PlaceId; from: LocalDate; departures: readonly Readonly<{ departureId: DepartureId; programmeId: ProgrammeId }>[];
}>;

/** A place takes part no longer, from a day on. Free of charge, and nobody has to agree. */
export class LeaveProgramme extends Command<StatedDepartures | Rejected> {
  constructor(readonly asked: AskedDeparture, readonly meta: Meta) {
    super();
  }
}

export type TakenBack = Readonly<{ departureId: DepartureId; programmeId: ProgrammeId }>;

/** Before the day has come: as if nothing had been said. */
export class TakeDepartureBack extends Command<TakenBack | Rejected> {
  constructor(readonly own: Readonly<{ departureId: DepartureId; placeId: PlaceId }>, readonly meta: Meta) {
    super();
  }
}
