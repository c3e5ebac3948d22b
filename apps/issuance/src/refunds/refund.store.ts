import { cents, type Cents, type ContradictoryStatementId, type OrderId, type PayerId, type ProgrammeId, type RefundId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import type { RefundableCard } from './refund-way.decision.js';
import type { ListRefunds, RefundMovement, RefundView, StripeRefundMovement } from './refunds.commands.js';

export type NewRefund = Readonly<{
  refundId: RefundId; payerId: PayerId; statementId: ContradictoryStatementId | null; programmeId: ProgrammeId | null;
  /** The cancelled order whose money it is; with its programme. */
  orderId: OrderId | null;
  custodyAccountId: string; amount: Cents; eventId: string;
  /** The payment that it goes back to; null by bank. */
  stripePaymentId: string | null;
}>;

export async function insertRefund(tx: Tx, refund: NewRefund, requestedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.refund (id, payer_id, statement_id, programme_id, order_id, custody_account_id, amount_cents, currency,
      event_id, way, stripe_payment_id, requested_by, requested_at)
    values (${refund.refundId}::uuid, ${refund.payerId}::uuid, ${refund.statementId}::uuid, ${refund.programmeId}::uuid,
      ${refund.orderId}::uuid, ${refund.custodyAccountId}::uuid, ${refund.amount}, 'EUR', ${refund.eventId}::uuid,
      ${refund.stripePaymentId === null ? 'bank' : 'stripe'}, ${refund.stripePaymentId}, ${requestedBy}, ${tx.now})`;
}

export async function refundedPayers(tx: Tx, statementId: ContradictoryStatementId): Promise<PayerId[]> {
  const rows = await tx.sql.$queryRaw<{ payerId: PayerId }[]>`
    select payer_id as "payerId" from issuance.refund where statement_id = ${statementId}::uuid`;
  return rows.map(({ payerId }) => payerId);
}

/**
 * What the payer paid by card for this order, or for this programme, and what is left of each: the latest first. Whoever
 * orders refunds of a payer waits here for the one before, so that no payment goes back twice.
 */
export async function refundableCards(
  tx: Tx, payerId: PayerId, of: Readonly<{ orderId: OrderId | null; programmeId: ProgrammeId | null }>,
): Promise<RefundableCard[]> {
  await lockByName(tx, `refunds:${payerId}`);
  const rows = await tx.sql.$queryRaw<{ stripePaymentId: string; left: bigint; paidAt: Date }[]>`
    select r.stripe_payment_id as "stripePaymentId", r.booked_at as "paidAt", (r.amount_cents
        - (select coalesce(sum(f.amount_cents), 0) from issuance.refund f where f.stripe_payment_id = r.stripe_payment_id)
        - (select coalesce(sum(d.amount_cents), 0) from issuance.dispute d left join issuance.dispute_end e on e.dispute_id = d.id
            where d.card_payment_id = r.card_payment_id and e.outcome is distinct from 'won'))::bigint as left
    from issuance.card_receipt r join issuance.card_payment p on p.id = r.card_payment_id join issuance.order o on o.id = p.order_id
    where p.payer_id = ${payerId}::uuid and p.method = 'card'
      and (o.id = ${of.orderId}::uuid or o.programme_id = ${of.programmeId}::uuid)
    order by r.booked_at desc, r.card_payment_id desc`;
  return rows.map((row) => ({ ...row, left: cents(row.left) }));
}

export async function insertStripeMovement(tx: Tx, moved: StripeRefundMovement): Promise<void> {
  const { refundId, movement, movedOn, reasonCode, eventId } = moved;
  await tx.sql.$executeRaw`
    insert into issuance.stripe_refund_movement (refund_id, movement, moved_on, reason_code, event_id, taken_at)
    values (${refundId}::uuid, ${movement}, ${movedOn}::date, ${reasonCode}, ${eventId}::uuid, ${tx.now})`;
}

export type Creditor = Readonly<{ payerId: PayerId; name: string; siren: string }>;

export async function readPayer(tx: Tx, payerId: PayerId): Promise<Creditor | undefined> {
  const [row] = await tx.sql.$queryRaw<Creditor[]>`
    select id as "payerId", name, siren from issuance.payer where id = ${payerId}::uuid`;
  return row;
}

/** One row per refund of the payment; answers how many they are, for it may give credits back besides. */
export function insertMovement(tx: Tx, { paymentId, movement, refundIds, bookedOn, reasonCode }: RefundMovement): Promise<number> {
  return tx.sql.$executeRaw`
    insert into issuance.refund_movement (refund_id, payment_id, movement, booked_on, reason_code, taken_at)
    select id, ${paymentId}::uuid, ${movement}, ${bookedOn}::date, ${reasonCode}, ${tx.now} from issuance.refund where id = any(${refundIds}::uuid[])`;
}

/**
 * Paid: a payment of it was debited, or Stripe sent it, and it has not come back. Returned: all that left came back, the last
 * for this reason.
 */
export const listRefunds = (sql: Sql, { payerId, before, rowsMax }: ListRefunds['page']): Promise<RefundView[]> => sql.$queryRaw<RefundView[]>`
  select r.id as "refundId", r.payer_id as "payerId", p.name as "payerName", r.statement_id as "statementId", r.programme_id as "programmeId",
    r.order_id as "orderId",
    r.amount_cents as amount, r.requested_at as "requestedAt",
    r.way, case when kept.booked_on is not null then 'paid' when back.reason_code is not null or failed.reason_code is not null then 'returned'
      when sent.moved_on is not null then 'paid' else 'requested' end as state,
    coalesce(kept.booked_on, case when failed.reason_code is null then sent.moved_on end)::text as "paidOn",
    case when kept.booked_on is null then coalesce(back.reason_code, failed.reason_code) end as "reasonCode"
  from issuance.refund r join issuance.payer p on p.id = r.payer_id
  left join issuance.stripe_refund_movement sent on sent.refund_id = r.id and sent.movement = 'refunded'
  left join issuance.stripe_refund_movement failed on failed.refund_id = r.id and failed.movement = 'failed'
  left join lateral (
    select m.booked_on from issuance.refund_movement m where m.refund_id = r.id and m.movement = 'booked'
      and not exists (select from issuance.refund_movement x
        where x.refund_id = m.refund_id and x.payment_id = m.payment_id and x.movement = 'returned')
    order by m.booked_on desc limit 1) kept on true
  left join lateral (
    select m.reason_code from issuance.refund_movement m where m.refund_id = r.id and m.movement = 'returned'
    order by m.booked_on desc, m.payment_id desc limit 1) back on true
  where (${before}::uuid is null or r.id < ${before}::uuid) and (${payerId}::uuid is null or r.payer_id = ${payerId}::uuid)
  order by r.id desc limit ${rowsMax}::int`;
