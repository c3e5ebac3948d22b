import { cents, type BatchId, type Cents } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

export type NewFreeze = Readonly<{ disputeId: string; orderId: string; eventId: string }>;

export async function insertFreeze(tx: Tx, { disputeId, orderId, eventId }: NewFreeze): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.freeze (dispute_id, order_id, event_id, frozen_at)
    values (${disputeId}, ${orderId}::uuid, ${eventId}::uuid, ${tx.now})`;
}

export type NewFreezeEnd = Readonly<{ disputeId: string; outcome: 'won' | 'lost'; eventId: string }>;

export async function insertFreezeEnd(tx: Tx, { disputeId, outcome, eventId }: NewFreezeEnd): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.freeze_end (dispute_id, outcome, event_id, ended_at)
    values (${disputeId}, ${outcome}, ${eventId}::uuid, ${tx.now})`;
}

/** What holders of each batch can still spend, as it is now: a redemption that is being committed may still take of it. */
export async function leftByBatch(tx: Tx, orderId: string): Promise<readonly Readonly<{ batchId: BatchId; left: Cents }>[]> {
  const rows = await tx.sql.$queryRaw<{ batchId: BatchId; left: bigint }[]>`
    select b.id as "batchId", (
        select coalesce(sum(v.balance), 0)::bigint
        from redemption.spendable_range s join redemption.voucher v on v.batch_id = s.batch_id and v.index between s.first and s.last
        where s.batch_id = b.id) as left
    from redemption.batch b where b.order_id = ${orderId}::uuid order by b.id`;
  return rows.map(({ batchId, left }) => ({ batchId, left: cents(left) }));
}
