import type { BatchId, Cents, LocalDate, ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type BatchView = Readonly<{
  batchId: BatchId; programmeId: ProgrammeId; unit: boolean; face: Cents; count: number;
  usableUntil: LocalDate; claimableUntil: LocalDate; loadedCount: number; spendableCount: number; activated: Cents;
  /** What holders can still spend, by the vouchers themselves. */
  left: Cents;
  /** No till takes them while a payment of their order is disputed. */
  frozen: boolean;
}>;

export function listBatches(sql: Sql, before: BatchId | null, rowsMax: number): Promise<BatchView[]> {
  return sql.$queryRaw<BatchView[]>`
    select b.id as "batchId", b.programme_id as "programmeId", b.unit, b.face, b.count, b.usable_until::text as "usableUntil",
      b.claimable_until::text as "claimableUntil", c.loaded as "loadedCount", r.spendable as "spendableCount", r.activated, l.left,
      exists (select from redemption.frozen_order f where f.order_id = b.order_id) as frozen
    from redemption.batch b,
      lateral (select coalesce(sum(count), 0)::int as loaded from redemption.chunk where batch_id = b.id) c,
      lateral (
        select coalesce(sum(last - first + 1) filter (where spendable_at is not null), 0)::int as spendable, coalesce(sum(amount), 0)::bigint as activated
        from (
          select first, last, amount, spendable_at from redemption.voucher_range where batch_id = b.id
          union all select first, last, amount, replaced_at from redemption.replacement where batch_id = b.id) s) r,
      lateral (
        select coalesce(sum(v.balance), 0)::bigint as left
        from redemption.voucher v where v.batch_id = b.id and exists (
          select from redemption.voucher_range s
          where s.batch_id = b.id and s.spendable_at is not null and v.index between s.first and s.last
          union all select from redemption.replacement p where p.batch_id = b.id)) l
    where ${before}::uuid is null or b.id < ${before}::uuid
    order by b.id desc limit ${rowsMax}`;
}
