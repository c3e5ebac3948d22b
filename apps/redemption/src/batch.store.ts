// The SQL of batches, their chunks and ranges, and of the messages that came before their batch.
import type { BatchCreatedV1, BodyOf, Envelope, RangeActivatedV1 } from '#libs/contracts';
import { cents, idOf, type ActivationId, type BatchId, type Cents } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from './database.store.js';

export type StoredBatch = Readonly<{
  id: BatchId; count: number; chunks: number; unit: boolean; face: Cents; custodyAccountId: string;
  /** The voucher at index i stands for the one at `first + i` of that batch. */
  replaces?: Readonly<{ batchId: BatchId; first: number }>;
}>;

type BatchRow = {
  id: string; count: number; chunks: number; unit: boolean; face: bigint; custody_account_id: string;
  replaces_batch_id: string | null; replaces_first: number | null;
};

/**
 * Undefined when it is not known yet. Everything that concerns one batch goes through this lock: a message that parks
 * because the batch is unknown and the batch that then looks for parked messages must not miss each other.
 */
export async function lockBatch(tx: Tx, batchId: string): Promise<StoredBatch | undefined> {
  await lockByName(tx, `batch:${batchId}`);
  const [row] = await tx.sql.$queryRaw<BatchRow[]>`
    select id, count, chunks, unit, face, custody_account_id, replaces_batch_id, replaces_first
    from redemption.batch where id = ${batchId}::uuid`;
  return row && {
    id: idOf('batch', row.id), count: row.count, chunks: row.chunks, unit: row.unit, face: cents(row.face), custodyAccountId: row.custody_account_id,
    ...(row.replaces_batch_id !== null && { replaces: { batchId: idOf('batch', row.replaces_batch_id), first: row.replaces_first! } }),
  };
}

export async function insertBatch(tx: Tx, batch: BodyOf<typeof BatchCreatedV1>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.batch (id, order_id, programme_id, count, chunks, face, currency, unit, usable_until, claimable_until,
      custody_account_id, pepper_key_id, serial_permutation_id, created_at, replaces_batch_id, replaces_first,
      rule_version, services, redemption_max, service_prices, offline, serial_label, booklet_size)
    values (${batch.batchId}::uuid, ${batch.orderId}::uuid, ${batch.programmeId}::uuid, ${batch.count}, ${batch.chunks},
      ${batch.faceCents}::bigint, ${batch.currency}, ${batch.kind === 'unit'}, ${batch.usableUntil}::date,
      ${batch.claimableUntil}::date, ${batch.custodyAccountId}::uuid, ${batch.pepperKeyId}, ${batch.serialPermutationId}, ${tx.now},
      ${batch.replaces?.batchId ?? null}::uuid, ${batch.replaces?.first ?? null}::int, ${batch.ruleVersion ?? null}::int,
      ${batch.services ?? []}::text[], ${batch.redemptionCentsMax ?? null}::bigint,
      ${JSON.stringify(batch.servicePrices ?? [])}::jsonb, ${batch.offline ?? false}, ${batch.serialLabel ?? null},
      ${batch.bookletSize ?? null}::int)`;
}

export async function insertChunk(tx: Tx, batchId: BatchId, chunk: number, count: number, entriesSha256: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.chunk (batch_id, chunk, count, entries_sha256, loaded_at)
    values (${batchId}::uuid, ${chunk}, ${count}, ${entriesSha256}, ${tx.now})`;
}

/** Vouchers of a range stand in any chunk, so a range can be spent when its whole batch is there. */
export async function isComplete(tx: Tx, { id, count, chunks }: StoredBatch): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ chunks: number; count: number }[]>`
    select count(*)::int as chunks, coalesce(sum(count), 0)::int as count from redemption.chunk where batch_id = ${id}::uuid`;
  return row!.chunks === chunks && row!.count === count;
}

export async function insertRange(tx: Tx, range: BodyOf<typeof RangeActivatedV1>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.voucher_range (activation_id, batch_id, first, last, amount, currency, activated_at)
    values (${range.activationId}::uuid, ${range.batchId}::uuid, ${range.first}, ${range.last}, ${range.amountCents}::bigint,
      ${range.currency}, ${tx.now})`;
}

export type SpendableRange = Readonly<{ activationId: ActivationId; amount: Cents }>;

/** The ranges of a complete batch that wait for it; from here on tills see them. */
export async function openRanges(tx: Tx, batchId: BatchId): Promise<SpendableRange[]> {
  const rows = await tx.sql.$queryRaw<{ activation_id: string; amount: bigint }[]>`
    update redemption.voucher_range set spendable_at = ${tx.now}
    where batch_id = ${batchId}::uuid and spendable_at is null returning activation_id, amount`;
  return rows.map((row) => ({ activationId: idOf('activation', row.activation_id), amount: cents(row.amount) }));
}

/** Taken, but to be handled when its batch comes: it is acknowledged and cannot be lost with the queue. */
export async function parkMessage(tx: Tx, batchId: string, message: Envelope): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.parked_message (message_id, batch_id, message, parked_at)
    values (${message.id}::uuid, ${batchId}::uuid, ${JSON.stringify(message)}::jsonb, ${tx.now})`;
}

/** In the order in which they were sent. */
export async function takeParked(tx: Tx, batchId: BatchId): Promise<Envelope[]> {
  const rows = await tx.sql.$queryRaw<{ message: Envelope }[]>`
    delete from redemption.parked_message where batch_id = ${batchId}::uuid returning message`;
  return rows.map(({ message }) => message).sort((a, b) => a.seq - b.seq);
}
