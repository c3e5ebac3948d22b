// Draws from the sealed log. The order of a draw is that of sha256("<seed>:<event id>"), so that whoever has an export of the log of
// that size draws the same items with any tool. Nothing that comes later changes it: the log below a size never does.
import type { Sql } from '#libs/persistence';
import type { Population, SampleFilter, Share, Stratum, StratumCount } from './sample.decision.js';

export type Frame = Readonly<{
  population: Population; filter: SampleFilter; stratum: Stratum; bandCents: readonly number[]; logSize: number;
}>;
export type DrawnItem = Readonly<{ eventId: string; stratum: string; amountCents: number }>;

const TYPES: Readonly<Record<Population, readonly string[]>> = {
  redemption: ['voucher.redeemed.v1'], claim_line: ['voucher.redeemed.v1'], statement: ['statement.closed.v1'],
  payment: ['payment.booked.v1', 'payment.transferred.v1'],
};

/** Parameters $1 to $9 of what follows. */
const parametersOf = ({ population, filter, stratum, bandCents, logSize }: Frame): unknown[] => [
  TYPES[population], logSize, population === 'claim_line', filter.from, filter.until, filter.programmeId, filter.placeId,
  filter.scopes && JSON.stringify(filter.scopes), [stratum, ...bandCents.map(String)],
];

/** The events of the frame, each with its stratum. A claim line is a redemption that was not undone within the log of that size. */
const FRAME = `
  told as (
    select e.id, e.body, coalesce(e.body ->> 'serviceDate', e.body ->> 'bookedOn', e.body ->> 'transferredOn',
      (e.occurred_at at time zone 'Europe/Paris')::date::text) as day, coalesce(e.body ->> 'amountCents', e.body ->> 'netCents')::bigint as cents
    from audit.event e cross join lateral audit.place_of(e.sender, e.seq) l
    where e.type = any ($1::text[]) and l.log_index < $2::bigint
      and (not $3::boolean or not exists (
        select from audit.event_mention m cross join lateral audit.place_of(m.sender, m.seq) u
        where m.subject = e.id and m.type = 'redemption.undone.v1' and u.log_index < $2::bigint))
      and ($6::text is null or e.body ->> 'programmeId' = $6) and ($7::text is null or e.body ->> 'placeId' = $7)),
  paid_by as (
    select distinct e.body ->> 'batchId' as batch, s ->> 'payerId' as payer
    from audit.event e cross join lateral audit.place_of(e.sender, e.seq) l cross join jsonb_array_elements(e.body -> 'shares') s
    where $8::jsonb is not null and e.type = 'range.activated.v1' and l.log_index < $2::bigint),
  frame as (
    select t.id, t.cents, case ($9::text[])[1] when 'none' then 'all' when 'programme' then t.body ->> 'programmeId'
      when 'place' then coalesce(t.body ->> 'placeId', t.body ->> 'payeeId') when 'month' then left(t.day, 7)
      else 'band:' || width_bucket(t.cents, (($9::text[])[2:])::bigint[]) end as stratum
    from told t
    where ($4::text is null or t.day >= $4) and ($5::text is null or t.day <= $5)
      and ($8::jsonb is null or exists (
        select from jsonb_array_elements($8::jsonb) s
        where (s -> 'programmeIds' = '[]' or s -> 'programmeIds' ? (t.body ->> 'programmeId'))
          and (s -> 'payerIds' = '[]' or exists (
            select from paid_by p where p.batch = t.body ->> 'batchId' and s -> 'payerIds' ? p.payer)))))`;

/** By the name of the stratum. */
export async function countFrame(sql: Sql, frame: Frame): Promise<StratumCount[]> {
  const rows = await sql.$queryRawUnsafe<{ stratum: string; count: bigint; cents: bigint }[]>(
    `with ${FRAME} select stratum, count(*) as count, sum(cents)::bigint as cents from frame group by stratum order by stratum collate "C"`, ...parametersOf(frame));
  return rows.map(({ stratum, count, cents }) => ({ stratum, count: Number(count), cents: Number(cents) }));
}

/** In the order of the strata, and in each of the draw. */
export async function drawItems(sql: Sql, frame: Frame, seed: string, shares: readonly Share[]): Promise<DrawnItem[]> {
  const rows = await sql.$queryRawUnsafe<{ eventId: string; stratum: string; cents: bigint }[]>(`
    with ${FRAME}, ranked as (
      select id, stratum, cents, row_number() over (partition by stratum order by sha256(convert_to($10::text || ':' || id::text, 'UTF8'))) as rank from frame)
    select r.id as "eventId", r.stratum, r.cents
    from ranked r join unnest($11::text[], $12::int[]) s(stratum, count) on s.stratum = r.stratum
    where r.rank <= s.count order by r.stratum collate "C", r.rank`,
  ...parametersOf(frame), seed, shares.map(({ stratum }) => stratum), shares.map(({ count }) => count));
  return rows.map(({ eventId, stratum, cents }) => ({ eventId, stratum, amountCents: Number(cents) }));
}
