// What services came to by area, from audit's copy of the events. An area is known by the commune that a place was accredited in; which
// communes an EPCI has, by the rules of the programmes that name it. What nobody told has no code, and is never left out.
import { addDays, firstDayOf, monthAfter, type Month, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export const AREA_KINDS = ['commune', 'epci', 'departement', 'programme'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];
/** Whole months of service, both included. */
export type AreasAsked = Readonly<{ programmeId: ProgrammeId; from: Month; to: Month }>;
export type AreaFacts = Readonly<{
  kind: AreaKind;
  /** Null: nobody told where these places are, or of which EPCI their commune is. Of the whole programme its id. */
  code: string | null;
  redemptions: number; redeemedCents: number;
  /** Booklets of which something was used, and one for all loose vouchers of a batch: at least so many people. */
  people: number; places: number;
  /** Null where no till said how long a service took. */
  minutes: number | null;
}>;

/** What was undone is no service. The whole programme comes last. */
export async function areaFacts(sql: Sql, { programmeId, from, to }: AreasAsked): Promise<AreaFacts[]> {
  const [first, last] = [firstDayOf(from), addDays(firstDayOf(monthAfter(to)), -1)];
  return sql.$queryRaw<AreaFacts[]>`
    with batch as materialized (select body ->> 'batchId' as id, coalesce((body ->> 'bookletSize')::int, 1) as booklet_size
      from audit.event where type = 'batch.created.v1'),
    place as materialized (select distinct on (body ->> 'placeId') body ->> 'placeId' as id, body ->> 'commune' as commune
      from audit.event where type = 'place.accredited.v1' and body ? 'commune' order by body ->> 'placeId', seq desc),
    epci as materialized (select distinct on (c.commune) c.commune, part ->> 'code' as code
      from audit.event e cross join jsonb_array_elements(e.body -> 'territory') part cross join jsonb_array_elements_text(part -> 'communes') c(commune)
      where e.type = 'programme.published.v1' and part ->> 'kind' = 'epci' order by c.commune, e.seq desc),
    undone as materialized (select body ->> 'redemptionId' as id from audit.event
      where type = 'redemption.undone.v1' and body ->> 'programmeId' = ${programmeId}::text),
    used as (
      select p.commune, case when p.commune ~ '^9[78]' then left(p.commune, 3) else left(p.commune, 2) end as departement, c.code as epci,
        (e.body ->> 'amountCents')::bigint as cents, e.body ->> 'placeId' as place_id, (e.body ->> 'durationMinutes')::int as minutes,
        e.body ->> 'batchId' as batch_id, case when b.booklet_size > 1 then (e.body ->> 'voucherIndex')::int / b.booklet_size end as booklet
      from audit.event e left join batch b on b.id = e.body ->> 'batchId' left join place p on p.id = e.body ->> 'placeId'
      left join epci c on c.commune = p.commune
      where e.type = 'voucher.redeemed.v1' and e.body ->> 'programmeId' = ${programmeId}::text
        and e.body ->> 'serviceDate' between ${first}::text and ${last}::text
        and not exists (select from undone u where u.id = e.body ->> 'redemptionId'))
    select case grouping(commune, epci, departement) when 3 then 'commune' when 5 then 'epci' when 6 then 'departement' else 'programme' end as kind,
      case grouping(commune, epci, departement) when 3 then commune when 5 then epci when 6 then departement else ${programmeId}::text end as code,
      count(*)::int as redemptions, coalesce(sum(cents), 0)::float8 as "redeemedCents", count(distinct (batch_id, booklet))::int as people,
      count(distinct place_id)::int as places, sum(minutes)::int as minutes
    from used group by grouping sets ((commune), (epci), (departement), ())
    order by grouping(commune, epci, departement), code nulls last`;
}

/** The last number of redemption's that audit keeps: who counts the events again counts up to there. */
export async function readUpTo(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ seq: number }[]>`select coalesce(max(seq), 0)::float8 as seq from audit.event where sender = 'redemption'`;
  return row!.seq;
}
