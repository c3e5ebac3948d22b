// Extensions of batches, and the vouchers to which value comes back. Set-based, as the expiry that it takes back.
import { cents, type BatchId, type Cents } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { IndexRange } from '../expire-batch/expire-batch.decision.js';
import type { Extension } from './extend-batch.command.js';
import type { ExtendableBatch } from './extend-batch.decision.js';

/** By the chunks, which are a few, and not by the vouchers. */
export async function readExtendable(tx: Tx, batchId: string): Promise<ExtendableBatch> {
  const [row] = await tx.sql.$queryRaw<{ expired: bigint; runOpen: boolean; runStands: boolean }[]>`
    select (coalesce((select sum(c.amount) from redemption.expiry_chunk c join redemption.expiry_run e on e.id = c.run_id
        where e.batch_id = ${batchId}::uuid), 0)
      - coalesce((select sum(x.amount) from redemption.batch_extension x where x.batch_id = ${batchId}::uuid), 0))::bigint as expired,
      exists (select from redemption.expiry_run e where e.batch_id = ${batchId}::uuid and e.finished_at is null) as "runOpen",
      exists (select from redemption.expiry_run e where e.batch_id = ${batchId}::uuid and e.lifted_by is null) as "runStands"`;
  return { ...row!, expired: cents(row!.expired) };
}

export async function insertExtension(
  tx: Tx, eventId: string, { batchId, usableUntil, claimableUntil, amountCents }: Extension,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.batch_extension (event_id, batch_id, earlier_usable_until, earlier_claimable_until, usable_until, claimable_until,
      amount, currency, taken_at)
    select ${eventId}::uuid, b.id, b.usable_until, b.claimable_until, ${usableUntil}::date, ${claimableUntil}::date, ${amountCents}::bigint,
      'EUR', ${tx.now} from redemption.batch b where b.id = ${batchId}::uuid`;
  await tx.sql.$executeRaw`
    update redemption.batch set usable_until = ${usableUntil}::date, claimable_until = ${claimableUntil}::date where id = ${batchId}::uuid`;
}

/** Oldest first. */
export async function openExtensions(sql: Sql): Promise<string[]> {
  const rows = await sql.$queryRaw<{ eventId: string }[]>`
    select event_id as "eventId" from redemption.batch_extension where restored_at is null order by taken_at, event_id`;
  return rows.map(({ eventId }) => eventId);
}

export type OpenExtension = Readonly<{ batchId: BatchId; count: number; nextIndex: number }>;

/** Undefined when another process has finished it; two at one extension take turns, chunk by chunk. */
export async function lockOpenExtension(tx: Tx, eventId: string): Promise<OpenExtension | undefined> {
  const locked = await tx.sql.$executeRaw`
    select 1 from redemption.batch_extension where event_id = ${eventId}::uuid and restored_at is null for update`;
  if (locked === 0) return undefined;
  const [row] = await tx.sql.$queryRaw<OpenExtension[]>`
    select b.id as "batchId", b.count, e.next_index as "nextIndex"
    from redemption.batch_extension e join redemption.batch b on b.id = e.batch_id where e.event_id = ${eventId}::uuid`;
  return row;
}

export type Restored = Readonly<{ count: number; amount: Cents }>;

/** Each voucher gets back what it lost, no more and no less. A stopped one stays stopped: it is as it was before the run. */
export async function restoreVouchers(tx: Tx, batchId: BatchId, { first, last }: IndexRange): Promise<Restored> {
  await tx.sql.$queryRaw`
    select count(*) from (
      select from redemption.voucher v
      where v.batch_id = ${batchId}::uuid and v.index between ${first}::int and ${last}::int and v.expired > 0
      order by v.code_mac for update) locked`;
  const [row] = await tx.sql.$queryRaw<{ count: number; amount: bigint }[]>`
    with back as (
      update redemption.voucher v set balance = v.balance + v.expired, expired = 0
      where v.batch_id = ${batchId}::uuid and v.index between ${first}::int and ${last}::int and v.expired > 0
      returning old.expired as amount)
    select count(*)::int as count, coalesce(sum(amount), 0)::bigint as amount from back`;
  return { count: row!.count, amount: cents(row!.amount) };
}

export async function insertRestoredChunk(
  tx: Tx, eventId: string, { first, last }: IndexRange, { count, amount }: Restored,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.restored_chunk (event_id, chunk, first, last, count, amount, currency, restored_at)
    select ${eventId}::uuid, (select count(*)::int from redemption.restored_chunk where event_id = ${eventId}::uuid), ${first}, ${last},
      ${count}, ${amount}, 'EUR', ${tx.now}`;
}

export async function advanceExtension(tx: Tx, eventId: string, nextIndex: number): Promise<void> {
  await tx.sql.$executeRaw`update redemption.batch_extension set next_index = ${nextIndex} where event_id = ${eventId}::uuid`;
}

/** The runs before it close the batch no more, and tills see its new dates: in the transaction that makes it whole. */
export async function finishExtension(tx: Tx, eventId: string, batchId: BatchId): Promise<void> {
  await tx.sql.$executeRaw`update redemption.batch_extension set restored_at = ${tx.now} where event_id = ${eventId}::uuid`;
  await tx.sql.$executeRaw`
    update redemption.expiry_run set lifted_by = ${eventId}::uuid where batch_id = ${batchId}::uuid and lifted_by is null`;
}
