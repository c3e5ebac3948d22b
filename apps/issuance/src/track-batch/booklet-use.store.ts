// What was used of each booklet: sums that commute, so that a redemption and its undoing may come in any order. A booklet
// nobody used has no row.
import type { Tx } from '#libs/persistence';
import type { Used } from './track-batch.command.js';

export async function addToBooklet(tx: Tx, { batchId, voucherIndex, amount, at }: Used): Promise<void> {
  if (voucherIndex === undefined) return;
  await tx.sql.$executeRaw`
    insert into issuance.booklet_use as use (batch_id, booklet, redeemed_count, redeemed_cents, undone_count, undone_cents, first_used_at)
    select b.id, ${voucherIndex}::int / b.booklet_size + 1, 1, ${amount}::bigint, 0, 0, ${at}
    from issuance.batch b where b.id = ${batchId}::uuid
    on conflict (batch_id, booklet) do update set redeemed_count = use.redeemed_count + 1,
      redeemed_cents = use.redeemed_cents + excluded.redeemed_cents, first_used_at = least(use.first_used_at, excluded.first_used_at)`;
}

/** An undoing may come before its redemption. */
export async function addUndoneToBooklet(tx: Tx, { batchId, voucherIndex, amount }: Used): Promise<void> {
  if (voucherIndex === undefined) return;
  await tx.sql.$executeRaw`
    insert into issuance.booklet_use as use (batch_id, booklet, redeemed_count, redeemed_cents, undone_count, undone_cents)
    select b.id, ${voucherIndex}::int / b.booklet_size + 1, 0, 0, 1, ${amount}::bigint
    from issuance.batch b where b.id = ${batchId}::uuid
    on conflict (batch_id, booklet) do update set undone_count = use.undone_count + 1, undone_cents = use.undone_cents + excluded.undone_cents`;
}
