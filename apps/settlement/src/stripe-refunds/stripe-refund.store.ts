// Refunds that go back by Stripe: the row is written before Stripe is asked, so that one that was asked for is never forgotten.
import { cents, type Cents, type PayerId, type RefundId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { RefundState } from './refund-outcome.decision.js';

export type AskedRefund = Readonly<{ refundId: RefundId; paymentId: string; amount: Cents }>;

/** Those that nothing is known of yet, whether Stripe was asked or not: what was tried least comes first. */
export async function waitingRefunds(sql: Sql, rowsMax: number): Promise<AskedRefund[]> {
  const rows = await sql.$queryRaw<(Omit<AskedRefund, 'amount'> & { amount: bigint })[]>`
    select f.id as "refundId", f.stripe_payment_id as "paymentId", f.amount
    from settlement.refund f left join settlement.stripe_refund s on s.refund_id = f.id
    where f.way = 'stripe' and coalesce(s.state, 'asked') = 'asked' order by coalesce(s.tries, 0), f.id limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}

export async function noteAsked(tx: Tx, refundId: RefundId): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.stripe_refund (refund_id, asked_at, tries) values (${refundId}::uuid, ${tx.now}, 1)
    on conflict (refund_id) do update set tries = settlement.stripe_refund.tries + 1 where settlement.stripe_refund.state = 'asked'`;
}

export type LockedRefund = Readonly<{
  refundId: RefundId; payerId: PayerId; custodyAccountId: string; amount: Cents; state: RefundState;
}>;

export async function lockStripeRefund(tx: Tx, refundId: RefundId): Promise<LockedRefund> {
  await tx.sql.$executeRaw`select 1 from settlement.stripe_refund where refund_id = ${refundId}::uuid for update`;
  const [row] = await tx.sql.$queryRaw<(Omit<LockedRefund, 'amount'> & { amount: bigint })[]>`
    select f.id as "refundId", f.payer_id as "payerId", f.custody_account_id as "custodyAccountId", f.amount, s.state
    from settlement.stripe_refund s join settlement.refund f on f.id = s.refund_id where s.refund_id = ${refundId}::uuid`;
  return { ...row!, amount: cents(row!.amount) };
}

export async function markRefunded(tx: Tx, refundId: RefundId, stripeRefundId: string, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.stripe_refund set state = 'refunded', stripe_refund_id = ${stripeRefundId}, refunded_event_id = ${eventId}::uuid,
      refunded_at = ${tx.now} where refund_id = ${refundId}::uuid`;
}

export async function markFailed(tx: Tx, refundId: RefundId, reasonCode: string, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.stripe_refund set state = 'failed', failed_event_id = ${eventId}::uuid, failed_at = ${tx.now},
      reason_code = ${reasonCode} where refund_id = ${refundId}::uuid`;
}

/** Refunds that Stripe's list shows in the balance again, and that we hold for paid. */
export async function returnedRefunds(tx: Tx): Promise<RefundId[]> {
  const rows = await tx.sql.$queryRaw<{ refundId: RefundId }[]>`
    select s.refund_id as "refundId" from settlement.stripe_refund s join settlement.stripe_movement m on m.source_id = s.stripe_refund_id
    where s.state = 'refunded' and m.kind = 'refund_failure' order by s.refund_id`;
  return rows.map(({ refundId }) => refundId);
}
