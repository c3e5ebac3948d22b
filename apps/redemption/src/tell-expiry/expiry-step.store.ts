// Batches whose end comes near, and the steps that were told of them.
import { cents, type BatchId, type Cents, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { CALENDAR_BATCHES_MAX } from '../limits.js';
import type { DueStep, ExpiryStep } from './expiry-calendar.decision.js';

export type EndingBatch = Readonly<{
  batchId: BatchId; programmeId: ProgrammeId; usableUntil: LocalDate; claimableUntil: LocalDate; told: readonly ExpiryStep[];
}>;

/** With steps that were not told, from thirty days before the last day of use on; those that end first come first. */
export const endingBatches = (sql: Sql, today: LocalDate, batchId: BatchId | null = null): Promise<EndingBatch[]> => sql.$queryRaw<EndingBatch[]>`
  select b.id as "batchId", b.programme_id as "programmeId", b.usable_until::text as "usableUntil",
    b.claimable_until::text as "claimableUntil", s.told
  from redemption.batch b cross join lateral (
    select coalesce(array_agg(e.step), '{}') as told from redemption.expiry_step e
    where e.batch_id = b.id and e.usable_until = b.usable_until) s
  where b.usable_until - 30 <= ${today}::date and cardinality(s.told) < 5 and (${batchId}::uuid is null or b.id = ${batchId}::uuid)
  order by b.usable_until, b.id limit ${CALENDAR_BATCHES_MAX}`;

export type BatchFigures = Readonly<{ spendableCount: number; startedCount: number; left: Cents }>;

/** Of its spendable vouchers. Started: somebody redeemed it, and not all of that was undone. */
export async function figuresOf(tx: Tx, batchId: BatchId): Promise<BatchFigures> {
  const [row] = await tx.sql.$queryRaw<{ spendableCount: number; startedCount: number; left: bigint }[]>`
    select count(*)::int as "spendableCount",
      count(*) filter (where v.last_redemption_id is not null and v.balance + v.expired < v.face)::int as "startedCount",
      coalesce(sum(v.balance), 0)::bigint as left
    from redemption.spendable_range s join redemption.voucher v on v.batch_id = s.batch_id and v.index between s.first and s.last
    where s.batch_id = ${batchId}::uuid`;
  return { ...row!, left: cents(row!.left) };
}

export async function insertStep(tx: Tx, { batchId, usableUntil }: EndingBatch, { step, dueOn }: DueStep, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.expiry_step (batch_id, usable_until, step, due_on, event_id, told_at)
    values (${batchId}::uuid, ${usableUntil}::date, ${step}, ${dueOn}::date, ${eventId}::uuid, ${tx.now})`;
}
