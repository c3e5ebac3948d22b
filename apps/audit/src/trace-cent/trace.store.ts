// How a trace finds events: by what they speak of, always with a bound per id, never by reading bodies one by one.
import type { Sql } from '#libs/persistence';
import type { KeptEvent, VoucherPlace } from './kept-event.decision.js';

/** What a trace reads: all that audit keeps, or the log as it was at a size, so that the same is found again later. */
export type TracedLog = Readonly<{ sql: Sql; size: number | null }>;

export type Row = Omit<KeptEvent, 'seq' | 'leaf'> & Readonly<{ seq: bigint; leaf: bigint | null }>;
type Found<T> = Row & T;

export const eventOf = <T>({ seq, leaf, ...rest }: Found<T>) => ({ ...rest, seq: Number(seq), leaf: leaf === null ? null : Number(leaf) });

/** The newest `limit` events of these types for each id, with the id by which each was found. */
export async function eventsNaming(
  { sql, size }: TracedLog, subjects: readonly string[], types: readonly string[], limit: number,
): Promise<(KeptEvent & Readonly<{ subject: string }>)[]> {
  const rows = await sql.$queryRaw<Found<{ subject: string }>[]>`
    select a.subject::text, e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
    from unnest(${subjects}::uuid[]) a(subject) cross join lateral (
      select distinct s.sender, s.seq from audit.event_mention s where s.subject = a.subject and s.type = any(${types}::text[])
        and (${size}::bigint is null or exists (select from audit.place_of(s.sender, s.seq) f where f.log_index < ${size}::bigint))
      order by s.seq desc limit ${limit}::int) s
    join audit.event e on e.sender = s.sender and e.seq = s.seq
    left join lateral audit.place_of(e.sender, e.seq) l on true`;
  return rows.map(eventOf);
}

/** Of each voucher the events that speak of it, alone or in a range. */
export async function eventsOfVouchers(
  { sql, size }: TracedLog, vouchers: readonly VoucherPlace[], types: readonly string[], limit: number,
): Promise<(KeptEvent & Readonly<{ subject: string; index: number }>)[]> {
  const rows = await sql.$queryRaw<Found<{ subject: string; index: number }>[]>`
    select a.subject::text, a.index, e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
    from unnest(${vouchers.map(({ batchId }) => batchId)}::uuid[], ${vouchers.map(({ index }) => index)}::int[]) a(subject, index)
    cross join unnest(${types}::text[]) t(type)
    cross join lateral (
      select s.sender, s.seq from audit.event_mention s
      where s.subject = a.subject and s.type = t.type and s.first <= a.index and s.last >= a.index
        and (${size}::bigint is null or exists (select from audit.place_of(s.sender, s.seq) f where f.log_index < ${size}::bigint))
      order by s.first desc, s.seq desc limit ${limit}::int) s
    join audit.event e on e.sender = s.sender and e.seq = s.seq
    left join lateral audit.place_of(e.sender, e.seq) l on true`;
  return rows.map(eventOf);
}

export async function eventsById({ sql, size }: TracedLog, ids: readonly string[]): Promise<KeptEvent[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
    from audit.event e left join lateral audit.place_of(e.sender, e.seq) l on true
    where e.id = any(${ids}::uuid[]) and (${size}::bigint is null or l.log_index < ${size}::bigint)`;
  return rows.map(eventOf);
}

/** Redemptions after a place in a list that goes by batch, then by voucher, then by number. */
export type BatchCursor = Readonly<{ batchId: string; index: number; seq: number }>;

export async function redemptionsOfBatches(
  { sql, size }: TracedLog, batchIds: readonly string[], after: BatchCursor | null, limit: number,
): Promise<KeptEvent[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
    from unnest(${batchIds}::uuid[]) a(batch)
    cross join lateral (
      select s.first, s.sender, s.seq from audit.event_mention s
      where s.subject = a.batch and s.type = 'voucher.redeemed.v1'
        and (s.first, s.seq) > (case when a.batch = ${after?.batchId ?? null}::uuid then ${after?.index ?? 0}::int else -1 end, ${after?.seq ?? 0}::bigint)
        and (${size}::bigint is null or exists (select from audit.place_of(s.sender, s.seq) f where f.log_index < ${size}::bigint))
      order by s.first, s.seq limit ${limit}::int) s
    join audit.event e on e.sender = s.sender and e.seq = s.seq
    left join lateral audit.place_of(e.sender, e.seq) l on true
    where ${after?.batchId ?? null}::uuid is null or a.batch >= ${after?.batchId ?? null}::uuid
    order by a.batch, s.first, s.seq limit ${limit}::int`;
  return rows.map(eventOf);
}

/** What may be in a statement: redeemed at these places in the range of numbers, or released into it after a hold. */
export type StatementRange = Readonly<{ placeIds: readonly string[]; fromSeq: number; upToSeq: number }>;

export async function redemptionsOfRange(
  { sql, size }: TracedLog, { placeIds, fromSeq, upToSeq }: StatementRange, afterSeq: number, limit: number,
): Promise<KeptEvent[]> {
  const rows = await sql.$queryRaw<Row[]>`
    with found as (
      select s.sender, s.seq from unnest(${placeIds}::uuid[]) a(place) cross join lateral (
        select s.sender, s.seq from audit.event_mention s
        where s.subject = a.place and s.type = 'voucher.redeemed.v1' and s.first = 0
          and s.seq > greatest(${fromSeq}::bigint, ${afterSeq}::bigint) and s.seq <= ${upToSeq}::bigint
          and (${size}::bigint is null or exists (select from audit.place_of(s.sender, s.seq) f where f.log_index < ${size}::bigint))
        order by s.seq limit ${limit}::int) s
      union
      select r.sender, r.seq from audit.event c join audit.event r on r.id = (c.body ->> 'redemptionId')::uuid
      where c.type = 'claim_line.released.v1' and (c.body ->> 'dueSeq')::bigint > ${fromSeq}::bigint and (c.body ->> 'dueSeq')::bigint <= ${upToSeq}::bigint
        and (r.body ->> 'placeId')::uuid = any(${placeIds}::uuid[]) and r.seq > ${afterSeq}::bigint
        and (${size}::bigint is null or exists (select from audit.place_of(c.sender, c.seq) f where f.log_index < ${size}::bigint)))
    select e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
    from found f join audit.event e on e.sender = f.sender and e.seq = f.seq
    left join lateral audit.place_of(e.sender, e.seq) l on true
    where ${size}::bigint is null or l.log_index < ${size}::bigint
    order by e.seq limit ${limit}::int`;
  return rows.map(eventOf);
}

/** The batch whose serials begin with a label, and the id of the permutation of their numbers. */
export type LabelledBatch = Readonly<{ batchId: string; permutationId: string; count: number }>;

export async function batchOfLabel(sql: Sql, label: string): Promise<LabelledBatch | undefined> {
  const [row] = await sql.$queryRaw<LabelledBatch[]>`
    select body ->> 'batchId' as "batchId", body ->> 'serialPermutationId' as "permutationId", (body ->> 'count')::int as count
    from audit.event where type = 'batch.created.v1' and body ->> 'serialLabel' = ${label}`;
  return row;
}

/** Of each voucher its first `limit` redemptions, in their order: found by its very place, however much its batch was used. */
export async function redemptionsOfVouchers(
  { sql, size }: TracedLog, vouchers: readonly VoucherPlace[], limit: number,
): Promise<KeptEvent[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select e.id, e.sender, e.seq, e.type, e.occurred_at as "occurredAt", l.log_index as leaf, e.body
    from unnest(${vouchers.map(({ batchId }) => batchId)}::uuid[], ${vouchers.map(({ index }) => index)}::int[]) a(batch, index)
    cross join lateral (
      select s.sender, s.seq from audit.event_mention s
      where s.subject = a.batch and s.type = 'voucher.redeemed.v1' and s.first = a.index
        and (${size}::bigint is null or exists (select from audit.place_of(s.sender, s.seq) f where f.log_index < ${size}::bigint))
      order by s.seq limit ${limit}::int) s
    join audit.event e on e.sender = s.sender and e.seq = s.seq
    left join lateral audit.place_of(e.sender, e.seq) l on true
    where e.body ? 'voucherIndex' order by e.seq`;
  return rows.map(eventOf);
}
