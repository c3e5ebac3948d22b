import { cents, type Cents, type OrderId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { BatchInHand, Cancellation } from './cancel-order.decision.js';

/** The batches that were ordered; those that replace stopped vouchers follow what they replace. */
export const batchesInHand = (sql: Sql, orderId: OrderId): Promise<BatchInHand[]> => sql.$queryRaw<BatchInHand[]>`
  select b.id as "batchId",
    (select coalesce(json_agg(json_build_object('first', a.first, 'last', a.last) order by a.first), '[]')
      from issuance.activation a where a.batch_id = b.id) as activated,
    (select coalesce(json_agg(json_build_object('first', h.first, 'last', h.last) order by h.first), '[]')
      from issuance.hand_over h where h.batch_id = b.id and h.returned_at is null) as "handedOver",
    (select coalesce(json_agg(json_build_object('first', s.first, 'last', s.last) order by s.first), '[]')
      from issuance.stopped_range s where s.batch_id = b.id) as stopped
  from issuance.batch b where b.order_id = ${orderId}::uuid
    and not exists (select from issuance.replacement r where r.batch_id = b.id) order by b.id`;

/** What was invoiced beside the face value, without VAT and without what was credited. Nothing of an order that has no invoice. */
export async function invoicedFees(sql: Sql, orderId: OrderId): Promise<Cents> {
  const [row] = await sql.$queryRaw<{ fees: bigint }[]>`
    select coalesce(sum(case i.kind when 'invoice' then i.fee_cents else -i.fee_cents end), 0)::bigint as fees
    from issuance.invoice i where i.order_id = ${orderId}::uuid and i.kind in ('invoice', 'credit_note')`;
  return cents(row!.fees);
}

/** Whether a run has taken what was left off vouchers of the order, and no extension has given it back since. */
export async function hasExpired(sql: Sql, orderId: OrderId): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ expired: boolean }[]>`
    with run as (
      select f.batch_id, f.run_id from issuance.finished_expiry f union select c.batch_id, c.run_id from issuance.expired_chunk c)
    select exists (select from issuance.batch b where b.order_id = ${orderId}::uuid
      and (select count(*) from run where run.batch_id = b.id)
        > coalesce((select max(x.run_count) from issuance.batch_extension x where x.batch_id = b.id), 0)) as expired`;
  return row!.expired;
}

export async function insertCancellation(tx: Tx, orderId: OrderId, cancellation: Cancellation): Promise<void> {
  const { stage, indemnity, production, stays, backAtEnd, shares } = cancellation;
  await tx.sql.$executeRaw`
    insert into issuance.order_cancellation (order_id, stage, indemnity_cents, production_cents, stays_cents, back_at_end_cents, currency)
    values (${orderId}::uuid, ${stage}, ${indemnity}, ${production}, ${stays}, ${backAtEnd}, 'EUR')`;
  await tx.sql.$executeRaw`
    insert into issuance.order_cancellation_share (order_id, payer_id, cost_cents, back_cents)
    select ${orderId}::uuid, s.payer_id, s.cost_cents, s.back_cents
    from unnest(${shares.map(({ payerId }) => payerId)}::uuid[], ${shares.map(({ cost }) => cost.toString())}::bigint[],
      ${shares.map(({ back }) => back.toString())}::bigint[]) as s(payer_id, cost_cents, back_cents)`;
}
