// Places that take vouchers, and which of them are near somebody.
import type { BodyOf, PlaceAccreditedV1, PlaceDepartureStatedV1, PlaceSuspendedV1 } from '#libs/contracts';
import type { LocalDate, PlaceId, ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

type Fact = BodyOf<typeof PlaceAccreditedV1>;

/** What an older accreditation says of where the place is does not replace what a later one said. */
export async function keepPlace(tx: Tx, fact: Fact, occurredAt: string): Promise<void> {
  const { placeId, name, address = null, commune = null, latitude = null, longitude = null } = fact;
  await tx.sql.$executeRaw`
    insert into issuance.known_place as k (place_id, name, address, commune, latitude, longitude, as_of)
    values (${placeId}::uuid, ${name}, ${address}, ${commune}, ${latitude}::float8, ${longitude}::float8, ${occurredAt}::timestamptz)
    on conflict (place_id) do update set name = excluded.name, address = excluded.address, commune = excluded.commune,
      latitude = excluded.latitude, longitude = excluded.longitude, as_of = excluded.as_of
    where k.as_of < excluded.as_of`;
}

export async function keepAccreditation(tx: Tx, { programmeId, placeId, accreditationVersion, from, to }: Fact): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.known_accreditation (programme_id, place_id, version, from_day, to_day)
    values (${programmeId}::uuid, ${placeId}::uuid, ${accreditationVersion}, ${from}::date, ${to}::date)
    on conflict (programme_id, place_id, version) do nothing`;
}

type Against = Pick<BodyOf<typeof PlaceSuspendedV1>, 'measureId' | 'placeId' | 'programmeId'>;

export async function keepMeasure(tx: Tx, { measureId, placeId, programmeId }: Against): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.known_measure (measure_id, place_id, programme_id) values (${measureId}::uuid, ${placeId}::uuid, ${programmeId}::uuid)`;
}

/** A measure may have several ends: an appeal may overturn what the operator had lifted. */
export async function keepMeasureEnd(tx: Tx, measureId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.known_measure_end (measure_id) values (${measureId}::uuid) on conflict (measure_id) do nothing`;
}

type Leaving = BodyOf<typeof PlaceDepartureStatedV1>;

export async function keepDeparture(tx: Tx, { departureId, placeId, programmeId, from }: Leaving): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.known_departure (departure_id, place_id, programme_id, from_day)
    values (${departureId}::uuid, ${placeId}::uuid, ${programmeId}::uuid, ${from}::date)`;
}

export async function keepDepartureEnd(tx: Tx, departureId: string): Promise<void> {
  await tx.sql.$executeRaw`insert into issuance.known_departure_end (departure_id) values (${departureId}::uuid)`;
}

/** `distanceKm` as the crow flies; null where the place, or whoever asks, is nowhere on the map. */
export type NearPlace = Readonly<{
  placeId: PlaceId; name: string; address: string | null; commune: string | null; distanceKm: number | null;
}>;
export type Near = Readonly<{
  programmeId: ProgrammeId;
  /** Places that take the programme's vouchers on this day or later. */
  day: LocalDate;
  /** INSEE codes of communes, or of départements (two or three characters). None: nowhere in particular. */
  areas: readonly string[];
  max: number;
}>;

/**
 * Those within the areas first, then by distance, then by name. Issuance has no map: the middle of an area is the middle of
 * the places known there, of any programme; of a commune without any, that of its département.
 */
export async function nearestPlaces(sql: Sql, { programmeId, day, areas, max }: Near): Promise<NearPlace[]> {
  const codes = [...areas];
  return sql.$queryRaw<NearPlace[]>`
    with area as (select a.code, case when a.code like '97%' or a.code like '98%' then left(a.code, 3) else left(a.code, 2) end as departement
      from unnest(${codes}::text[]) as a(code)),
    within as (select avg(k.latitude) as latitude, avg(k.longitude) as longitude from issuance.known_place k
      where exists (select from area a where k.commune like a.code || '%')),
    around as (select avg(k.latitude) as latitude, avg(k.longitude) as longitude from issuance.known_place k
      where exists (select from area a where k.commune like a.departement || '%')),
    middle as (select case when w.latitude is null then r.latitude else w.latitude end as latitude,
        case when w.latitude is null then r.longitude else w.longitude end as longitude from within w cross join around r),
    latest as (select distinct on (n.place_id) n.place_id, n.to_day from issuance.known_accreditation n
      where n.programme_id = ${programmeId}::uuid order by n.place_id, n.version desc)
    select k.place_id as "placeId", k.name, k.address, k.commune, round(d.km::numeric, 1)::float8 as "distanceKm"
    from latest l join issuance.known_place k on k.place_id = l.place_id cross join middle m
    cross join lateral (select sin(radians(k.latitude - m.latitude) / 2) ^ 2
      + cos(radians(k.latitude)) * cos(radians(m.latitude)) * sin(radians(k.longitude - m.longitude) / 2) ^ 2 as haversine) h
    cross join lateral (select case when h.haversine is not null then 12742 * asin(sqrt(least(1, h.haversine))) end as km) d
    where l.to_day >= ${day}::date
      and not exists (select from issuance.known_measure s where s.place_id = l.place_id and s.programme_id = ${programmeId}::uuid
        and not exists (select from issuance.known_measure_end e where e.measure_id = s.measure_id))
      and not exists (select from issuance.known_departure p where p.place_id = l.place_id and p.programme_id = ${programmeId}::uuid
        and p.from_day <= ${day}::date and not exists (select from issuance.known_departure_end e where e.departure_id = p.departure_id))
    order by exists (select from area a where k.commune like a.code || '%') desc, d.km nulls last, k.name, k.place_id
    limit ${max}::int`;
}
