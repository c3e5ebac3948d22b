// Batches that end, as a hand-over meets them: before the last day it is warned, after it refused; and those whose order
// was cancelled.
import { reject, type BatchId, type LocalDate, type Rejected } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';

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

/** The first that no hand-over may take: its last day of use is over where the operator is, or its order is cancelled. */
export async function barredAmong(sql: Sql, batchIds: readonly BatchId[], today: LocalDate): Promise<Rejected<RefusalCode> | undefined> {
  const [row] = await sql.$queryRaw<{ batchId: BatchId; usableUntil: LocalDate; isCancelled: boolean }[]>`
    select a.* from (
      select b.id as "batchId", d.usable_until::text as "usableUntil",
        -- Vouchers that replace stopped ones stand for an active part, and may be given whatever became of the order.
        exists (select from issuance.order_step s where s.order_id = b.order_id and s.step = 'cancelled')
          and not exists (select from issuance.replacement r where r.batch_id = b.id) as "isCancelled"
      from issuance.batch b join issuance.order_dates d on d.order_id = b.order_id where b.id = any(${batchIds}::uuid[])) a
    where a."isCancelled" or a."usableUntil"::date < ${today}::date order by 1 limit 1`;
  if (!row) return undefined;
  const { batchId, usableUntil, isCancelled } = row;
  return isCancelled ? reject('order_cancelled', { batchId }) : reject('vouchers_ended', { batchId, usableUntil });
}
