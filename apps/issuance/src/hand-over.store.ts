// Hand-overs out of a distributor's stock. Whoever writes here holds the stock lock of the batches.
import type { BatchId, DeliveryOutcomeId, DistributorId, HandOverId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Range } from './voucher-range.decision.js';

/** To whom in general, as far as anybody says; never a person. */
export const PUBLIC_CATEGORIES = ['young', 'students', 'families', 'seniors', 'women', 'job_seekers', 'other'] as const;
export type PublicCategory = (typeof PUBLIC_CATEGORIES)[number];
export type Recipients = Readonly<{ inseeCode: string | null; publicCategory: PublicCategory | null }>;

/** A range that a distributor received, of which a hand-over takes a part. */
export type ReceivedRange = Readonly<{ deliveryOutcomeId: DeliveryOutcomeId; range: Range }>;
export type NewHandOver = Recipients & Readonly<{
  handOverId: HandOverId; batchId: BatchId; range: Range; from: ReceivedRange;
}>;
export type BatchRange = Readonly<{ batchId: BatchId; range: Range }>;

const columnsOf = (asked: readonly BatchRange[]) => ({
  batchIds: asked.map(({ batchId }) => batchId), firsts: asked.map(({ range }) => range.first), lasts: asked.map(({ range }) => range.last),
});

/** For each asked range, by its place in the list: what the distributor received of it, in order. */
export async function receivedOf(
  sql: Sql, distributorId: DistributorId, asked: readonly BatchRange[],
): Promise<ReadonlyMap<number, readonly ReceivedRange[]>> {
  const { batchIds, firsts, lasts } = columnsOf(asked);
  const rows = await sql.$queryRaw<(Range & { position: number; deliveryOutcomeId: DeliveryOutcomeId })[]>`
    select (a.place - 1)::int as position, o.id as "deliveryOutcomeId", o.first, o.last
    from unnest(${batchIds}::uuid[], ${firsts}::int[], ${lasts}::int[]) with ordinality as a(batch_id, first, last, place)
    join issuance.delivery_outcome o on o.batch_id = a.batch_id and o.span && int4range(a.first, a.last, '[]')
    where o.outcome = 'received' and o.distributor_id = ${distributorId}::uuid order by a.place, o.first`;
  const found = new Map<number, ReceivedRange[]>();
  for (const { position, deliveryOutcomeId, first, last } of rows) {
    found.set(position, [...(found.get(position) ?? []), { deliveryOutcomeId, range: { first, last } }]);
  }
  return found;
}

/** Places, in the list, of asked ranges of which something is handed over and was not taken back. */
export async function handedOverAmong(sql: Sql, asked: readonly BatchRange[]): Promise<ReadonlySet<number>> {
  const { batchIds, firsts, lasts } = columnsOf(asked);
  const rows = await sql.$queryRaw<{ position: number }[]>`
    select (a.place - 1)::int as position
    from unnest(${batchIds}::uuid[], ${firsts}::int[], ${lasts}::int[]) with ordinality as a(batch_id, first, last, place)
    where exists (select from issuance.hand_over h
      where h.batch_id = a.batch_id and h.span && int4range(a.first, a.last, '[]') and h.returned_at is null)`;
  return new Set(rows.map(({ position }) => position));
}

export async function insertHandOvers(
  tx: Tx, distributorId: DistributorId, handOvers: readonly NewHandOver[], handedOverBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.hand_over (id, delivery_outcome_id, batch_id, distributor_id, outcome, received_first, received_last,
      first, last, insee_code, public_category, handed_over_by, handed_over_at)
    select h.id, h.outcome_id, h.batch_id, ${distributorId}::uuid, 'received', h.received_first, h.received_last, h.first, h.last,
      h.insee_code, h.public_category, ${handedOverBy}, ${tx.now}
    from unnest(
      ${handOvers.map(({ handOverId }) => handOverId)}::uuid[], ${handOvers.map(({ from }) => from.deliveryOutcomeId)}::uuid[],
      ${handOvers.map(({ batchId }) => batchId)}::uuid[],
      ${handOvers.map(({ from }) => from.range.first)}::int[], ${handOvers.map(({ from }) => from.range.last)}::int[],
      ${handOvers.map(({ range }) => range.first)}::int[], ${handOvers.map(({ range }) => range.last)}::int[],
      ${handOvers.map(({ inseeCode }) => inseeCode)}::text[], ${handOvers.map(({ publicCategory }) => publicCategory)}::text[])
      as h(id, outcome_id, batch_id, received_first, received_last, first, last, insee_code, public_category)`;
}

export type StoredHandOver = Readonly<{
  handOverId: HandOverId; batchId: BatchId; distributorId: DistributorId; first: number; last: number; isReturned: boolean;
}>;

/** Undefined for one of another distributor. */
export async function readHandOver(
  sql: Sql, handOverId: HandOverId, distributorId: DistributorId,
): Promise<StoredHandOver | undefined> {
  const [row] = await sql.$queryRaw<StoredHandOver[]>`
    select h.id as "handOverId", h.batch_id as "batchId", h.distributor_id as "distributorId", h.first, h.last,
      h.returned_at is not null as "isReturned"
    from issuance.hand_over h where h.id = ${handOverId}::uuid and h.distributor_id = ${distributorId}::uuid`;
  return row;
}

export async function markReturned(tx: Tx, handOverId: HandOverId, returnedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.hand_over set returned_by = ${returnedBy}, returned_at = ${tx.now} where id = ${handOverId}::uuid`;
}
