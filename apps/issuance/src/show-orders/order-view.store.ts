import { cents, type BatchId, type Cents, type OrderId, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { BatchState } from '../batch-state.decision.js';
import type { OnExpiry } from '../on-expiry.decision.js';
import { shareOf, type FundedShare, type OrderTerms, type ShareRow } from '../order.store.js';
import type { Creditor } from '../programme-rule.decision.js';
import type { OrderFacts } from './order-life.decision.js';

type Money = 'face' | 'total' | 'funded' | 'activated';
export type OrderView = Readonly<{
  orderId: OrderId; reference: string; programmeId: ProgrammeId; programmeName: string; placedAt: Date;
  onExpiry: OnExpiry;
  /** A payer's own only, where a payer asks. */
  shares: readonly FundedShare[];
  /** Where to pay now: of the rule in force, which may be later than the order's. */
  creditor: Creditor;
}> & Omit<OrderTerms, 'onExpiry'> & OrderFacts;
type OrderRow = Omit<OrderView, Money | 'shares'> & Record<Money, bigint> & Readonly<{ shares: readonly ShareRow[] }>;
type Wanted = Readonly<{ payerId: PayerId | null; before: OrderId | null; orderId: OrderId | null; rowsMax: number;
  /** Of the order, or of a share that the payer sees. */
  reference: string | null;
  from: Cents | null; to: Cents | null;
  /** Null: now. */
  at: Date | null;
}>;

/** Newest first. A payer sees the orders that it has a share of. */
export async function listOrders(sql: Sql, { payerId, before, orderId, rowsMax, at, reference, from, to }: Wanted): Promise<OrderView[]> {
  const rows = await sql.$queryRaw<OrderRow[]>`
    select o.id as "orderId", o.reference, o.programme_id as "programmeId", r.name as "programmeName", o.placed_at as "placedAt",
      o.count, o.minted_count as "mintedCount", o.face_cents as face, o.total_cents as total, o.funded_cents as funded,
      o.activated_cents as activated, coalesce(o.on_expiry, r.on_expiry) as "onExpiry",
      o.sharing, o.paper, o.activate_on as "activateOn",
      made.shipped as "shippedCount", made.received as "receivedCount", made.lost as "lostCount",
      coalesce(made.batches > 0 and made.batches = made.ended, false) as "isExpired",
      exists (select from issuance.signed_statement s where s.order_id = o.id and s.ends_order) as "isReconciled",
      exists (select from issuance.order_step t where t.order_id = o.id and t.step = 'cancelled') as "isCancelled",
      coalesce((select case t.step when 'proof_submitted' then 'pending' when 'proof_approved' then 'approved' else 'sent_back' end
        from issuance.order_step t where t.order_id = o.id and t.sha256 is not null order by t.number desc limit 1), 'none') as proof,
      (select json_agg(json_build_object('payerId', s.payer_id, 'basisPoints', s.basis_points, 'cap', s.cap_cents, 'reference', s.reference,
          'amount', s.amount_cents, 'funded', s.funded_cents, 'feeDue', coalesce(f.invoiced_cents - f.paid_cents, 0)) order by s.priority)
        from issuance.order_share s left join issuance.share_fee f on f.order_id = s.order_id and f.payer_id = s.payer_id
        where s.order_id = o.id and (${payerId}::uuid is null or s.payer_id = ${payerId}::uuid)) as shares,
      (select json_build_object('name', n.creditor_name, 'iban', n.creditor_iban, 'bic', n.creditor_bic)
        from issuance.programme_rule n where n.programme_id = o.programme_id
          and n.version = issuance.rule_in_force(o.programme_id, coalesce(${at}::timestamptz, clock_timestamp()))) as creditor
    from issuance.order o
    join issuance.programme_rule r on r.programme_id = o.programme_id and r.version = o.rule_version
    cross join lateral (
      select count(*) as batches, count(*) filter (where (select count(*) from issuance.finished_expiry f where f.batch_id = b.id)
          > coalesce((select max(x.run_count) from issuance.batch_extension x where x.batch_id = b.id), 0)) as ended,
        coalesce(sum((select sum(d.last - d.first + 1) from issuance.delivery d where d.batch_id = b.id)), 0)::int as shipped,
        coalesce(sum((select sum(d.last - d.first + 1) from issuance.delivery_outcome d
          where d.batch_id = b.id and d.outcome = 'received')), 0)::int as received,
        coalesce(sum((select sum(d.last - d.first + 1) from issuance.delivery_outcome d
          where d.batch_id = b.id and d.outcome = 'lost')), 0)::int as lost
      from issuance.batch b
      where b.order_id = o.id and not exists (select from issuance.replacement p where p.batch_id = b.id)) made
    where (${orderId}::uuid is null or o.id = ${orderId}::uuid)
      and (${before}::uuid is null or o.id < ${before}::uuid)
      and (${reference}::text is null or o.reference = ${reference}::text
        or exists (select from issuance.order_share s where s.order_id = o.id and s.reference = ${reference}::text
          and (${payerId}::uuid is null or s.payer_id = ${payerId}::uuid)))
      and (${from}::bigint is null or o.total_cents >= ${from}::bigint) and (${to}::bigint is null or o.total_cents <= ${to}::bigint)
      and (${payerId}::uuid is null
        or exists (select from issuance.order_share s where s.order_id = o.id and s.payer_id = ${payerId}::uuid))
    order by o.id desc limit ${rowsMax}::int`;
  return rows.map((row) => ({
    ...row, face: cents(row.face), total: cents(row.total), funded: cents(row.funded), activated: cents(row.activated),
    shares: row.shares.map(shareOf),
  }));
}

export type BatchView = Readonly<{
  batchId: BatchId; count: number; bookletSize: number; state: BatchState; chunks: number; loadedChunks: number;
  /** Vouchers that were sent to redemption, and that it has. */
  mintedCount: number; loadedCount: number;
  activatedCount: number; spendableCount: number; handedOverCount: number; redeemedCount: number; redeemed: Cents; expired: Cents;
  /** Whose stopped vouchers these take the place of; null for vouchers that were ordered. */
  replacedBatchId: BatchId | null;
  /** How many of those had something left; null until redemption has moved it. */
  movedCount: number | null;
}>;

/** How far the vouchers of an order are: minted, loaded, activated, spendable, handed over, used. */
export async function listBatches(sql: Sql, orderId: OrderId): Promise<BatchView[]> {
  const rows = await sql.$queryRaw<(Omit<BatchView, 'redeemed' | 'expired'> & { redeemed: bigint; expired: bigint })[]>`
    select b.id as "batchId", b.count, b.booklet_size as "bookletSize", b.state, b.chunk_count as chunks,
      k."loadedChunks", k."mintedCount", k."loadedCount",
      a.activated as "activatedCount", a.spendable as "spendableCount",
      (select coalesce(sum(h.last - h.first + 1), 0)::int from issuance.hand_over h
        where h.batch_id = b.id and h.returned_at is null) as "handedOverCount",
      f.redeemed_count - f.undone_count as "redeemedCount", f.redeemed_cents - f.undone_cents as redeemed, p.replaced_batch_id as "replacedBatchId",
      p.moved_count as "movedCount",
      (select coalesce(sum(e.amount_cents), 0)::bigint from issuance.expired_chunk e where e.batch_id = b.id) as expired
    from issuance.batch b join issuance.batch_funnel f on f.batch_id = b.id left join issuance.replacement p on p.batch_id = b.id
    cross join lateral (
      select count(c.loaded_at)::int as "loadedChunks", coalesce(sum(c.count), 0)::int as "mintedCount",
        coalesce(sum(c.count) filter (where c.loaded_at is not null), 0)::int as "loadedCount"
      from issuance.chunk c where c.batch_id = b.id) k
    cross join lateral (
      select coalesce(sum(last - first + 1), 0)::int as activated,
        coalesce(sum(last - first + 1) filter (where spendable_at is not null), 0)::int as spendable
      from issuance.activation where batch_id = b.id) a
    where b.order_id = ${orderId}::uuid order by b.id`;
  return rows.map((row) => ({ ...row, redeemed: cents(row.redeemed), expired: cents(row.expired) }));
}
