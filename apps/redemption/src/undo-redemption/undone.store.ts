// Redemptions as undoing sees them, and what it writes.
import { cents, type RedemptionId, type UndoId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Undoable, UndoReason } from './undo-redemption.decision.js';

type Row = Omit<Undoable, 'amount' | 'balance'> & { amount: bigint; balance: bigint };

/** Itself and, where several vouchers paid for one participation, the others too: the one that was asked for comes first. */
async function idsOfParticipation(tx: Tx, redemptionId: RedemptionId): Promise<RedemptionId[]> {
  const rows = await tx.sql.$queryRaw<{ id: RedemptionId }[]>`
    with asked as (select coalesce(participation_id, id) as lead from redemption.redemption where id = ${redemptionId}::uuid)
    select r.id from redemption.redemption r, asked where r.id = asked.lead
    union all select r.id from redemption.redemption r, asked where r.participation_id = asked.lead`;
  return rows.map(({ id }) => id).sort((a, b) => Number(b === redemptionId) - Number(a === redemptionId));
}

/**
 * Locks the vouchers in the order in which tills do: another redemption of one, a second undoing and a replacement come before or
 * after this one, never between. What they left is read by a statement of its own, after the lock. Empty: nothing has this id.
 */
export async function lockUndoables(tx: Tx, redemptionId: RedemptionId): Promise<Undoable[]> {
  // Which ones paid together never changes, so it is read before the lock.
  const ids = await idsOfParticipation(tx, redemptionId);
  if (ids.length === 0) return [];
  await tx.sql.$executeRaw`
    select 1 from redemption.voucher v
    where v.id in (select r.voucher_id from redemption.redemption r where r.id = any(${ids}::uuid[])) order by v.code_mac for update`;
  const rows = await tx.sql.$queryRaw<Row[]>`
    select r.id as "redemptionId", r.voucher_id as "voucherId", r.batch_id as "batchId", v.index as "voucherIndex", r.programme_id as "programmeId",
      r.place_id as "placeId", r.amount, r.redeemed_at as "redeemedAt", b.custody_account_id as "custodyAccountId", v.balance,
      (${tx.now}::timestamptz at time zone s.time_zone)::date > b.claimable_until as expired,
      exists (select from redemption.undone_redemption u where u.redemption_id = r.id) as undone,
      exists (select from redemption.numbered n where n.outbox_id = r.outbox_id
        and n.last_seq <= (select max(up_to_seq) from redemption.period_closing)) as "periodClosed",
      exists (select from redemption.replacement p where p.replaced_batch_id = v.batch_id and v.index between p.first and p.last) as replaced
    from redemption.redemption r join redemption.voucher v on v.id = r.voucher_id join redemption.batch b on b.id = r.batch_id
    join redemption.site s on s.id = r.site_id
    where r.id = any(${ids}::uuid[]) order by array_position(${ids}::uuid[], r.id)`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount), balance: cents(row.balance) }));
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
