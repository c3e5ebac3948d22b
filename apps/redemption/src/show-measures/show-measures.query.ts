import { Query } from '@nestjs/cqrs';
import type { MeasureEnd, MeasureReason } from '#libs/contracts';
import type { LocalDate, MeasureId, PlaceId, ProgrammeId } from '#libs/kernel';
import type { MeasureKind } from '../measure.decision.js';

export type MeasureView = Readonly<{
  measureId: MeasureId; placeId: PlaceId; programmeId: ProgrammeId; kind: MeasureKind; from: LocalDate; until: LocalDate | null;
  reason: MeasureReason; explanation: string; decidedBy: string; decidedAt: Date;
  ends: readonly Readonly<{ how: MeasureEnd; from: LocalDate; explanation: string | null }>[];
}>;
/** `placeId` null: of every place. `open`: those that nothing has ended, or the others. */
export type MeasuresAsked = Readonly<{ before: MeasureId | null; rowsMax: number; placeId: PlaceId | null; open: boolean | null }>;

/** Newest first. */
export class ListMeasures extends Query<readonly MeasureView[]> {
  constructor(readonly asked: MeasuresAsked) {
    super();
  }
}
