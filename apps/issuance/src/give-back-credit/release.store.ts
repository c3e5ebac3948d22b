import { cents, type BankLineId, type Cents, type RefundId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { RefundMovement } from '../refunds/refunds.commands.js';
import type { ListReleases, ReleaseReason, ReleaseView } from './give-back-credit.command.js';

type NewRelease = Readonly<{ releaseId: RefundId; bankLineId: BankLineId; amount: Cents; reason: ReleaseReason; eventId: string }>;

export async function insertRelease(tx: Tx, release: NewRelease, releasedBy: string): Promise<void> {
  const { releaseId, bankLineId, amount, reason, eventId } = release;
  await tx.sql.$executeRaw`
    insert into issuance.receipt_release (bank_line_id, id, amount_cents, currency, reason, event_id, released_by, released_at)
    values (${bankLineId}::uuid, ${releaseId}::uuid, ${amount}, 'EUR', ${reason}, ${eventId}::uuid, ${releasedBy}, ${tx.now})`;
}

/** Of the ids that a payment refunds, those that give a credit back; answers how many they are. */
export const insertReleaseMovement = (tx: Tx, { paymentId, movement, refundIds, bookedOn, reasonCode }: RefundMovement): Promise<number> =>
  tx.sql.$executeRaw`
    insert into issuance.receipt_release_movement (release_id, payment_id, movement, booked_on, reason_code, taken_at)
    select r.id, ${paymentId}::uuid, ${movement}, ${bookedOn}::date, ${reasonCode}, ${tx.now}
    from issuance.receipt_release r where r.id = any(${refundIds}::uuid[])`;

/** Paid: a payment of it was debited and has not come back. */
export async function listReleases(sql: Sql, { before, rowsMax }: ListReleases['page']): Promise<ReleaseView[]> {
  const rows = await sql.$queryRaw<(Omit<ReleaseView, 'amount'> & { amount: bigint })[]>`
    select r.id as "releaseId", r.bank_line_id as "bankLineId", r.amount_cents as amount, r.reason, r.released_at as "releasedAt",
      case when kept.booked_on is not null then 'paid' when back.reason_code is not null then 'returned' else 'requested' end as state,
      kept.booked_on::text as "paidOn", case when kept.booked_on is null then back.reason_code end as "reasonCode"
    from issuance.receipt_release r
    left join lateral (
      select m.booked_on from issuance.receipt_release_movement m where m.release_id = r.id and m.movement = 'booked'
        and not exists (select from issuance.receipt_release_movement x
          where x.release_id = m.release_id and x.payment_id = m.payment_id and x.movement = 'returned')
      order by m.booked_on desc limit 1) kept on true
    left join lateral (
      select m.reason_code from issuance.receipt_release_movement m where m.release_id = r.id and m.movement = 'returned'
      order by m.booked_on desc, m.payment_id desc limit 1) back on true
    where ${before}::uuid is null or r.id < ${before}::uuid order by r.id desc limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}
