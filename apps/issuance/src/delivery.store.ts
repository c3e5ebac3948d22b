// Deliveries to distributors and what became of their parts. Whoever writes here holds the batch's stock lock.
import type { BatchId, DeliveryId, DeliveryOutcomeId, DistributorId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Range } from './voucher-range.decision.js';

export const OUTCOMES = ['received', 'lost'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Delivery = Readonly<{ deliveryId: DeliveryId; batchId: BatchId; distributorId: DistributorId; range: Range }>;

export async function insertDelivery(
  tx: Tx, { deliveryId, batchId, distributorId, range }: Delivery, batchCount: number, shippedBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.delivery (id, batch_id, batch_count, distributor_id, first, last, shipped_by, shipped_at)
    values (${deliveryId}::uuid, ${batchId}::uuid, ${batchCount}, ${distributorId}::uuid, ${range.first}, ${range.last}, ${shippedBy},
      ${tx.now})`;
}

/** A part of `range` that was shipped before; undefined when none was. */
export async function shippedWithin(sql: Sql, batchId: BatchId, { first, last }: Range): Promise<Range | undefined> {
  const [row] = await sql.$queryRaw<Range[]>`
    select d.first, d.last from issuance.delivery d
    where d.batch_id = ${batchId}::uuid and d.span && int4range(${first}::int, ${last}::int, '[]') order by d.first limit 1`;
  return row;
}

/** Of one distributor, or of any when it is null: a delivery to another is as unknown as one that does not exist. */
export async function readDelivery(
  sql: Sql, deliveryId: DeliveryId, distributorId: DistributorId | null,
): Promise<Delivery | undefined> {
  const [row] = await sql.$queryRaw<(Omit<Delivery, 'range'> & Range)[]>`
    select d.id as "deliveryId", d.batch_id as "batchId", d.distributor_id as "distributorId", d.first, d.last
    from issuance.delivery d
    where d.id = ${deliveryId}::uuid and (${distributorId}::uuid is null or d.distributor_id = ${distributorId}::uuid)`;
  if (!row) return undefined;
  const { first, last, ...rest } = row;
  return { ...rest, range: { first, last } };
}

/** The parts of a delivery that have an outcome, in order. */
export async function settledParts(sql: Sql, deliveryId: DeliveryId): Promise<Range[]> {
  return sql.$queryRaw<Range[]>`
    select o.first, o.last from issuance.delivery_outcome o where o.delivery_id = ${deliveryId}::uuid order by o.first`;
}

/** The parts of a batch that arrived, in whatever delivery. */
export async function receivedParts(sql: Sql, batchId: BatchId): Promise<Range[]> {
  return sql.$queryRaw<Range[]>`
    select o.first, o.last from issuance.delivery_outcome o
    where o.batch_id = ${batchId}::uuid and o.outcome = 'received' order by o.first`;
}

/** Vouchers of the batch that were received or lost. */
export async function settledCount(sql: Sql, batchId: BatchId): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    select coalesce(sum(o.last - o.first + 1), 0)::int as count from issuance.delivery_outcome o where o.batch_id = ${batchId}::uuid`;
  return row!.count;
}

export type NewOutcome = Range & Readonly<{ deliveryOutcomeId: DeliveryOutcomeId }>;

export async function insertOutcomes(
  tx: Tx, { deliveryId, batchId, distributorId, range }: Delivery, outcome: Outcome, parts: readonly NewOutcome[], notedBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.delivery_outcome (id, delivery_id, batch_id, distributor_id, delivery_first, delivery_last, outcome,
      first, last, noted_by, noted_at)
    select p.id, ${deliveryId}::uuid, ${batchId}::uuid, ${distributorId}::uuid, ${range.first}::int, ${range.last}::int, ${outcome},
      p.first, p.last, ${notedBy}, ${tx.now}
    from unnest(${parts.map(({ deliveryOutcomeId }) => deliveryOutcomeId)}::uuid[], ${parts.map(({ first }) => first)}::int[],
      ${parts.map(({ last }) => last)}::int[]) as p(id, first, last)`;
}
