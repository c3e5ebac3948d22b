// The SQL of deserts: what the directory of places knows of communes, and which places take vouchers of a programme today.
import type { ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { AccreditedPlace, DirectoryCommune, Position } from './deserts.decision.js';

type Placed<Row> = Omit<Row, 'position'> & Readonly<{ latitude: number | null; longitude: number | null }>;
const positionOf = ({ latitude, longitude }: Readonly<{ latitude: number | null; longitude: number | null }>): Position | null =>
  (latitude === null || longitude === null ? null : { latitude, longitude });

export type Directory = Readonly<{
  communes: readonly DirectoryCommune[];
  /** Of which nobody can say the commune. */
  placesWithoutCommune: number;
}>;

/**
 * Half of the published rows have no INSEE code: such a place is in the one commune that other rows know by the same postal code and
 * name, and in none where they know several, or no such one.
 */
export async function readDirectory(sql: Sql): Promise<Directory> {
  const rows = await sql.$queryRaw<Placed<Omit<DirectoryCommune, 'code'> & Readonly<{ code: string | null }>>[]>`
    with named as (
      select postal_code, lower(commune) as name, min(insee_code) as code from redemption.place_listing
      where insee_code is not null and commune is not null group by 1, 2 having count(distinct insee_code) = 1),
    located as (
      select coalesce(l.insee_code, n.code) as code, l.commune, l.latitude, l.longitude
      from redemption.place_listing l
      left join named n on l.insee_code is null and n.postal_code = l.postal_code and n.name = lower(l.commune))
    select code, mode() within group (order by commune) as name, count(*)::int as "listedPlaces", avg(latitude) as latitude, avg(longitude) as longitude
    from located group by code`;
  return {
    communes: rows.flatMap(({ code, name, listedPlaces, ...row }) =>
      (code === null ? [] : [{ code, name, listedPlaces, position: positionOf(row) }])),
    placesWithoutCommune: rows.find(({ code }) => code === null)?.listedPlaces ?? 0,
  };
}

/** In force today, not suspended, withdrawn or left. Where a place is was said when it was accredited, or stands in the directory. */
export async function accreditedPlaces(sql: Sql, programmeId: ProgrammeId, today: string): Promise<AccreditedPlace[]> {
  const rows = await sql.$queryRaw<Placed<AccreditedPlace>[]>`
    select p.id as "placeId", p.name, coalesce(a.commune, l.insee_code) as commune, l.latitude, l.longitude
    from (
      select distinct on (place_id) place_id, commune from redemption.accreditation
      where programme_id = ${programmeId}::uuid and ${today}::date between from_day and to_day order by place_id, version desc) a
    join redemption.place p on p.id = a.place_id left join redemption.place_listing l on l.place_id = p.id
    where not exists (
      select from redemption.measure_span m where m.place_id = a.place_id and m.programme_id = ${programmeId}::uuid
        and m.from_day <= ${today}::date and (m.until_day is null or m.until_day > ${today}::date))
      and not exists (
        select from redemption.departure_span d where d.place_id = a.place_id and d.programme_id = ${programmeId}::uuid
          and d.from_day <= ${today}::date and (d.until_day is null or d.until_day > ${today}::date))`;
  return rows.map(({ placeId, name, commune, ...row }) => ({ placeId, name, commune, position: positionOf(row) }));
}

/** The imports that the directory is of: who asks how it knows is shown their rows. */
export async function directoryImports(sql: Sql): Promise<readonly Readonly<{ importId: string; places: number }>[]> {
  return sql.$queryRaw`
    select made_by as "importId", count(*)::int as places from redemption.place_listing group by made_by order by made_by desc`;
}
