import { cents, type Cents, type OrderId, type PayerId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type Uses = Readonly<{ used: Cents; expired: Cents; refunded: ReadonlyMap<PayerId, Cents> }>;

/** Over all batches of the order, those that replace stopped vouchers too: a voucher is used in one of them. */
export async function readUses(sql: Sql, orderId: OrderId): Promise<Uses> {
  const [row] = await sql.$queryRaw<{ used: bigint; expired: bigint }[]>`
    with batch as (select b.id from issuance.batch b where b.order_id = ${orderId}::uuid)
    select
      (select coalesce(sum(f.redeemed_cents - f.undone_cents), 0)::bigint from issuance.batch_funnel f join batch on batch.id = f.batch_id) as used,
      ((select coalesce(sum(c.amount_cents), 0) from issuance.expired_chunk c join batch on batch.id = c.batch_id)
        - (select coalesce(sum(x.amount_cents), 0) from issuance.batch_extension x join batch on batch.id = x.batch_id))::bigint as expired`;
  const refunds = await sql.$queryRaw<{ payerId: PayerId; amount: bigint }[]>`
    select r.payer_id as "payerId", sum(r.amount_cents)::bigint as amount from issuance.refund r
    where r.order_id = ${orderId}::uuid
      or r.statement_id in (select s.statement_id from issuance.signed_statement s where s.order_id = ${orderId}::uuid)
    group by r.payer_id`;
  return {
    used: cents(row!.used), expired: cents(row!.expired), refunded: new Map(refunds.map(({ payerId, amount }) => [payerId, cents(amount)])),
  };
}

/** How many vouchers were handed over to which public; null where nobody said. Not how many of them were used. */
export const handedOverByPublic = (sql: Sql, orderId: OrderId): Promise<{ publicCategory: string | null; count: number }[]> =>
  sql.$queryRaw<{ publicCategory: string | null; count: number }[]>`
    select h.public_category as "publicCategory", sum(h.last - h.first + 1)::int as count
    from issuance.hand_over h join issuance.batch b on b.id = h.batch_id
    where b.order_id = ${orderId}::uuid and h.returned_at is null group by h.public_category order by h.public_category nulls last`;
