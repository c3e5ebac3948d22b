import type { BatchId, StopId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Range } from '../till/reference.decision.js';
import type { StopReason } from './stop-vouchers.command.js';

export type BatchToStop = Readonly<{ count: number; serialPermutationId: string }>;

/** Undefined for a distributor that never received anything of it, as where there is none. Null: the operator. */
export async function readBatchToStop(tx: Tx, batchId: BatchId, distributorId: string | null): Promise<BatchToStop | undefined> {
  const [row] = await tx.sql.$queryRaw<BatchToStop[]>`
    select b.count, b.serial_permutation_id as "serialPermutationId" from redemption.batch b
    where b.id = ${batchId}::uuid and (${distributorId}::uuid is null
      or exists (select from redemption.known_stock k where k.batch_id = b.id and k.distributor_id = ${distributorId}::uuid))`;
  return row;
}

export type NewStop = Readonly<{ stopId: StopId; batchId: BatchId; reason: StopReason; ranges: readonly Range[] }>;

/** What of the range no stop has yet, in order. */
export async function unstoppedOf(tx: Tx, batchId: BatchId, { first, last }: Range): Promise<Range[]> {
  return tx.sql.$queryRaw<Range[]>`
    select lower(s.span) as first, upper(s.span) - 1 as last
    from (select coalesce(range_agg(int4range(r.first, r.last, '[]')), '{}') as spans from redemption.stopped_range r
      where r.batch_id = ${batchId}::uuid and r.first <= ${last} and r.last >= ${first}) gone
    cross join lateral unnest(int4multirange(int4range(${first}, ${last}, '[]')) - gone.spans) as s(span) order by 1`;
}

/** A row per range, whatever its size: the decision reads ranges. */
export async function insertStop(tx: Tx, { stopId, batchId, reason, ranges }: NewStop): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.stop (id, batch_id, reason, stopped_by, stopped_at)
    values (${stopId}::uuid, ${batchId}::uuid, ${reason}, ${tx.origin.actor.id}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into redemption.stopped_range (stop_id, batch_id, first, last)
    select ${stopId}::uuid, ${batchId}::uuid, r.first, r.last
    from unnest(${ranges.map(({ first }) => first)}::int[], ${ranges.map(({ last }) => last)}::int[]) as r(first, last)`;
}
