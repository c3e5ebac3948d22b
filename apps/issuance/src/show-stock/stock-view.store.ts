// Where the vouchers of distributors are, counted from holdings; their deliveries and hand-overs.
import type { AgentId, BatchId, DeliveryId, DistributorId, HandOverId, LocalDate, ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { DeliveryKind } from '../delivery.store.js';
import type { PublicCategory } from '../hand-over.store.js';

/** Of one distributor or batch, or of all where null. */
export type Wanted = Readonly<{ distributorId: DistributorId | null; batchId: BatchId | null; rowsMax: number }>;
export type StockPlace = Readonly<{ distributorId: DistributorId; batchId: BatchId }>;
/** What people read on covers and vouchers of a batch: what their numbers begin with, and how many vouchers a booklet has. */
type Printed = Readonly<{ label: string; bookletSize: number }>;
/** `inTransit` is on its way to the distributor, `sent` on its way from it. */
export type Place = 'inTransit' | 'sent' | 'lost' | 'inStock' | 'handedOver';
/** Vouchers, and whole booklets: those of which every voucher is in that place. */
export type Counts = Readonly<{ vouchers: number; booklets: number }>;
export type StockView = StockPlace & Printed & Readonly<{
  name: string; programmeId: ProgrammeId; programmeName: string; faceCents: number; usableUntil: LocalDate;
  places: Readonly<Record<Place, Counts>>; desks: readonly DeskView[];
}>;

/** What lies at one desk of it; null: at none. */
export type DeskView = Readonly<{ agentId: AgentId | null; name: string | null; vouchers: number; booklets: number }>;

/** Ranges that touch are one, so that a booklet received in two parts counts as whole. */
export async function listStock(
  sql: Sql, { distributorId, batchId, rowsMax }: Wanted, after: StockPlace | null,
): Promise<StockView[]> {
  return sql.$queryRaw<StockView[]>`
    with page as (
      select h.distributor_id, h.batch_id from issuance.holding h
      where h.distributor_id is not null and (${distributorId}::uuid is null or h.distributor_id = ${distributorId}::uuid)
        and (${batchId}::uuid is null or h.batch_id = ${batchId}::uuid)
        and (${after?.distributorId ?? null}::uuid is null
          or (h.distributor_id, h.batch_id) > (${after?.distributorId ?? null}::uuid, ${after?.batchId ?? null}::uuid))
      group by 1, 2 order by 1, 2 limit ${rowsMax}::int),
    here as (
      select h.distributor_id, h.batch_id, h.agent_id, h.place, h.span from page p
      join issuance.held h on h.distributor_id = p.distributor_id and h.batch_id = p.batch_id),
    sent as (
      select d.from_distributor_id as distributor_id, d.batch_id, h.span from page p
      join issuance.delivery d on d.from_distributor_id = p.distributor_id and d.batch_id = p.batch_id
      join issuance.held h on h.document_id = d.id and h.place = 'under_way'),
    laid as (
      select p.distributor_id, p.batch_id, n.name, case when n.name = 'sent'
          then (select range_agg(s.span) from sent s where (s.distributor_id, s.batch_id) = (p.distributor_id, p.batch_id))
          else (select range_agg(h.span) from here h where (h.distributor_id, h.batch_id) = (p.distributor_id, p.batch_id) and h.place = n.place)
          end as spans
      from page p cross join (values ('inTransit', 'under_way'), ('sent', ''), ('lost', 'lost'), ('inStock', 'stock'), ('handedOver', 'handed_over')) as n(name, place)),
    desk as (
      select h.distributor_id, h.batch_id, h.agent_id, range_agg(h.span) as spans from here h where h.place = 'stock' group by 1, 2, 3)
    select l.distributor_id as "distributorId", l.batch_id as "batchId", d.name, b.serial_label as label, b.booklet_size as "bookletSize",
      o.programme_id as "programmeId", r.name as "programmeName", b.face_cents::int as "faceCents", t.usable_until::text as "usableUntil",
      json_object_agg(l.name, json_build_object('vouchers', c.vouchers, 'booklets', c.booklets)) as places,
      (select coalesce(json_agg(json_build_object('agentId', k.agent_id, 'name', a.name, 'vouchers', c.vouchers, 'booklets', c.booklets)
          order by a.name nulls first), '[]')
        from desk k left join issuance.agent a on a.id = k.agent_id
        cross join lateral issuance.count_of(k.spans, b.booklet_size) as c(vouchers, booklets)
        where (k.distributor_id, k.batch_id) = (l.distributor_id, l.batch_id)) as desks
    from laid l join issuance.distributor d on d.id = l.distributor_id join issuance.batch b on b.id = l.batch_id
    join issuance."order" o on o.id = b.order_id join issuance.order_dates t on t.order_id = o.id
    join issuance.programme_rule r on (r.programme_id, r.version) = (o.programme_id, o.rule_version)
    cross join lateral issuance.count_of(l.spans, b.booklet_size) as c(vouchers, booklets)
    group by l.distributor_id, l.batch_id, d.name, b.id, o.id, r.name, t.usable_until order by l.distributor_id, l.batch_id`;
}

export type DeliveryView = StockPlace & Printed & Readonly<{
  deliveryId: DeliveryId; kind: DeliveryKind; agentId: AgentId | null; fromDistributorId: DistributorId | null; fromAgentId: AgentId | null;
  first: number; last: number; shippedAt: Date; receivedCount: number; lostCount: number;
}>;

export async function listDeliveries(
  sql: Sql, { distributorId, batchId, rowsMax }: Wanted, before: DeliveryId | null,
): Promise<DeliveryView[]> {
  return sql.$queryRaw<DeliveryView[]>`
    select d.id as "deliveryId", d.distributor_id as "distributorId", d.batch_id as "batchId", b.serial_label as label, b.booklet_size as "bookletSize", d.kind, d.agent_id as "agentId",
      d.from_distributor_id as "fromDistributorId", d.from_agent_id as "fromAgentId", d.first, d.last, d.shipped_at as "shippedAt",
      o.received as "receivedCount", o.lost as "lostCount"
    from issuance.delivery d join issuance.batch b on b.id = d.batch_id
    cross join lateral (
      select coalesce(sum(last - first + 1) filter (where outcome <> 'lost'), 0)::int as received,
        coalesce(sum(last - first + 1) filter (where outcome = 'lost'), 0)::int as lost
      from issuance.delivery_outcome where delivery_id = d.id) o
    where (${distributorId}::uuid is null or ${distributorId}::uuid in (d.distributor_id, d.from_distributor_id))
      and (${batchId}::uuid is null or d.batch_id = ${batchId}::uuid)
      and (${before}::uuid is null or d.id < ${before}::uuid)
    order by d.id desc limit ${rowsMax}::int`;
}

export type HandOverView = StockPlace & Printed & Readonly<{
  handOverId: HandOverId; agentId: AgentId | null; first: number; last: number; inseeCode: string | null;
  publicCategory: PublicCategory | null;
  handedOverAt: Date; returnedAt: Date | null;
}>;

export async function listHandOvers(
  sql: Sql, { distributorId, batchId, rowsMax }: Wanted, before: HandOverId | null,
): Promise<HandOverView[]> {
  return sql.$queryRaw<HandOverView[]>`
    select h.id as "handOverId", h.distributor_id as "distributorId", h.batch_id as "batchId", b.serial_label as label, b.booklet_size as "bookletSize", h.agent_id as "agentId", h.first, h.last, h.insee_code as "inseeCode",
      h.public_category as "publicCategory", h.handed_over_at as "handedOverAt", h.returned_at as "returnedAt"
    from issuance.hand_over h join issuance.batch b on b.id = h.batch_id
    where (${distributorId}::uuid is null or h.distributor_id = ${distributorId}::uuid)
      and (${batchId}::uuid is null or h.batch_id = ${batchId}::uuid)
      and (${before}::uuid is null or h.id < ${before}::uuid)
    order by h.id desc limit ${rowsMax}::int`;
}
