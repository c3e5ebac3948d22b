import { cents, type Cents, type OrderId, type PayerId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type Uses = Readonly<{ used: Cents; expired: Cents; refunded: ReadonlyMap<PayerId, Cents> }>;

/** Over all batches of an order, those that replace stopped vouchers too: a voucher is used in one of them. */
export async function readUses(sql: Sql, orderIds: readonly OrderId[]): Promise<ReadonlyMap<OrderId, Uses>> {
  const rows = await sql.$queryRaw<{ orderId: OrderId; used: bigint; expired: bigint }[]>`
    select o.id as "orderId",
      (select coalesce(sum(f.redeemed_cents - f.undone_cents), 0)::bigint
        from issuance.batch_funnel f join issuance.batch b on b.id = f.batch_id where b.order_id = o.id) as used,
      ((select coalesce(sum(c.amount_cents), 0) from issuance.expired_chunk c join issuance.batch b on b.id = c.batch_id where b.order_id = o.id)
        - (select coalesce(sum(x.amount_cents), 0)
          from issuance.batch_extension x join issuance.batch b on b.id = x.batch_id where b.order_id = o.id))::bigint as expired
    from issuance.order o where o.id = any(${orderIds}::uuid[])`;
  const refunds = await sql.$queryRaw<{ orderId: OrderId; payerId: PayerId; amount: bigint }[]>`
    select coalesce(r.order_id, s.order_id) as "orderId", r.payer_id as "payerId", sum(r.amount_cents)::bigint as amount
    from issuance.refund r left join issuance.signed_statement s on s.statement_id = r.statement_id
    where r.order_id = any(${orderIds}::uuid[]) or s.order_id = any(${orderIds}::uuid[])
    group by 1, 2`;
  return new Map(rows.map(({ orderId, used, expired }) => [orderId, {
    used: cents(used), expired: cents(expired),
    refunded: new Map(refunds.filter((refund) => refund.orderId === orderId).map(({ payerId, amount }) => [payerId, cents(amount)])),
  }]));
}

/** How many vouchers were handed over to which public; null where nobody said. Not how many of them were used. */
export const handedOverByPublic = (sql: Sql, orderId: OrderId): Promise<{ publicCategory: string | null; count: number }[]> =>
  sql.$queryRaw<{ publicCategory: string | null; count: number }[]>`
    select h.public_category as "publicCategory", sum(h.last - h.first + 1)::int as count
    from issuance.hand_over h join issuance.batch b on b.id = h.batch_id
    where b.order_id = ${orderId}::uuid and h.returned_at is null group by h.public_category order by h.public_category nulls last`;
