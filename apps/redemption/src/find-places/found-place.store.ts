// The SQL of somebody who looks for a place: those that take vouchers today, the nearest first.
import type { ServiceCode } from '#libs/contracts';
import type { PlaceId, ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { FOUND_WITHIN_KM, OPERATOR_ZONE } from '../limits.js';

export type FoundPlace = Readonly<{
  placeId: PlaceId; name: string; siteName: string; timeZone: string; street: string | null; complement: string | null;
  postalCode: string | null; commune: string | null; inseeCode: string | null; telephone: string | null; website: string | null;
  appointmentPage: string | null;
  accessibilityPage: string | null; openingHours: string | null; at: Date;
  latitude: number | null; longitude: number | null;
  /** From the middle of what was asked for; null where one of both has no coordinates. */
  distanceKm: number | null;
  programmes: readonly Readonly<{ programmeId: ProgrammeId; name: string; services: ServiceCode[] }>[];
}>;
/** `where`: a commune or a postal code; null: anywhere, by name. */
export type PlacesWanted = Readonly<{ where: string | null; programmeId: ProgrammeId | null; rowsMax: number; at: Date | null }>;

/**
 * The middle of a commune is that of all its known places, accredited or not: no other list of coordinates is needed. What is asked
 * for is never a pattern.
 */
export function findPlaces(sql: Sql, { where, programmeId, rowsMax, at }: PlacesWanted): Promise<FoundPlace[]> {
  return sql.$queryRaw<FoundPlace[]>`
    with moment as (select n.at, (n.at at time zone ${OPERATOR_ZONE})::date as today from (select coalesce(${at}::timestamptz, clock_timestamp()) as at) n),
    middle as (
      select avg(latitude) as latitude, avg(longitude) as longitude from redemption.place_listing
      where ${where}::text is not null and latitude is not null
        and (postal_code = ${where}::text or lower(commune) = lower(${where}::text))),
    accredited as (
      select a.place_id, jsonb_agg(jsonb_build_object('programmeId', a.programme_id, 'name', p.name, 'services', a.services) order by p.name, a.programme_id) as programmes
      from moment, lateral (
        select distinct on (place_id, programme_id) place_id, programme_id, services from redemption.accreditation
        where today between from_day and to_day and (${programmeId}::uuid is null or programme_id = ${programmeId}::uuid)
        order by place_id, programme_id, version desc) a
      join redemption.known_programme p on p.programme_id = a.programme_id
      where not exists (
        select from redemption.measure_span m where m.place_id = a.place_id and m.programme_id = a.programme_id
          and m.from_day <= today and (m.until_day is null or m.until_day > today))
        and not exists (
          select from redemption.departure_span d where d.place_id = a.place_id and d.programme_id = a.programme_id
            and d.from_day <= today and (d.until_day is null or d.until_day > today))
      group by a.place_id),
    known as (
      select p.id, p.name, s.name as site_name, s.time_zone, l.*, moment.at, a.programmes,
        6371 * 2 * asin(sqrt(least(1, sin(radians(l.latitude - middle.latitude) / 2) ^ 2 + cos(radians(middle.latitude)) * cos(radians(l.latitude))
          * sin(radians(l.longitude - middle.longitude) / 2) ^ 2))) as km
      from accredited a join redemption.place p on p.id = a.place_id join redemption.site s on s.place_id = p.id
      left join redemption.place_listing l on l.place_id = p.id cross join middle cross join moment)
    select id as "placeId", name, site_name as "siteName", time_zone as "timeZone", street, complement, postal_code as "postalCode", commune,
      insee_code as "inseeCode", details ->> 'telephone' as telephone, details ->> 'site_web' as website,
      details ->> 'prise_rdv' as "appointmentPage", details ->> 'fiche_acces_libre' as "accessibilityPage", opening_hours as "openingHours", at,
      latitude, longitude, km as "distanceKm", programmes
    from known
    where ${where}::text is null or postal_code = ${where}::text or lower(commune) = lower(${where}::text) or lower(name) = lower(${where}::text)
      or km <= ${FOUND_WITHIN_KM}
    order by (postal_code = ${where}::text or lower(commune) = lower(${where}::text)) desc nulls last, km nulls last, name, id limit ${rowsMax}`;
}
