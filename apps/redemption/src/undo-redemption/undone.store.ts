// Redemptions as undoing sees them, and what it writes.
import { cents, type RedemptionId, type UndoId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Undoable, UndoReason } from './undo-redemption.decision.js';

type Row = Omit<Undoable, 'amount' | 'balance'> & { amount: bigint; balance: bigint };

/**
 * Locks the voucher, as a till does: another redemption of it, a second undoing and a replacement come before or after
 * this one, never between. What they left is read by a statement of its own, after the lock.
 */
export async function lockUndoable(tx: Tx, redemptionId: RedemptionId): Promise<Undoable | undefined> {
  const locked = await tx.sql.$executeRaw`
    select 1 from redemption.voucher v
    where v.id = (select r.voucher_id from redemption.redemption r where r.id = ${redemptionId}::uuid) for update`;
  if (locked === 0) return undefined;
  const [row] = await tx.sql.$queryRaw<Row[]>`
    select r.id as "redemptionId", r.voucher_id as "voucherId", r.batch_id as "batchId", v.index as "voucherIndex", r.programme_id as "programmeId",
      r.place_id as "placeId", r.amount, r.redeemed_at as "redeemedAt", b.custody_account_id as "custodyAccountId", v.balance,
      (${tx.now}::timestamptz at time zone s.time_zone)::date > b.claimable_until as expired,
      exists (select from redemption.undone_redemption u where u.redemption_id = r.id) as undone,
      exists (select from redemption.numbered n where n.outbox_id = r.outbox_id
        and n.last_seq <= (select max(up_to_seq) from redemption.period_closing)) as "periodClosed",
      exists (select from redemption.replacement p where p.replaced_batch_id = v.batch_id and v.index between p.first and p.last) as replaced
    from redemption.redemption r join redemption.voucher v on v.id = r.voucher_id join redemption.batch b on b.id = r.batch_id
    join redemption.site s on s.id = r.site_id
    where r.id = ${redemptionId}::uuid`;
  return row && { ...row, amount: cents(row.amount), balance: cents(row.balance) };
}

export async function insertUndone(tx: Tx, undoId: UndoId, found: Undoable, reason: UndoReason): Promise<void> {
  const { redemptionId, voucherId, batchId, placeId, amount } = found;
  await tx.sql.$executeRaw`
    insert into redemption.undone_redemption (id, redemption_id, voucher_id, batch_id, place_id, amount, currency, reason, undone_by, undone_at)
    values (${undoId}::uuid, ${redemptionId}::uuid, ${voucherId}::uuid, ${batchId}::uuid, ${placeId}::uuid, ${amount}::bigint, 'EUR',
      ${reason}, ${tx.origin.actor.id}, ${tx.now})`;
}

/**
 * Added, not set: its check would stop what came back twice. The voucher keeps the id of its last redemption, which nobody
 * asks for while it holds something.
 */
export async function putBack(tx: Tx, { voucherId, amount }: Undoable): Promise<void> {
  await tx.sql.$executeRaw`update redemption.voucher set balance = balance + ${amount}::bigint where id = ${voucherId}::uuid`;
}
