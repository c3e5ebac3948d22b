import type { Cents, ContradictoryStatementId, OrderId, PayerId, ProgrammeId, RefundId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { ListRefunds, RefundMovement, RefundView } from './refunds.commands.js';

export type NewRefund = Readonly<{
  refundId: RefundId; payerId: PayerId; statementId: ContradictoryStatementId | null; programmeId: ProgrammeId | null;
  /** The cancelled order whose money it is; with its programme. */
  orderId: OrderId | null;
  custodyAccountId: string; amount: Cents; eventId: string;
}>;

export async function insertRefund(tx: Tx, refund: NewRefund, requestedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.refund (id, payer_id, statement_id, programme_id, order_id, custody_account_id, amount_cents, currency, event_id,
      requested_by, requested_at)
    values (${refund.refundId}::uuid, ${refund.payerId}::uuid, ${refund.statementId}::uuid, ${refund.programmeId}::uuid, ${refund.orderId}::uuid,
      ${refund.custodyAccountId}::uuid, ${refund.amount}, 'EUR', ${refund.eventId}::uuid, ${requestedBy}, ${tx.now})`;
}

export async function refundedPayers(tx: Tx, statementId: ContradictoryStatementId): Promise<PayerId[]> {
  const rows = await tx.sql.$queryRaw<{ payerId: PayerId }[]>`
    select payer_id as "payerId" from issuance.refund where statement_id = ${statementId}::uuid`;
  return rows.map(({ payerId }) => payerId);
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

/** Paid: a payment of it was debited and has not come back. Returned: all that were debited came back, the last for this reason. */
export const listRefunds = (sql: Sql, { payerId, before, rowsMax }: ListRefunds['page']): Promise<RefundView[]> => sql.$queryRaw<RefundView[]>`
  select r.id as "refundId", r.payer_id as "payerId", p.name as "payerName", r.statement_id as "statementId", r.programme_id as "programmeId",
    r.order_id as "orderId",
    r.amount_cents as amount, r.requested_at as "requestedAt",
    case when kept.booked_on is not null then 'paid' when back.reason_code is not null then 'returned' else 'requested' end as state,
    kept.booked_on::text as "paidOn", case when kept.booked_on is null then back.reason_code end as "reasonCode"
  from issuance.refund r join issuance.payer p on p.id = r.payer_id
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
