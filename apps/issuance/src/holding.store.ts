// Where vouchers are: holdings inside holdings (ADR 0026). Whoever writes here holds the stock lock of the batches, so that
// the pieces it read are still the innermost ones when it takes a part out of them.
import type { AgentId, BatchId, DistributorId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { BatchRange, Piece, Place } from './holding.decision.js';
import type { Range } from './voucher-range.decision.js';

const columnsOf = (asked: readonly BatchRange[]) => ({
  batchIds: asked.map(({ batchId }) => batchId), firsts: asked.map(({ range }) => range.first), lasts: asked.map(({ range }) => range.last),
});

type PieceRow = Omit<Piece, 'range' | 'holding'> & Range & { position: number; id: string; batchCount: number; holdingFirst: number; holdingLast: number };

/** For each asked range, by its place in the list: the pieces that it lies in, in order; together they are all of it. */
export async function piecesOf(sql: Sql, asked: readonly BatchRange[]): Promise<readonly (readonly Piece[])[]> {
  const { batchIds, firsts, lasts } = columnsOf(asked);
  const rows = await sql.$queryRaw<PieceRow[]>`
    select (a.place - 1)::int as position, h.id, h.batch_id as "batchId", h.batch_count as "batchCount", h.place, h.distributor_id as "distributorId",
      h.agent_id as "agentId", h.document_id as "documentId", h.first as "holdingFirst", h.last as "holdingLast",
      lower(s.span) as first, upper(s.span) - 1 as last
    from unnest(${batchIds}::uuid[], ${firsts}::int[], ${lasts}::int[]) with ordinality as a(batch_id, first, last, place)
    -- Apart, so that each range looks into the index: joined as a whole, every range would meet every holding of its batch.
    cross join lateral (select * from issuance.holding h
      where h.batch_id = a.batch_id and h.span && int4range(a.first, a.last, '[]') offset 0) h
    cross join lateral (select coalesce(range_agg(c.span), '{}') as spans from issuance.holding c
      where c.parent_id = h.id and c.span && int4range(a.first, a.last, '[]')) gone
    cross join lateral unnest(int4multirange(h.span * int4range(a.first, a.last, '[]')) - gone.spans) as s(span)
    order by a.place, lower(s.span)`;
  const found: Piece[][] = asked.map(() => []);
  for (const { position, first, last, id, batchCount, holdingFirst, holdingLast, ...rest } of rows) {
    found[position]!.push({ ...rest, range: { first, last }, holding: { id, batchCount, first: holdingFirst, last: holdingLast } });
  }
  return found;
}

/** What is under way of a delivery, in order. */
export async function underWayOf(sql: Sql, deliveryId: string): Promise<readonly Range[]> {
  return sql.$queryRaw<Range[]>`
    select lower(h.span) as first, upper(h.span) - 1 as last from issuance.held h
    where h.document_id = ${deliveryId}::uuid and h.place = 'under_way' order by lower(h.span)`;
}

export type Destination = Readonly<{
  place: Place; distributorId: DistributorId | null; agentId: AgentId | null; documentId: string | null;
}>;

/** Each part goes where it is told; the rest of its piece stays. */
export async function insertHoldings(tx: Tx, moves: readonly Readonly<{ from: Piece; to: Destination }>[], movedBy: string): Promise<void> {
  const rows = moves.map(({ from: { batchId, range, place, holding }, to }) => ({
    id: tx.newId(), batch_id: batchId, batch_count: holding.batchCount, parent_id: holding.id, parent_place: place,
    parent_first: holding.first, parent_last: holding.last, first: range.first, last: range.last, place: to.place,
    distributor_id: to.distributorId, agent_id: to.agentId, document_id: to.documentId,
  }));
  await tx.sql.$executeRaw`
    insert into issuance.holding (id, batch_id, batch_count, parent_id, parent_place, parent_first, parent_last, first, last, place,
      distributor_id, agent_id, document_id, moved_by, moved_at)
    select r.id, r.batch_id, r.batch_count, r.parent_id, r.parent_place, r.parent_first, r.parent_last, r.first, r.last, r.place,
      r.distributor_id, r.agent_id, r.document_id, ${movedBy}, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, batch_id uuid, batch_count int, parent_id uuid, parent_place text,
      parent_first int, parent_last int, first int, last int, place text, distributor_id uuid, agent_id uuid, document_id uuid)`;
}

/** Vouchers of the batch that have not left the operator for good yet: neither received, nor lost, returned or destroyed. */
export async function unsettledOf(sql: Sql, batchId: BatchId): Promise<readonly Range[]> {
  return sql.$queryRaw<Range[]>`
    select lower(s.span) as first, upper(s.span) - 1 as last from issuance.batch b
    cross join lateral (select coalesce(range_agg(h.span), '{}') as spans from issuance.holding h
      where h.batch_id = b.id and h.place in ('stock', 'lost', 'returned', 'destroyed') and h.parent_place in ('printer', 'operator', 'under_way')) gone
    cross join lateral unnest(int4multirange(int4range(0, b.count)) - gone.spans) as s(span)
    where b.id = ${batchId}::uuid order by lower(s.span)`;
}

/** For each asked range, by its place in the list: what of it redemption has stopped, the first of it. */
export async function stoppedAmong(sql: Sql, asked: readonly BatchRange[]): Promise<ReadonlyMap<number, Range>> {
  const { batchIds, firsts, lasts } = columnsOf(asked);
  const rows = await sql.$queryRaw<(Range & { position: number })[]>`
    select distinct on (a.place) (a.place - 1)::int as position, greatest(s.first, a.first) as first, least(s.last, a.last) as last
    from unnest(${batchIds}::uuid[], ${firsts}::int[], ${lasts}::int[]) with ordinality as a(batch_id, first, last, place)
    join issuance.stopped_range s on s.batch_id = a.batch_id and s.first <= a.last and s.last >= a.first
    order by a.place, s.first`;
  return new Map(rows.map(({ position, first, last }) => [position, { first, last }]));
}

/** A part of the range that was stopped, lost or destroyed; money for it would be owed to nobody. */
export async function unusableWithin(sql: Sql, { batchId, range: { first, last } }: BatchRange): Promise<Range | undefined> {
  const [row] = await sql.$queryRaw<Range[]>`
    select greatest(u.first, ${first}::int) as first, least(u.last, ${last}::int) as last from (
      select s.first, s.last from issuance.stopped_range s where s.batch_id = ${batchId}::uuid and s.first <= ${last}::int and s.last >= ${first}::int
      union all
      select h.first, h.last from issuance.holding h where h.batch_id = ${batchId}::uuid and h.place in ('lost', 'destroyed')
        and h.span && int4range(${first}::int, ${last}::int, '[]')) u order by 1 limit 1`;
  return row;
}
