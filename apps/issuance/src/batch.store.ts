// Batches and their chunks.
import { cents, type BatchId, type Cents, type DistributorId, type OrderId } from '#libs/kernel';
import type { WrappedKey } from '#libs/keys';
import type { Sql, Tx } from '#libs/persistence';
import { stateOfChunks, type BatchState, type ChunkCounts } from './batch-state.decision.js';
import type { BookletSize } from './voucher-range.decision.js';

export type NewBatch = Readonly<{
  batchId: BatchId; orderId: OrderId; count: number; bookletSize: BookletSize; face: Cents; chunkCount: number;
  wrappedKey: WrappedKey; pepperKeyId: string; serialPermutationId: string; serialLabel: string;
}>;

/** False when another batch has this serial label. */
export async function insertBatch(tx: Tx, batch: NewBatch, createdBy: string): Promise<boolean> {
  const { batchId, orderId, count, bookletSize, face, chunkCount, wrappedKey, pepperKeyId, serialPermutationId, serialLabel } = batch;
  const inserted = await tx.sql.$executeRaw`
    insert into issuance.batch (id, order_id, count, booklet_size, face_cents, currency, chunk_count, wrapping_key_id, wrapped_key,
      pepper_key_id, serial_permutation_id, serial_label, created_by, created_at)
    values (${batchId}::uuid, ${orderId}::uuid, ${count}, ${bookletSize}, ${face}, 'EUR', ${chunkCount}, ${wrappedKey.keyId},
      ${wrappedKey.wrapped}, ${pepperKeyId}, ${serialPermutationId}, ${serialLabel}, ${createdBy}, ${tx.now})
    on conflict (serial_label) do nothing`;
  if (inserted === 0) return false;
  await tx.sql.$executeRaw`insert into issuance.batch_funnel (batch_id) values (${batchId}::uuid)`;
  return true;
}

export type Batch = Readonly<{
  batchId: BatchId; orderId: OrderId; count: number; bookletSize: BookletSize; face: Cents; state: BatchState;
  isReplacement: boolean;
}>;

export async function readBatch(sql: Sql, batchId: BatchId, distributorId: DistributorId | null = null): Promise<Batch | undefined> {
  return (await readBatches(sql, [batchId], distributorId)).get(batchId);
}

/** Those that are there; to a distributor a batch of which it never was sent anything is as unknown as none. Null: whoever sees all. */
export async function readBatches(
  sql: Sql, batchIds: readonly BatchId[], distributorId: DistributorId | null,
): Promise<ReadonlyMap<BatchId, Batch>> {
  const rows = await sql.$queryRaw<(Omit<Batch, 'face'> & { face: bigint })[]>`
    select b.id as "batchId", b.order_id as "orderId", b.count, b.booklet_size as "bookletSize", b.face_cents as face, b.state,
      exists (select from issuance.replacement r where r.batch_id = b.id) as "isReplacement"
    from issuance.batch b where b.id = any(${batchIds}::uuid[]) and (${distributorId}::uuid is null
      or exists (select from issuance.delivery d where d.batch_id = b.id and d.distributor_id = ${distributorId}::uuid))`;
  return new Map(rows.map((row) => [row.batchId, { ...row, face: cents(row.face) }]));
}

/** What derives the codes of a batch. */
export type BatchKeys = Readonly<{
  batchId: BatchId; count: number; bookletSize: BookletSize; chunkCount: number; pepperKeyId: string; serialPermutationId: string;
  /** Undefined once it was destroyed: all of the batch is delivered. */
  wrappedKey: WrappedKey | undefined;
}>;
type KeysRow = Omit<BatchKeys, 'wrappedKey'> & { keyId: string; wrapped: Uint8Array | null };

export async function readBatchKeys(sql: Sql, batchId: BatchId): Promise<BatchKeys | undefined> {
  const [row] = await sql.$queryRaw<KeysRow[]>`
    select b.id as "batchId", b.count, b.booklet_size as "bookletSize", b.chunk_count as "chunkCount", b.wrapping_key_id as "keyId", b.wrapped_key as wrapped,
      b.pepper_key_id as "pepperKeyId", b.serial_permutation_id as "serialPermutationId"
    from issuance.batch b where b.id = ${batchId}::uuid`;
  if (!row) return undefined;
  const { keyId, wrapped, ...rest } = row;
  return { ...rest, wrappedKey: wrapped ? { keyId, wrapped } : undefined };
}

/** For ever: the database refuses it too early, and refuses a key that comes back. */
export async function destroyKey(tx: Tx, batchId: BatchId): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.batch set wrapped_key = null, key_destroyed_at = ${tx.now} where id = ${batchId}::uuid`;
}

/** Oldest first. */
export async function mintingBatches(sql: Sql): Promise<BatchId[]> {
  const rows = await sql.$queryRaw<{ batchId: BatchId }[]>`
    select b.id as "batchId" from issuance.batch b where b.state = 'minting' order by b.created_at, b.id`;
  return rows.map(({ batchId }) => batchId);
}

export async function mintedChunks(sql: Sql, batchId: BatchId): Promise<ReadonlySet<number>> {
  const rows = await sql.$queryRaw<{ chunk: number }[]>`
    select c.chunk from issuance.chunk c where c.batch_id = ${batchId}::uuid`;
  return new Set(rows.map(({ chunk }) => chunk));
}

export type NewChunk = Readonly<{ batchId: BatchId; chunk: number; count: number; sha256: string }>;

/** False when the chunk was minted before; a rival that mints it now is waited for. */
export async function insertChunk(tx: Tx, chunk: NewChunk): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into issuance.chunk (batch_id, chunk, count, sha256, minted_at)
    values (${chunk.batchId}::uuid, ${chunk.chunk}, ${chunk.count}, ${chunk.sha256}, ${tx.now})
    on conflict (batch_id, chunk) do nothing`;
  return inserted === 1;
}

/** False when there is no such chunk of that count. A chunk keeps the first moment at which it was confirmed. */
export async function markLoaded(tx: Tx, batchId: BatchId, chunk: number, count: number): Promise<boolean> {
  const updated = await tx.sql.$executeRaw`
    update issuance.chunk set loaded_at = coalesce(loaded_at, ${tx.now})
    where batch_id = ${batchId}::uuid and chunk = ${chunk}::int and count = ${count}::int`;
  return updated === 1;
}

/** Brings the batch's state up to its chunks. The lock makes the second of two last chunks see the first. */
export async function settleState(tx: Tx, batchId: BatchId): Promise<void> {
  await tx.sql.$executeRaw`select 1 from issuance.batch b where b.id = ${batchId}::uuid for update`;
  const [counts] = await tx.sql.$queryRaw<ChunkCounts[]>`
    select b.chunk_count as "chunkCount", count(c.chunk)::int as minted, count(c.loaded_at)::int as loaded
    from issuance.batch b left join issuance.chunk c on c.batch_id = b.id where b.id = ${batchId}::uuid group by b.chunk_count`;
  if (!counts) return;
  await tx.sql.$executeRaw`update issuance.batch set state = ${stateOfChunks(counts)} where id = ${batchId}::uuid`;
}

/** False when there is no such batch. Sums commute: redemptions and undoings may come in any order. */
export async function addToFunnel(tx: Tx, batchId: BatchId, amount: Cents): Promise<boolean> {
  const updated = await tx.sql.$executeRaw`
    update issuance.batch_funnel set redeemed_count = redeemed_count + 1, redeemed_cents = redeemed_cents + ${amount}
    where batch_id = ${batchId}::uuid`;
  return updated === 1;
}

/** The same of what was undone. */
export async function addUndoneToFunnel(tx: Tx, batchId: BatchId, amount: Cents): Promise<boolean> {
  const updated = await tx.sql.$executeRaw`
    update issuance.batch_funnel set undone_count = undone_count + 1, undone_cents = undone_cents + ${amount}
    where batch_id = ${batchId}::uuid`;
  return updated === 1;
}
