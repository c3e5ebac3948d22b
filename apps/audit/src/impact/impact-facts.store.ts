// The facts behind the impact of a programme, from audit's copy of the events, by the month of service.
import type { Facts } from '#libs/figures';
import { addDays, firstDayOf, monthAfter, type Month } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

/** Whole months, both included. */
export type Period = Readonly<{ programmeId: string; from: Month; to: Month }>;

const DAY_MS = 86_400_000;

type Row = Omit<Facts, 'centsOfPlaces' | 'days' | 'firstVisits'> & Readonly<{ firstVisits: number; firstVisitsSaid: number; placeCents: number[] | null }>;

/** What was undone is no service. */
export async function impactFacts(sql: Sql, { programmeId, from, to }: Period): Promise<Facts> {
  const [first, last] = [firstDayOf(from), addDays(firstDayOf(monthAfter(to)), -1)];
  const [row] = await sql.$queryRaw<Row[]>`
    with batch as materialized (select body ->> 'batchId' as id, coalesce((body ->> 'bookletSize')::int, 1) as booklet_size
      from audit.event where type = 'batch.created.v1'),
    place as materialized (select distinct on (body ->> 'placeId') body ->> 'placeId' as id, body ->> 'commune' as commune
      from audit.event where type = 'place.accredited.v1' and body ? 'commune' order by body ->> 'placeId', seq desc),
    undone as materialized (select body ->> 'redemptionId' as id from audit.event
      where type = 'redemption.undone.v1' and body ->> 'programmeId' = ${programmeId}::text),
    used as materialized (
      select e.body, (e.body ->> 'amountCents')::bigint as cents, e.body ->> 'batchId' as batch_id, p.commune,
        case when b.booklet_size > 1 then (e.body ->> 'voucherIndex')::int / b.booklet_size end as booklet
      from audit.event e left join batch b on b.id = e.body ->> 'batchId' left join place p on p.id = e.body ->> 'placeId'
      where e.type = 'voucher.redeemed.v1' and e.body ->> 'programmeId' = ${programmeId}::text
        and e.body ->> 'serviceDate' between ${first}::text and ${last}::text
        and not exists (select from undone u where u.id = e.body ->> 'redemptionId'))
    select count(*)::int as redemptions, coalesce(sum(cents), 0)::float8 as "redeemedCents",
      sum((body ->> 'durationMinutes')::int)::int as minutes, count(*) filter (where body ? 'durationMinutes')::int as "redemptionsWithMinutes",
      count(distinct (batch_id, booklet))::int as people, count(*) filter (where (body ->> 'firstVisit')::boolean)::int as "firstVisits",
      count(*) filter (where body ? 'firstVisit')::int as "firstVisitsSaid", count(distinct body ->> 'sessionId')::int as workshops,
      count(distinct body ->> 'service')::int as services, count(distinct commune)::int as communes,
      (select array_agg(p.cents order by p.cents desc) from (select sum(cents)::float8 as cents from used group by body ->> 'placeId') p) as "placeCents"
    from used`;
  const { firstVisits, firstVisitsSaid, placeCents, ...facts } = row!;
  const days = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
  return { ...facts, firstVisits: firstVisitsSaid === 0 ? null : firstVisits, centsOfPlaces: placeCents ?? [], days };
}

/** Did this payer pay for vouchers of the programme that were activated? Asked as its reader: the database knows whose those are. */
export async function paysFor(sql: Sql, programmeId: string, payerId: string): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ pays: boolean | null }[]>`
    select audit.reading_party() = ${payerId}::uuid and ${programmeId}::text in (select audit.programmes_of_reader()) as pays`;
  return row!.pays === true;
}
