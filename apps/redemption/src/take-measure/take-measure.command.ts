import { Command } from '@nestjs/cqrs';
import type { MeasureReason } from '#libs/contracts';
import type { LocalDate, MeasureId, PlaceId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { MeasureKind } from '../measure.decision.js';

/** `programmeId` null: every programme that the place was accredited for. `from` null: today at its site. */
export type AskedMeasure = Readonly<{
  kind: MeasureKind; placeId: PlaceId; programmeId: ProgrammeId | null; from: LocalDate | null; reason: MeasureReason; explanation: string;
}>;
/** One measure per programme: each is appealed against, and ends, by itself. */
export type TakenMeasures = Readonly<{
  placeId: PlaceId; from: LocalDate; measures: readonly Readonly<{ measureId: MeasureId; programmeId: ProgrammeId }>[];
}>;

/** Suspends a place, or withdraws its accreditation. In force at its commit, for every service from a day on. */
export class TakeMeasure extends Command<TakenMeasures | Rejected> {
  constructor(readonly asked: AskedMeasure, readonly meta: Meta) {
    super();
  }
}
