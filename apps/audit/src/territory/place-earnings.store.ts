// What each place took in through vouchers of all programmes in a year of service, and where it is, with the event that says so.
import type { Sql } from '#libs/persistence';
import { yearDays, type PlaceEarned } from './place-earnings.decision.js';

/**
 * Also places that were accredited for a day of the year, had not left before it, and took nothing: that is a zero somebody can vouch for.
 */
export async function placeEarnings(sql: Sql, year: number): Promise<PlaceEarned[]> {
  const [first, last] = yearDays(year);
  return sql.$queryRaw<PlaceEarned[]>`
    with undone as materialized (select body ->> 'redemptionId' as id from audit.event where type = 'redemption.undone.v1'),
    taken as (
      select e.body ->> 'placeId' as place_id, sum((e.body ->> 'amountCents')::bigint)::float8 as cents, count(*)::int as redemptions
      from audit.event e
      where e.type = 'voucher.redeemed.v1' and e.body ->> 'serviceDate' between ${first}::text and ${last}::text
        and not exists (select from undone u where u.id = e.body ->> 'redemptionId')
      group by 1),
    gone as materialized (select d.body ->> 'placeId' as place_id, d.body ->> 'programmeId' as programme_id from audit.event d
      where d.type = 'place.departure_stated.v1' and d.body ->> 'from' <= ${first}::text and not exists (
        select from audit.event e where e.type = 'place.departure_ended.v1' and e.body ->> 'departureId' = d.body ->> 'departureId'
          and e.body ->> 'from' <= ${last}::text)),
    accredited as (select distinct body ->> 'placeId' as place_id from audit.event
      where type = 'place.accredited.v1' and body ->> 'from' <= ${last}::text and body ->> 'to' >= ${first}::text
        and (body ->> 'placeId', body ->> 'programmeId') not in (select place_id, programme_id from gone)),
    known as (select distinct on (body ->> 'placeId') body ->> 'placeId' as place_id, body ->> 'name' as name, body ->> 'commune' as commune, id,
        (body ->> 'latitude')::float8 as latitude, (body ->> 'longitude')::float8 as longitude
      from audit.event where type = 'place.accredited.v1' order by body ->> 'placeId', body ? 'commune' desc, seq desc)
    select coalesce(a.place_id, t.place_id)::uuid as "placeId", k.name, k.commune, k.latitude, k.longitude, k.id as "locatedBy",
      coalesce(t.cents, 0)::float8 as "takenCents", coalesce(t.redemptions, 0)::int as redemptions
    from accredited a full join taken t on t.place_id = a.place_id left join known k on k.place_id = coalesce(a.place_id, t.place_id)
    order by "takenCents" desc, 1`;
}
