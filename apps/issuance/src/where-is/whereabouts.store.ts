// Where vouchers are and how they came there, read from holdings inside holdings.
import type { AgentId, BatchId, DistributorId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { Place } from '../holding.decision.js';
import type { Range } from '../voucher-range.decision.js';

type Holder = Readonly<{ place: Place; distributorId: DistributorId | null; agentId: AgentId | null }>;
/** One step of a voucher's way. */
export type Move = Holder & Readonly<{ documentId: string | null; movedBy: string; movedAt: Date }>;

/** From the printer on; the last one is where it is. What lies inside another began later. */
export async function movesOf(sql: Sql, batchId: BatchId, index: number): Promise<Move[]> {
  return sql.$queryRaw<Move[]>`
    with recursive way as (
      select h.*, 0 as depth from issuance.holding h where h.id = ${batchId}::uuid and ${index}::int between h.first and h.last
      union all
      select h.*, way.depth + 1 from way join issuance.holding h on h.parent_id = way.id and h.span @> ${index}::int)
    select w.place, w.distributor_id as "distributorId", w.agent_id as "agentId", w.document_id as "documentId", w.moved_by as "movedBy",
      w.moved_at as "movedAt"
    from way w order by w.depth`;
}

/** Whether a voucher was ever with a distributor, or on its way to it. */
export async function cameBy(sql: Sql, batchId: BatchId, index: number, distributorId: DistributorId): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from issuance.holding h
    where h.batch_id = ${batchId}::uuid and h.span @> ${index}::int and h.distributor_id = ${distributorId}::uuid limit 1`;
  return rows.length > 0;
}

export async function isStopped(sql: Sql, batchId: BatchId, index: number): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from issuance.stopped_range s where s.batch_id = ${batchId}::uuid and ${index}::int between s.first and s.last limit 1`;
  return rows.length > 0;
}

export type PartView = Holder & Readonly<{ vouchers: number; booklets: number; stoppedVouchers: number }>;

/** Ranges of one place that touch are one, so that a booklet which came in two parts counts as whole. */
export async function partsOf(sql: Sql, batchId: BatchId): Promise<PartView[]> {
  return sql.$queryRaw<PartView[]>`
    with part as (
      select h.place, h.distributor_id, h.agent_id, range_agg(h.span) as spans from issuance.held h
      where h.batch_id = ${batchId}::uuid group by 1, 2, 3),
    stopped as (
      select coalesce(range_agg(int4range(s.first, s.last, '[]')), '{}') as spans from issuance.stopped_range s where s.batch_id = ${batchId}::uuid)
    select p.place, p.distributor_id as "distributorId", p.agent_id as "agentId", c.vouchers, c.booklets,
      (select coalesce(sum(upper(s) - lower(s)), 0)::int from unnest(p.spans * stopped.spans) as s) as "stoppedVouchers"
    from part p cross join stopped join issuance.batch b on b.id = ${batchId}::uuid
    cross join lateral issuance.count_of(p.spans, b.booklet_size) as c(vouchers, booklets)
    order by array_position(array['printer', 'operator', 'under_way', 'stock', 'handed_over', 'returned', 'lost', 'destroyed'], p.place),
      p.distributor_id nulls first, p.agent_id nulls first`;
}

export type PieceView = Range & Holder & Readonly<{ documentId: string | null; since: Date }>;

export async function listPieces(sql: Sql, batchId: BatchId, after: number, rowsMax: number): Promise<PieceView[]> {
  return sql.$queryRaw<PieceView[]>`
    select lower(h.span) as first, upper(h.span) - 1 as last, h.place, h.distributor_id as "distributorId", h.agent_id as "agentId",
      h.document_id as "documentId", h.moved_at as since
    from issuance.held h where h.batch_id = ${batchId}::uuid and lower(h.span) > ${after}::int order by lower(h.span) limit ${rowsMax}::int`;
}
