// Authorisations as cancelling sees them, and what it writes.
import { cents, type AuthorisationId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Cancellable } from './cancel-authorisation.decision.js';

type Row = Omit<Cancellable, 'amount' | 'confirmed'> & { amount: bigint; confirmed: bigint | null };

/** Locks the voucher, as a till does: a confirmation comes before or after, and is seen by a statement of its own. */
export async function lockCancellable(tx: Tx, authorisationId: AuthorisationId): Promise<Cancellable | undefined> {
  const locked = await tx.sql.$executeRaw`
    select 1 from redemption.voucher v
    where v.id = (select a.voucher_id from redemption.authorisation a where a.id = ${authorisationId}::uuid) for update`;
  if (locked === 0) return undefined;
  const [row] = await tx.sql.$queryRaw<Row[]>`
    select a.id as "authorisationId", a.voucher_id as "voucherId", a.batch_id as "batchId", a.place_id as "placeId", a.amount,
      r.amount as confirmed, c.cancelled_at as "cancelledAt"
    from redemption.authorisation a left join redemption.redemption r on r.id = a.id
    left join redemption.cancelled_authorisation c on c.id = a.id
    where a.id = ${authorisationId}::uuid`;
  return row && { ...row, amount: cents(row.amount), confirmed: row.confirmed === null ? null : cents(row.confirmed) };
}

export async function insertCancelled(tx: Tx, authorisationId: AuthorisationId, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.cancelled_authorisation (id, event_id, cancelled_by, cancelled_at)
    values (${authorisationId}::uuid, ${eventId}::uuid, ${tx.origin.actor.id}, ${tx.now})`;
}

/** Only its own hold: one that lapsed may have made room for another. */
export async function endHold(tx: Tx, { authorisationId, voucherId }: Cancellable): Promise<void> {
  await tx.sql.$executeRaw`
    update redemption.voucher set held = null, held_until = null, hold_id = null
    where id = ${voucherId}::uuid and hold_id = ${authorisationId}::uuid`;
}
