// Batches that end, as a hand-over meets them: before the last day it is warned, after it refused.
import type { BatchId, LocalDate } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type EndingBatch = Readonly<{
  batchId: BatchId; usableUntil: LocalDate;
  /** All payers have signed: no more should be handed over. */
  stop: boolean;
}>;

/** Whose fifteenth day before the end has come, by their dates of today. */
export const endingAmong = (sql: Sql, batchIds: readonly BatchId[]): Promise<EndingBatch[]> => sql.$queryRaw<EndingBatch[]>`
  select s.batch_id as "batchId", s.usable_until::text as "usableUntil",
    not exists (select from issuance.order_share o where o.order_id = b.order_id and not exists (
      select from issuance.vintage_sign_off f where f.programme_id = s.programme_id and f.usable_until = s.usable_until
        and f.step = 'fifteen_days' and f.payer_id = o.payer_id)) as stop
  from issuance.expiry_step s join issuance.batch b on b.id = s.batch_id join issuance.order_dates d on d.order_id = b.order_id
  where s.batch_id = any(${batchIds}::uuid[]) and s.step = 'fifteen_days' and s.usable_until = d.usable_until order by 1`;

/** The first whose last day of use is over where the operator is. */
export async function endedAmong(
  sql: Sql, batchIds: readonly BatchId[], today: LocalDate,
): Promise<{ batchId: BatchId; usableUntil: LocalDate } | undefined> {
  const [row] = await sql.$queryRaw<{ batchId: BatchId; usableUntil: LocalDate }[]>`
    select b.id as "batchId", d.usable_until::text as "usableUntil" from issuance.batch b join issuance.order_dates d on d.order_id = b.order_id
    where b.id = any(${batchIds}::uuid[]) and d.usable_until < ${today}::date order by b.id limit 1`;
  return row;
}
