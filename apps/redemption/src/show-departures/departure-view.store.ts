import type { Sql } from '#libs/persistence';
import type { DeparturesAsked, DepartureView } from './show-departures.query.js';

export const listDepartures = (sql: Sql, { before, rowsMax, placeId, open }: DeparturesAsked): Promise<DepartureView[]> =>
  sql.$queryRaw<DepartureView[]>`
    select d.id as "departureId", d.place_id as "placeId", d.programme_id as "programmeId", p.name as "programmeName", d.from_day::text as "from",
      e.from_day::text as "until", d.reason, d.stated_by as "statedBy", d.stated_at as "statedAt", e.how, e.ended_at as "endedAt"
    from redemption.departure d left join redemption.departure_end e on e.departure_id = d.id
    join redemption.known_programme p on p.programme_id = d.programme_id
    where (${before}::uuid is null or d.id < ${before}::uuid) and (${placeId}::uuid is null or d.place_id = ${placeId}::uuid)
      and (${open}::boolean is null or (e.departure_id is null) = ${open}::boolean)
    order by d.id desc limit ${rowsMax}::int`;
