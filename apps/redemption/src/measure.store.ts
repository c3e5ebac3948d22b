// The SQL of measures: suspensions and withdrawals of places, and what ended them.
import { PlaceReinstatedV1, type MeasureEnd, type MeasureReason } from '#libs/contracts';
import type { LocalDate, MeasureId, PlaceId, ProgrammeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { MeasureKind } from './measure.decision.js';

export type NewMeasure = Readonly<{
  measureId: MeasureId; placeId: PlaceId; programmeId: ProgrammeId; kind: MeasureKind; from: LocalDate;
  reason: MeasureReason; explanation: string;
  /** Meant for every programme of the place, those to come included. */
  wholePlace: boolean;
}>;

export async function insertMeasures(tx: Tx, measures: readonly NewMeasure[]): Promise<void> {
  for (const { measureId, placeId, programmeId, kind, from, reason, explanation, wholePlace } of measures) {
    await tx.sql.$executeRaw`
      insert into redemption.measure (id, place_id, programme_id, kind, from_day, reason, explanation, whole_place, decided_by, decided_at)
      values (${measureId}::uuid, ${placeId}::uuid, ${programmeId}::uuid, ${kind}, ${from}::date, ${reason}, ${explanation}, ${wholePlace},
        ${tx.origin.actor.id}, ${tx.now})`;
  }
}

export type StoredMeasure = Readonly<{
  measureId: MeasureId; placeId: PlaceId; programmeId: ProgrammeId; kind: MeasureKind; from: LocalDate;
}>;

/** Those that nothing has ended. The caller holds the lock of the place. */
export async function openMeasuresOf(tx: Tx, placeId: PlaceId): Promise<StoredMeasure[]> {
  return tx.sql.$queryRaw<StoredMeasure[]>`
    select id as "measureId", place_id as "placeId", programme_id as "programmeId", kind, from_day::text as "from"
    from redemption.measure_span where place_id = ${placeId}::uuid and until_day is null order by id`;
}

/** The suspension of everything that is open, the latest where a place has several; undefined: there is none. */
export async function openSuspensionOfPlace(tx: Tx, placeId: PlaceId): Promise<Pick<NewMeasure, 'from' | 'reason' | 'explanation'> | undefined> {
  const [row] = await tx.sql.$queryRaw<Pick<NewMeasure, 'from' | 'reason' | 'explanation'>[]>`
    select m.from_day::text as "from", m.reason, m.explanation from redemption.measure m join redemption.measure_span s on s.id = m.id
    where m.place_id = ${placeId}::uuid and m.kind = 'suspension' and m.whole_place and s.until_day is null order by m.id desc limit 1`;
  return row;
}

/** Whatever became of it. */
export async function readMeasure(tx: Tx, measureId: MeasureId): Promise<StoredMeasure> {
  const [row] = await tx.sql.$queryRaw<StoredMeasure[]>`
    select id as "measureId", place_id as "placeId", programme_id as "programmeId", kind, from_day::text as "from"
    from redemption.measure where id = ${measureId}::uuid`;
  return row!;
}

export type MeasuredPlace = Readonly<{ timeZone: string; programmeIds: readonly ProgrammeId[] }>;

/** With every programme that it was ever accredited for: a service of an accreditation that ended may still be claimed. */
export async function readMeasuredPlace(tx: Tx, placeId: PlaceId): Promise<MeasuredPlace | undefined> {
  const [row] = await tx.sql.$queryRaw<MeasuredPlace[]>`
    select s.time_zone as "timeZone",
      array(select distinct a.programme_id::text from redemption.accreditation a where a.place_id = s.place_id order by 1) as "programmeIds"
    from redemption.site s where s.place_id = ${placeId}::uuid`;
  return row;
}

type End = Readonly<{ how: MeasureEnd; explanation: string | null; from: (measure: StoredMeasure) => LocalDate }>;

/** The one way in which a measure ends, whoever ended it. */
export async function endMeasures(tx: Tx, measures: readonly StoredMeasure[], { how, explanation, from }: End): Promise<void> {
  for (const measure of measures) {
    const { measureId, placeId, programmeId } = measure;
    const day = from(measure);
    await tx.sql.$executeRaw`
      insert into redemption.measure_end (measure_id, how, from_day, explanation, ended_by, ended_at)
      values (${measureId}::uuid, ${how}, ${day}::date, ${explanation}, ${tx.origin.actor.id}, ${tx.now})`;
    await tx.emit(PlaceReinstatedV1, {
      subject: `measure:${measureId}`, subjectVersion: 2, body: { measureId, placeId, programmeId, how, from: day },
    });
  }
}
