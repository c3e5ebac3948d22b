// Expiry runs, and the vouchers that they end. Everything about vouchers is set-based: a chunk is one lock and one write.
import { cents, type BatchId, type Cents, type ExpiryRunId, type LocalDate } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { EXPIRY_BATCHES_MAX } from '../limits.js';
import type { ExpirableBatch, IndexRange } from './expire-batch.decision.js';
import type { ExpiryRunPage, ExpiryRunView, ExpiryScope } from './expire-batch.command.js';

/** Two that start runs at once would both find that none is open. */
export const EXPIRY_RUNS_LOCK = 'expiry runs';

type BatchRow = Readonly<{
  batchId: BatchId; claimableUntil: LocalDate; loading: boolean; left: bigint; runId: ExpiryRunId | null; finished: boolean | null;
}>;

/** Batches with something left to do come first: what the bound on their number leaves out is done already. */
export async function expirableBatches(tx: Tx, scope: ExpiryScope): Promise<ExpirableBatch[]> {
  const batchId = 'batchId' in scope ? scope.batchId : null;
  const programmeId = 'programmeId' in scope ? scope.programmeId : null;
  const rows = await tx.sql.$queryRaw<BatchRow[]>`
    select b.id as "batchId", b.claimable_until::text as "claimableUntil", l.left, run.id as "runId", run.finished,
      exists (select from redemption.voucher_range r where r.batch_id = b.id and r.spendable_at is null) as loading
    from redemption.batch b
    cross join lateral (
      select coalesce(sum(v.balance), 0)::bigint as left
      from redemption.spendable_range s join redemption.voucher v on v.batch_id = s.batch_id and v.index between s.first and s.last
      where s.batch_id = b.id) l
    left join lateral (
      select e.id, e.finished_at is not null as finished from redemption.expiry_run e
      where e.batch_id = b.id and e.lifted_by is null order by e.id desc limit 1) run on true
    where b.id = ${batchId}::uuid or b.programme_id = ${programmeId}::uuid
    order by run.finished is true and l.left = 0, b.id limit ${EXPIRY_BATCHES_MAX}`;
  return rows.map(({ runId, finished, left, ...row }) =>
    ({ ...row, left: cents(left), latestRun: runId && { runId, finished: finished === true } }));
}

export async function insertRun(tx: Tx, runId: ExpiryRunId, batchId: BatchId, startedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.expiry_run (id, batch_id, started_by, started_at)
    values (${runId}::uuid, ${batchId}::uuid, ${startedBy}, ${tx.now})`;
}

/** Oldest first. */
export async function openRuns(sql: Sql): Promise<ExpiryRunId[]> {
  const rows = await sql.$queryRaw<{ id: ExpiryRunId }[]>`
    select id from redemption.expiry_run where finished_at is null order by id`;
  return rows.map(({ id }) => id);
}

export type OpenRun = Readonly<{ batchId: BatchId; custodyAccountId: string; count: number; nextIndex: number }>;

/** Undefined when another process has finished it. Two processes at one run take turns, chunk by chunk. */
export async function lockOpenRun(tx: Tx, runId: ExpiryRunId): Promise<OpenRun | undefined> {
  const locked = await tx.sql.$executeRaw`
    select 1 from redemption.expiry_run where id = ${runId}::uuid and finished_at is null for update`;
  if (locked === 0) return undefined;
  const [row] = await tx.sql.$queryRaw<OpenRun[]>`
    select b.id as "batchId", b.custody_account_id as "custodyAccountId", b.count, e.next_index as "nextIndex"
    from redemption.expiry_run e join redemption.batch b on b.id = e.batch_id where e.id = ${runId}::uuid`;
  return row;
}

export type Expired = Readonly<{ count: number; amount: Cents }>;

/**
 * Takes all that is left off the spendable vouchers of the range. They are locked first, in the tills' own order: a till
 * that holds one of them finishes before, and the second statement, with a snapshot of its own, sees what it left. A hold ends
 * with the balance under it: on no day at any place could it still be confirmed.
 */
export async function expireVouchers(tx: Tx, batchId: BatchId, { first, last }: IndexRange): Promise<Expired> {
  await tx.sql.$queryRaw`
    select count(*) from (
      select from redemption.voucher v
      where v.batch_id = ${batchId}::uuid and v.index between ${first}::int and ${last}::int and v.balance > 0
      order by v.code_mac for update) locked`;
  const [row] = await tx.sql.$queryRaw<{ count: number; amount: bigint }[]>`
    with gone as (
      update redemption.voucher v set expired = v.expired + v.balance, balance = 0, held = null, held_until = null, hold_id = null
      from redemption.spendable_range s
      where s.batch_id = ${batchId}::uuid and s.first <= ${last}::int and s.last >= ${first}::int
        and v.batch_id = s.batch_id and v.index between greatest(s.first, ${first}::int) and least(s.last, ${last}::int) and v.balance > 0
      returning old.balance as amount)
    select count(*)::int as count, coalesce(sum(amount), 0)::bigint as amount from gone`;
  return { count: row!.count, amount: cents(row!.amount) };
}

export type NewExpiryChunk = IndexRange & Expired & Readonly<{ runId: ExpiryRunId; chunk: number; eventId: string }>;

export async function insertExpiryChunk(tx: Tx, chunk: NewExpiryChunk): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.expiry_chunk (run_id, chunk, first, last, count, amount, currency, event_id, expired_at)
    values (${chunk.runId}::uuid, ${chunk.chunk}, ${chunk.first}, ${chunk.last}, ${chunk.count}, ${chunk.amount}, 'EUR',
      ${chunk.eventId}::uuid, ${tx.now})`;
}

export async function advanceRun(tx: Tx, runId: ExpiryRunId, nextIndex: number): Promise<void> {
  await tx.sql.$executeRaw`update redemption.expiry_run set next_index = ${nextIndex} where id = ${runId}::uuid`;
}

export async function finishRun(tx: Tx, runId: ExpiryRunId): Promise<void> {
  await tx.sql.$executeRaw`update redemption.expiry_run set finished_at = ${tx.now} where id = ${runId}::uuid`;
}

export type RunTotals = Readonly<{ chunkCount: number; voucherCount: number; amount: Cents }>;

export async function totalsOf(tx: Tx, runId: ExpiryRunId): Promise<RunTotals> {
  const [row] = await tx.sql.$queryRaw<RunTotals[]>`
    select count(*)::int as "chunkCount", coalesce(sum(count), 0)::int as "voucherCount", coalesce(sum(amount), 0)::bigint as amount
    from redemption.expiry_chunk where run_id = ${runId}::uuid`;
  return row!;
}

export const listExpiryRuns = (sql: Sql, { before, rowsMax, programmeId, batchId }: ExpiryRunPage): Promise<ExpiryRunView[]> => sql.$queryRaw<ExpiryRunView[]>`
  select e.id as "runId", b.id as "batchId", b.programme_id as "programmeId", b.count, e.next_index as "nextIndex",
    c.chunks as "chunkCount", c.vouchers as "voucherCount", c.amount, e.started_at as "startedAt", e.finished_at as "finishedAt", s.outcome
  from redemption.expiry_run e
  join redemption.batch b on b.id = e.batch_id
  cross join lateral (
    select count(*)::int as chunks, coalesce(sum(count), 0)::int as vouchers, coalesce(sum(amount), 0)::bigint as amount
    from redemption.expiry_chunk where run_id = e.id) c
  left join lateral (
    select outcome from redemption.signed_statement where order_id = b.order_id order by signed_at desc, statement_id desc limit 1) s on true
  where (${before}::uuid is null or e.id < ${before}::uuid)
    and (${programmeId}::uuid is null or b.programme_id = ${programmeId}::uuid)
    and (${batchId}::uuid is null or b.id = ${batchId}::uuid)
  order by e.id desc limit ${rowsMax}::int`;
