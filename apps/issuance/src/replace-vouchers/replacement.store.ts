// Stopped ranges and replacements, as far as issuance knows them.
import type { BodyOf, VoucherReplacedV1, VoucherStoppedV1 } from '#libs/contracts';
import type { BatchId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Range } from '../voucher-range.decision.js';
import { actorOf } from '../issuance.work.js';
import type { ReplaceableBatch } from './replace-vouchers.decision.js';

type Standing = Pick<ReplaceableBatch, 'stopped' | 'spendable' | 'replaced'>;

/** A replacement is spendable as a whole, from the moment at which redemption has moved something to it. */
export async function standingOf(tx: Tx, batchId: BatchId, { first, last }: Range): Promise<Standing> {
  const [row] = await tx.sql.$queryRaw<(Standing & { replacedFromStock: Range | null })[]>`
    select coalesce((select range_agg(int4range(s.first, s.last, '[]')) @> int4range(${first}, ${last}, '[]')
        from issuance.stopped_range s where s.batch_id = ${batchId}::uuid), false) as stopped,
      coalesce((select range_agg(a.span) @> int4range(${first}, ${last}, '[]')
        from issuance.activation a where a.batch_id = ${batchId}::uuid and a.spendable_at is not null), false)
      or exists (select from issuance.replacement p where p.batch_id = ${batchId}::uuid and p.replaced_at is not null) as spendable,
      (select json_build_object('first', r.first, 'last', r.last) from issuance.replacement r
        where r.replaced_batch_id = ${batchId}::uuid and r.first <= ${last} and r.last >= ${first} order by r.first limit 1) as replaced,
      (select json_build_object('first', r.first, 'last', r.last) from issuance.distributor_replacement r
        where r.replaced_batch_id = ${batchId}::uuid and r.way = 'from_stock' and r.first <= ${last} and r.last >= ${first}
        order by r.first limit 1) as "replacedFromStock"`;
  const { replacedFromStock, ...standing } = row!;
  return { ...standing, replaced: standing.replaced ?? replacedFromStock ?? undefined };
}

export type NewReplacement = Range & Readonly<{ batchId: BatchId; replacedBatchId: BatchId }>;

export async function insertReplacement(tx: Tx, { batchId, replacedBatchId, first, last }: NewReplacement): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.replacement (batch_id, replaced_batch_id, first, last, requested_by, requested_at)
    values (${batchId}::uuid, ${replacedBatchId}::uuid, ${first}, ${last}, ${actorOf(tx)}, ${tx.now})`;
}

export async function insertStoppedRanges(tx: Tx, { stopId, batchId, ranges, reason }: BodyOf<typeof VoucherStoppedV1>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.stopped_range (stop_id, batch_id, first, last, reason, noted_at)
    select ${stopId}::uuid, ${batchId}::uuid, r.first, r.last, ${reason}, ${tx.now}
    from unnest(${ranges.map(({ first }) => first)}::int[], ${ranges.map(({ last }) => last)}::int[]) as r(first, last)`;
}

/** False when no such replacement was asked for. */
export async function markReplaced(tx: Tx, replaced: BodyOf<typeof VoucherReplacedV1>): Promise<boolean> {
  const { replacementBatchId, batchId, first, last, count, amountCents } = replaced;
  const updated = await tx.sql.$executeRaw`
    update issuance.replacement set moved_count = ${count}::int, moved_cents = ${amountCents}::bigint, replaced_at = ${tx.now}
    where batch_id = ${replacementBatchId}::uuid and replaced_batch_id = ${batchId}::uuid and first = ${first}::int and last = ${last}::int`;
  return updated === 1;
}
