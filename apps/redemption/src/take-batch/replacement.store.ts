// Vouchers and those that take their place, pair by pair.
import { cents, type BatchId, type Cents } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { StoredBatch } from '../batch.store.js';

export type Replaces = NonNullable<StoredBatch['replaces']>;

/** In the order of their hashes, as tills lock, so that the two cannot block each other. */
export async function lockPairs(tx: Tx, batch: StoredBatch, { batchId, first }: Replaces): Promise<void> {
  await tx.sql.$executeRaw`
    select 1 from redemption.voucher v
    where v.batch_id = ${batch.id}::uuid
      or (v.batch_id = ${batchId}::uuid and v.index between ${first}::int and ${first + batch.count - 1}::int)
    order by v.code_mac for update`;
}

export type Moved = Readonly<{ pairs: number; /** How many had something left. */ count: number; amount: Cents }>;

/**
 * Both updates see the balances as they were when this statement began, which is after the lock. Vouchers that no money
 * came in for hold a face that nobody owes: it is not moved.
 */
export async function moveBalances(tx: Tx, batch: StoredBatch, { batchId, first }: Replaces): Promise<Moved> {
  const [row] = await tx.sql.$queryRaw<{ pairs: number; count: number; amount: bigint }[]>`
    with covered as (select first, last from redemption.spendable_range where batch_id = ${batchId}::uuid),
    pair as materialized (
      select o.id as old_id, n.id as new_id,
        case when exists (select from covered c where o.index between c.first and c.last) then o.balance else 0 end as amount
      from redemption.voucher n join redemption.voucher o on o.batch_id = ${batchId}::uuid and o.index = n.index + ${first}::int
      where n.batch_id = ${batch.id}::uuid),
    emptied as (
      update redemption.voucher v set balance = 0, held = null, held_until = null, hold_id = null from pair p
      where v.id = p.old_id and p.amount > 0),
    filled as (update redemption.voucher v set balance = p.amount from pair p where v.id = p.new_id and v.balance <> p.amount)
    select count(*)::int as pairs, count(*) filter (where amount > 0)::int as count, coalesce(sum(amount), 0)::bigint as amount from pair`;
  return { pairs: row!.pairs, count: row!.count, amount: cents(row!.amount) };
}

export type NewReplacement = Readonly<{
  eventId: string; batchId: BatchId; replacedBatchId: BatchId; first: number; last: number; count: number; amount: Cents;
}>;

export async function insertReplacement(tx: Tx, replacement: NewReplacement): Promise<void> {
  const { eventId, batchId, replacedBatchId, first, last, count, amount } = replacement;
  await tx.sql.$executeRaw`
    insert into redemption.replacement (batch_id, event_id, replaced_batch_id, first, last, count, amount, currency, replaced_at)
    values (${batchId}::uuid, ${eventId}::uuid, ${replacedBatchId}::uuid, ${first}::int, ${last}::int, ${count}::int, ${amount}::bigint,
      'EUR', ${tx.now})`;
}
