import type { ServiceCode } from '#libs/contracts';
import type { LocalDate, PlaceId, ProgrammeId, SiteId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type PlaceView = Readonly<{
  placeId: PlaceId; siret: string | null; name: string; siteId: SiteId; siteName: string; timeZone: string;
  street: string | null; postalCode: string | null; commune: string | null; inseeCode: string | null;
  /** As a file has them, understood or not; and the moment that is asked about. */
  openingHours: string | null; at: Date;
  /** The latest per programme. */
  accreditations: readonly Readonly<{
    programmeId: ProgrammeId; version: number; from: LocalDate; to: LocalDate; services: ServiceCode[];
  }>[];
}>;

export type PlacesAsked = Readonly<{
  before: PlaceId | null; rowsMax: number; search: string | null; placeId: PlaceId | null; accreditable: boolean | null; at: Date | null;
}>;

export function listPlaces(sql: Sql, { before, rowsMax, search, placeId, accreditable, at }: PlacesAsked): Promise<PlaceView[]> {
  return sql.$queryRaw<PlaceView[]>`
    select p.id as "placeId", p.siret, p.name, s.id as "siteId", s.name as "siteName", s.time_zone as "timeZone",
      l.street, l.postal_code as "postalCode", l.commune, l.insee_code as "inseeCode",
      l.opening_hours as "openingHours", n.at,
      coalesce((
        select jsonb_agg(jsonb_build_object('programmeId', a.programme_id, 'version', a.version, 'from', a.from_day, 'to', a.to_day, 'services', a.services) order by a.programme_id)
        from (select distinct on (programme_id) * from redemption.accreditation where place_id = p.id order by programme_id, version desc) a
      ), '[]') as accreditations
    from redemption.place p join redemption.site s on s.place_id = p.id
    left join redemption.place_listing l on l.place_id = p.id
    cross join (select coalesce(${at}::timestamptz, clock_timestamp()) as at) n
    where (${before}::uuid is null or p.id < ${before}::uuid) and (${placeId}::uuid is null or p.id = ${placeId}::uuid)
      and (${accreditable}::boolean is null or (p.siret is not null) = ${accreditable}::boolean)
      and (${search}::text is null or p.name ilike '%' || ${search}::text || '%' or l.commune ilike ${search}::text
        or l.postal_code = ${search}::text or l.insee_code = ${search}::text or p.siret = ${search}::text)
    order by p.id desc limit ${rowsMax}`;
}
