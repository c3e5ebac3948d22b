// The figures of one month, from audit's copy of the events. A booklet is a person; loose vouchers of one batch may all be one person's,
// whatever their number. What was undone until now is no service.
import type { Month } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { OPERATOR_ZONE } from '../limits.js';

export type Rendered = Readonly<{ redemptions: number; amountCents: number; places: number; minutes: number | null; people: number }>;
export type ServiceFigures = Rendered & Readonly<{ programmeId: string; departement: string | null; service: string | null }>;
export type ProgrammeFlows = Readonly<{
  programmeId: string; name: string; activatedCents: number; expiredCents: number;
  /** Vouchers, and the people that they went to at least. */
  handedOver: number; handedOverPeople: number;
}>;

const bounds = (month: Month) => [`${month}-01`, OPERATOR_ZONE] as const;

/** Two kinds of rows: one per programme (`departement` and `service` null, `isTotal`), and one per group of it. */
export async function renderedIn(sql: Sql, month: Month): Promise<readonly (ServiceFigures & { isTotal: boolean })[]> {
  const [first, zone] = bounds(month);
  return sql.$queryRaw<(ServiceFigures & { isTotal: boolean })[]>`
    with bound as (select ${first}::timestamp at time zone ${zone} as begin, (${first}::timestamp + interval '1 month') at time zone ${zone} as finish),
    batch as materialized (select body ->> 'batchId' as id, coalesce((body ->> 'bookletSize')::int, 1) as booklet_size
      from audit.event where type = 'batch.created.v1'),
    place as materialized (select distinct on (body ->> 'placeId') body ->> 'placeId' as id, body ->> 'commune' as commune
      from audit.event where type = 'place.accredited.v1' and body ? 'commune' order by body ->> 'placeId', seq desc),
    undone as materialized (select body ->> 'redemptionId' as id from audit.event, bound where type = 'redemption.undone.v1' and occurred_at >= begin),
    used as (
      select e.body ->> 'programmeId' as programme_id, case when p.commune ~ '^9[78]' then left(p.commune, 3) else left(p.commune, 2) end as departement,
        e.body ->> 'service' as service, (e.body ->> 'amountCents')::bigint as cents, e.body ->> 'placeId' as place_id,
        (e.body ->> 'durationMinutes')::int as minutes, e.body ->> 'batchId' as batch_id,
        case when b.booklet_size > 1 then (e.body ->> 'voucherIndex')::int / b.booklet_size end as booklet
      from audit.event e cross join bound left join batch b on b.id = e.body ->> 'batchId' left join place p on p.id = e.body ->> 'placeId'
      where e.type = 'voucher.redeemed.v1' and e.occurred_at >= begin and e.occurred_at < finish
        and not exists (select from undone u where u.id = e.body ->> 'redemptionId'))
    select programme_id::uuid as "programmeId", departement, service, count(*)::int as redemptions, sum(cents)::float8 as "amountCents",
      count(distinct place_id)::int as places, sum(minutes)::int as minutes, count(distinct (batch_id, booklet))::int as people,
      grouping(departement) = 1 as "isTotal"
    from used group by grouping sets ((programme_id), (programme_id, departement, service)) order by 1, 2 nulls last, 3 nulls last`;
}

/** Of every programme that was ever published. */
export async function flowsIn(sql: Sql, month: Month): Promise<readonly ProgrammeFlows[]> {
  const [first, zone] = bounds(month);
  return sql.$queryRaw<ProgrammeFlows[]>`
    with bound as (select ${first}::timestamp at time zone ${zone} as begin, (${first}::timestamp + interval '1 month') at time zone ${zone} as finish),
    programme as (select distinct on (body ->> 'programmeId') body ->> 'programmeId' as id, body ->> 'name' as name
      from audit.event, bound where type = 'programme.published.v1' and occurred_at < finish order by body ->> 'programmeId', seq desc),
    batch as materialized (select body ->> 'batchId' as id, body ->> 'programmeId' as programme_id, coalesce((body ->> 'bookletSize')::int, 1) as booklet_size
      from audit.event where type = 'batch.created.v1'),
    flow as (
      select b.programme_id, e.type, b.booklet_size, (e.body ->> 'amountCents')::bigint as cents,
        (e.body ->> 'last')::int - (e.body ->> 'first')::int + 1 as vouchers
      from audit.event e cross join bound join batch b on b.id = e.body ->> 'batchId'
      where e.type in ('range.activated.v1', 'range.handed_over.v1', 'voucher.expired_chunk.v1') and e.occurred_at >= begin and e.occurred_at < finish)
    select p.id::uuid as "programmeId", p.name,
      coalesce(sum(f.cents) filter (where f.type = 'range.activated.v1'), 0)::float8 as "activatedCents",
      coalesce(sum(f.cents) filter (where f.type = 'voucher.expired_chunk.v1'), 0)::float8 as "expiredCents",
      coalesce(sum(f.vouchers) filter (where f.type = 'range.handed_over.v1'), 0)::int as "handedOver",
      coalesce(sum(case when f.booklet_size > 1 then f.vouchers / f.booklet_size else 1 end) filter (where f.type = 'range.handed_over.v1'), 0)::int as "handedOverPeople"
    from programme p left join flow f on f.programme_id = p.id group by 1, 2 order by 1`;
}

export type TimeToPay = Readonly<{ programmeId: string; lines: number; medianDays: number; ninthDecileDays: number; longestDays: number }>;

/** As settlement measured it; empty where it has not, or nothing was paid. */
export async function timeToPayIn(sql: Sql, month: Month): Promise<readonly TimeToPay[]> {
  const [row] = await sql.$queryRaw<{ programmes: TimeToPay[] }[]>`
    select body -> 'programmes' as programmes from audit.event where type = 'time_to_pay.measured.v1' and body ->> 'month' = ${month}::text limit 1`;
  return row?.programmes ?? [];
}

export async function isMeasured(sql: Sql, month: Month): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ measured: boolean }[]>`
    select exists (select from audit.event where type = 'time_to_pay.measured.v1' and body ->> 'month' = ${month}::text) as measured`;
  return row!.measured;
}

/** The day of the first activation or redemption that anybody told; undefined: there is none. */
export async function firstFlowAt(sql: Sql): Promise<Date | undefined> {
  const [row] = await sql.$queryRaw<{ at: Date | null }[]>`
    select min(occurred_at) as at from audit.event where type in ('range.activated.v1', 'voucher.redeemed.v1')`;
  return row!.at ?? undefined;
}
