import type { LocalDate, PlaceId, ProgrammeId, SiteId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type PlaceView = Readonly<{
  placeId: PlaceId; siret: string; name: string; siteId: SiteId; siteName: string; timeZone: string;
  /** The latest per programme. */
  accreditations: readonly Readonly<{ programmeId: ProgrammeId; version: number; from: LocalDate; to: LocalDate }>[];
}>;

export function listPlaces(sql: Sql, before: PlaceId | null, rowsMax: number): Promise<PlaceView[]> {
  return sql.$queryRaw<PlaceView[]>`
    select p.id as "placeId", p.siret, p.name, s.id as "siteId", s.name as "siteName", s.time_zone as "timeZone",
      coalesce((
        select jsonb_agg(jsonb_build_object('programmeId', a.programme_id, 'version', a.version, 'from', a.from_day, 'to', a.to_day) order by a.programme_id)
        from (select distinct on (programme_id) * from redemption.accreditation where place_id = p.id order by programme_id, version desc) a
      ), '[]') as accreditations
    from redemption.place p join redemption.site s on s.place_id = p.id
    where ${before}::uuid is null or p.id < ${before}::uuid
    order by p.id desc limit ${rowsMax}`;
}
