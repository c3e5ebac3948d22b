// Which programmes a measure hits, and from which day. It never reaches back: what was redeemed before it was decided stands.
import { reject, type LocalDate, type ProgrammeId, type Rejected } from '#libs/kernel';
import type { MeasureKind } from '../measure.decision.js';
import type { RefusalCode } from '../refusals.js';

export type Measurable = Readonly<{
  today: LocalDate;
  /** Ever accredited for. */
  programmeIds: readonly ProgrammeId[];
  open: readonly Readonly<{ programmeId: ProgrammeId; kind: MeasureKind }>[];
}>;
export type WantedMeasure = Readonly<{ kind: MeasureKind; programmeId: ProgrammeId | null; from: LocalDate | null }>;
export type DecidedMeasure = Readonly<{ kind: 'taken'; from: LocalDate; programmeIds: readonly ProgrammeId[] }>;

export function decideMeasure(
  place: Measurable | undefined, { kind, programmeId, from }: WantedMeasure,
): DecidedMeasure | Rejected<RefusalCode> {
  if (!place) return reject('place_not_found');
  if (from !== null && from < place.today) return reject('measure_day_past', { today: place.today });
  const asked = programmeId === null ? place.programmeIds : place.programmeIds.filter((id) => id === programmeId);
  if (asked.length === 0) return reject('place_never_accredited');
  // A place that is withdrawn has nothing left to suspend; one that is suspended may still be withdrawn.
  const already = (id: ProgrammeId) => place.open.some((one) => one.programmeId === id && (one.kind === kind || one.kind === 'withdrawal'));
  const programmeIds = asked.filter((id) => !already(id));
  if (programmeIds.length === 0) return reject('measure_taken');
  return { kind: 'taken', from: from ?? place.today, programmeIds };
}
