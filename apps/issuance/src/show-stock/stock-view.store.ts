// Where vouchers are, counted from the ranges of deliveries, their outcomes and hand-overs.
import type { BatchId, DeliveryId, DistributorId, HandOverId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { PublicCategory } from '../hand-over.store.js';

/** Of one distributor or batch, or of all where null. */
export type Wanted = Readonly<{ distributorId: DistributorId | null; batchId: BatchId | null; rowsMax: number }>;
export type StockPlace = Readonly<{ distributorId: DistributorId; batchId: BatchId }>;
export type Place = 'inTransit' | 'lost' | 'inStock' | 'handedOver';
/** Vouchers, and whole booklets: those of which every voucher is in that place. */
export type Counts = Readonly<{ vouchers: number; booklets: number }>;
export type StockView = StockPlace & Readonly<{ name: string; bookletSize: number; places: Readonly<Record<Place, Counts>> }>;

/** Ranges that touch are one, so that a booklet received in two parts counts as whole. */
export async function listStock(
  sql: Sql, { distributorId, batchId, rowsMax }: Wanted, after: StockPlace | null,
): Promise<StockView[]> {
  return sql.$queryRaw<StockView[]>`
    with page as (
      select d.distributor_id, d.batch_id, range_agg(d.span) as shipped from issuance.delivery d
      where (${distributorId}::uuid is null or d.distributor_id = ${distributorId}::uuid)
        and (${batchId}::uuid is null or d.batch_id = ${batchId}::uuid)
        and (${after?.distributorId ?? null}::uuid is null
          or (d.distributor_id, d.batch_id) > (${after?.distributorId ?? null}::uuid, ${after?.batchId ?? null}::uuid))
      group by d.distributor_id, d.batch_id order by d.distributor_id, d.batch_id limit ${rowsMax}::int),
    laid as (
      select p.distributor_id, p.batch_id, p.shipped, coalesce(o.received, '{}') as received, coalesce(o.lost, '{}') as lost,
        coalesce(h.handed_over, '{}') as handed_over
      from page p
      cross join lateral (
        select range_agg(o.span) filter (where o.outcome = 'received') as received, range_agg(o.span) filter (where o.outcome = 'lost') as lost
        from issuance.delivery_outcome o where o.distributor_id = p.distributor_id and o.batch_id = p.batch_id) o
      cross join lateral (
        select range_agg(h.span) as handed_over from issuance.hand_over h
        where h.distributor_id = p.distributor_id and h.batch_id = p.batch_id and h.returned_at is null) h),
    place as (
      select l.distributor_id, l.batch_id, p.name, p.spans from laid l
      cross join lateral (values ('inTransit', l.shipped - l.received - l.lost), ('lost', l.lost), ('inStock', l.received - l.handed_over),
        ('handedOver', l.handed_over)) as p(name, spans))
    select p.distributor_id as "distributorId", p.batch_id as "batchId", d.name, b.booklet_size as "bookletSize",
      json_object_agg(p.name, json_build_object('vouchers', c.vouchers, 'booklets', c.booklets)) as places
    from place p join issuance.distributor d on d.id = p.distributor_id join issuance.batch b on b.id = p.batch_id
    cross join lateral (
      select coalesce(sum(upper(s.span) - lower(s.span)), 0)::int as vouchers,
        coalesce(sum(greatest(0, upper(s.span) / b.booklet_size - (lower(s.span) + b.booklet_size - 1) / b.booklet_size)), 0)::int as booklets
      from unnest(p.spans) as s(span)) c
    group by p.distributor_id, p.batch_id, d.name, b.booklet_size order by p.distributor_id, p.batch_id`;
}

export type DeliveryView = StockPlace & Readonly<{
  deliveryId: DeliveryId; first: number; last: number; shippedAt: Date; receivedCount: number; lostCount: number;
}>;

export async function listDeliveries(
  sql: Sql, { distributorId, batchId, rowsMax }: Wanted, before: DeliveryId | null,
): Promise<DeliveryView[]> {
  return sql.$queryRaw<DeliveryView[]>`
    select d.id as "deliveryId", d.distributor_id as "distributorId", d.batch_id as "batchId", d.first, d.last, d.shipped_at as "shippedAt",
      o.received as "receivedCount", o.lost as "lostCount"
    from issuance.delivery d
    cross join lateral (
      select coalesce(sum(last - first + 1) filter (where outcome = 'received'), 0)::int as received,
        coalesce(sum(last - first + 1) filter (where outcome = 'lost'), 0)::int as lost
      from issuance.delivery_outcome where delivery_id = d.id) o
    where (${distributorId}::uuid is null or d.distributor_id = ${distributorId}::uuid)
      and (${batchId}::uuid is null or d.batch_id = ${batchId}::uuid)
      and (${before}::uuid is null or d.id < ${before}::uuid)
    order by d.id desc limit ${rowsMax}::int`;
}

export type HandOverView = StockPlace & Readonly<{
  handOverId: HandOverId; first: number; last: number; inseeCode: string | null; publicCategory: PublicCategory | null;
  handedOverAt: Date; returnedAt: Date | null;
}>;

export async function listHandOvers(
  sql: Sql, { distributorId, batchId, rowsMax }: Wanted, before: HandOverId | null,
): Promise<HandOverView[]> {
  return sql.$queryRaw<HandOverView[]>`
    select h.id as "handOverId", h.distributor_id as "distributorId", h.batch_id as "batchId", h.first, h.last, h.insee_code as "inseeCode",
      h.public_category as "publicCategory", h.handed_over_at as "handedOverAt", h.returned_at as "returnedAt"
    from issuance.hand_over h
    where (${distributorId}::uuid is null or h.distributor_id = ${distributorId}::uuid)
      and (${batchId}::uuid is null or h.batch_id = ${batchId}::uuid)
      and (${before}::uuid is null or h.id < ${before}::uuid)
    order by h.id desc limit ${rowsMax}::int`;
}
