// The SQL of departures: places that leave a programme by themselves, and what ended that.
import { PlaceDepartureEndedV1, type DepartureEnd } from '#libs/contracts';
import type { DepartureId, LocalDate, PlaceId, ProgrammeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

export type NewDeparture = Readonly<{
  departureId: DepartureId; placeId: PlaceId; programmeId: ProgrammeId; from: LocalDate; reason: string | null;
}>;

export async function insertDepartures(tx: Tx, departures: readonly NewDeparture[]): Promise<void> {
  for (const { departureId, placeId, programmeId, from, reason } of departures) {
    await tx.sql.$executeRaw`
      insert into redemption.departure (id, place_id, programme_id, from_day, reason, stated_by, stated_at)
      values (${departureId}::uuid, ${placeId}::uuid, ${programmeId}::uuid, ${from}::date, ${reason}, ${tx.origin.actor.id}, ${tx.now})`;
  }
}

export type StoredDeparture = Readonly<{
  departureId: DepartureId; placeId: PlaceId; programmeId: ProgrammeId; from: LocalDate; statedAt: Date;
  /** Something has ended it. */
  isEnded: boolean;
}>;

/** Of one place. The caller holds the lock of the place. */
export const departuresOf = (tx: Tx, placeId: PlaceId): Promise<StoredDeparture[]> => tx.sql.$queryRaw<StoredDeparture[]>`
  select id as "departureId", place_id as "placeId", programme_id as "programmeId", from_day::text as "from", stated_at as "statedAt",
    until_day is not null as "isEnded"
  from redemption.departure_span where place_id = ${placeId}::uuid order by id`;

export type LeavingPlace = Readonly<{
  timeZone: string;
  /** Every programme that it was ever accredited for, with the last day of its accreditations that count. */
  programmes: readonly Readonly<{ programmeId: ProgrammeId; until: LocalDate }>[];
}>;

export async function readLeavingPlace(tx: Tx, placeId: PlaceId): Promise<LeavingPlace | undefined> {
  const [row] = await tx.sql.$queryRaw<LeavingPlace[]>`
    select s.time_zone as "timeZone", coalesce((
      select jsonb_agg(jsonb_build_object('programmeId', a.programme_id, 'until', a.to_day) order by a.programme_id)
      from (select distinct on (programme_id) programme_id, to_day from redemption.accreditation
        where place_id = s.place_id order by programme_id, version desc) a), '[]') as programmes
    from redemption.site s where s.place_id = ${placeId}::uuid`;
  return row;
}

/** The one way in which a departure ends, whoever ended it. */
export async function endDeparture(
  tx: Tx, { departureId, placeId, programmeId }: StoredDeparture, { how, from }: Readonly<{ how: DepartureEnd; from: LocalDate }>,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.departure_end (departure_id, how, from_day, ended_by, ended_at)
    values (${departureId}::uuid, ${how}, ${from}::date, ${tx.origin.actor.id}, ${tx.now})`;
  await tx.emit(PlaceDepartureEndedV1, {
    subject: `departure:${departureId}`, subjectVersion: 2, body: { departureId, placeId, programmeId, how, from },
  });
}
