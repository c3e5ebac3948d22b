// What happened to an order, in order: the steps that somebody took, and what the facts of other tables say by themselves.
import { cents, type Cents, type OrderId, type PayerId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { HISTORY_SHOWN_MAX } from '../limits.js';
import { STEPS, type Step } from '../order-step.decision.js';

export const HAPPENINGS = [
  ...STEPS, 'accepted', 'minted', 'shipped', 'received', 'lost', 'funded', 'activated', 'expired', 'reconciled',
] as const;
export type Happening = Omit<Step, 'step'> & Readonly<{
  step: (typeof HAPPENINGS)[number];
  /** Of vouchers. */
  count: number | null;
  amount: Cents | null;
}>;

/** The last of them, oldest first. `payerId`: who looks, and sees of money what is its own; null for all. */
export async function readHistory(sql: Sql, orderId: OrderId, payerId: PayerId | null): Promise<Happening[]> {
  const rows = await sql.$queryRaw<(Omit<Happening, 'amount'> & { amount: bigint | null })[]>`
    with batch as (select b.* from issuance.batch b where b.order_id = ${orderId}::uuid
        and not exists (select from issuance.replacement r where r.batch_id = b.id)),
    happened as (
      select s.step, s.number, s.quote_version, s.payer_id, s.reason, s.reference, s.sha256, s.taken_by, s.taken_at, null::int as count,
          null::bigint as amount
        from issuance.order_step s where s.order_id = ${orderId}::uuid
      union all select 'accepted', 1000000, null, null, null, null, null, o.placed_by, o.placed_at, o.count, o.total_cents
        from issuance.order o where o.id = ${orderId}::uuid
      union all select 'minted', 1000001, null, null, null, null, null, b.created_by, b.created_at, b.count, null from batch b
      union all select 'shipped', 1000002, null, null, null, null, null, d.shipped_by, d.shipped_at, d.last - d.first + 1, null
        from issuance.delivery d join batch on batch.id = d.batch_id
      union all select d.outcome, 1000003, null, null, null, null, null, d.noted_by, d.noted_at, d.last - d.first + 1, null
        from issuance.delivery_outcome d join batch on batch.id = d.batch_id
      union all select 'funded', 1000004, null, m.payer_id, null, null, null, m.matched_by, m.matched_at, null, m.amount_cents
        from issuance.receipt_match m where m.order_id = ${orderId}::uuid and (${payerId}::uuid is null or m.payer_id = ${payerId}::uuid)
      union all select 'funded', 1000004, null, p.payer_id, null, null, null, p.opened_by, c.booked_at, null, c.cover_cents
        from issuance.card_payment p join issuance.card_receipt c on c.card_payment_id = p.id
        where p.order_id = ${orderId}::uuid and c.cover_cents > 0 and (${payerId}::uuid is null or p.payer_id = ${payerId}::uuid)
      union all select 'activated', 1000005, null, null, null, null, null, a.activated_by, a.activated_at, a.last - a.first + 1, a.amount_cents
        from issuance.activation a join batch on batch.id = a.batch_id
      union all select 'expired', 1000006, null, null, null, null, null, 'service:redemption', f.taken_at, f.voucher_count, f.amount_cents
        from issuance.finished_expiry f join batch on batch.id = f.batch_id
      union all select 'reconciled', 1000007, null, null, null, null, null, 'system:issuance', s.signed_at, null, null
        from issuance.signed_statement s where s.order_id = ${orderId}::uuid and s.ends_order)
    select * from (select step, quote_version as "quoteVersion", payer_id as "payerId", reason, reference, sha256, taken_by as "takenBy",
        taken_at as "takenAt", count, amount, number from happened order by taken_at desc, number desc limit ${HISTORY_SHOWN_MAX}::int) last
    order by "takenAt", number`;
  return rows.map(({ amount, ...row }) => ({ ...row, amount: amount === null ? null : cents(amount) }));
}
