import type { PlaceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { OwnPlaceRow } from './own-place.query.js';

/** `at` null: now, by the database's clock. Questionnaires count from a day of the operator's calendar. */
export async function readOwnPlace(sql: Sql, placeId: PlaceId, at: Date | null): Promise<OwnPlaceRow | undefined> {
  const [row] = await sql.$queryRaw<OwnPlaceRow[]>`
    select p.id as "placeId", p.siret, p.name, s.name as "siteName", s.time_zone as "timeZone", l.street, l.complement, l.postal_code as "postalCode",
      l.commune, l.insee_code as "inseeCode", l.services, l.opening_hours as "openingHours", l.updated_on::text as "updatedOn", l.details, n.at,
      (select coalesce(array_agg(distinct o.source order by o.source), '{}') from redemption.place_source o where o.place_id = p.id) as sources,
      coalesce((select jsonb_agg(jsonb_build_object('programmeId', a.programme_id, 'programmeName', k.name, 'version', a.version, 'from', a.from_day,
          'to', a.to_day, 'services', a.services, 'createdAt', a.created_at,
          'leavesFrom', (select d.from_day from redemption.departure_span d where d.place_id = a.place_id and d.programme_id = a.programme_id and d.until_day is null),
          'isLatest', a.version = (select max(o.version) from redemption.accreditation o where o.place_id = a.place_id and o.programme_id = a.programme_id))
          order by a.created_at desc, a.version desc)
        from redemption.accreditation a left join redemption.known_programme k on k.programme_id = a.programme_id where a.place_id = p.id), '[]') as accreditations,
      coalesce((select jsonb_agg(distinct jsonb_build_object('programmeId', q.programme_id, 'programmeName', k.name))
        from redemption.questionnaire q join redemption.known_programme k on k.programme_id = q.programme_id
        where q.from_day <= (n.at at time zone 'Europe/Paris')::date), '[]') as "openProgrammes"
    from redemption.place p join redemption.site s on s.place_id = p.id
    left join redemption.place_listing l on l.place_id = p.id
    cross join (select coalesce(${at}::timestamptz, clock_timestamp()) as at) n
    where p.id = ${placeId}::uuid`;
  return row;
}
