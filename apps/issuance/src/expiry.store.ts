// What redemption told of expired vouchers. Chunks and the end of their run come in any order, so neither needs the other.
import type { BodyOf, ExpiryRunFinishedV1, VoucherExpiredChunkV1 } from '#libs/contracts';
import { cents, type Cents, type ClaimLineId, type OrderId, type PayerId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

export async function insertExpiredChunk(tx: Tx, eventId: string, chunk: BodyOf<typeof VoucherExpiredChunkV1>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.expired_chunk (event_id, run_id, chunk, batch_id, first, last, count, amount_cents, currency, taken_at)
    values (${eventId}::uuid, ${chunk.runId}::uuid, ${chunk.chunk}, ${chunk.batchId}::uuid, ${chunk.first}, ${chunk.last},
      ${chunk.count}, ${chunk.amountCents}::bigint, ${chunk.currency}, ${tx.now})`;
}

export async function insertFinishedExpiry(tx: Tx, run: BodyOf<typeof ExpiryRunFinishedV1>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.finished_expiry (run_id, batch_id, chunk_count, voucher_count, amount_cents, currency, taken_at)
    values (${run.runId}::uuid, ${run.batchId}::uuid, ${run.chunkCount}, ${run.voucherCount}, ${run.amountCents}::bigint,
      ${run.currency}, ${tx.now})`;
}

/** How the vouchers of an order ended, as far as it was told. */
export type OrderEnd = Readonly<{
  /** Without a finished run. */
  openBatches: number;
  /** Runs of which an end or a chunk has not been told yet. */
  openRuns: number;
  activatedCount: number;
  redeemedCount: number;
  redeemed: Cents;
  /** Of what was redeemed: claims that settlement rejected. */
  rejectedCount: number;
  rejected: Cents;
  rejectedShares: ReadonlyMap<PayerId, Cents>;
  /** Claims that settlement holds and nobody has decided on. */
  heldClaims: readonly Readonly<{ claimLineId: ClaimLineId; amountCents: number }>[];
  expiredCount: number;
  expired: Cents;
}>;
type Money = 'redeemed' | 'rejected' | 'expired';
type EndRow = Omit<OrderEnd, Money | 'rejectedShares'> & Record<Money, bigint> & { rejectedShares: readonly { payerId: PayerId; amount: number }[] };

export async function readOrderEnd(tx: Tx, orderId: OrderId): Promise<OrderEnd> {
  const [row] = await tx.sql.$queryRaw<EndRow[]>`
    with batch as (select b.id from issuance.batch b where b.order_id = ${orderId}::uuid),
    told as (select c.run_id, count(*) as chunks, sum(c.count) as vouchers, sum(c.amount_cents) as amount
      from issuance.expired_chunk c join batch on batch.id = c.batch_id group by c.run_id),
    finished as (select f.* from issuance.finished_expiry f join batch on batch.id = f.batch_id),
    given_back as (select x.* from issuance.batch_extension x join batch on batch.id = x.batch_id),
    rejected as (select c.* from issuance.rejected_claim c where c.order_id = ${orderId}::uuid)
    select
      (select count(*)::int from batch where (select count(*) from finished where finished.batch_id = batch.id)
        <= coalesce((select max(run_count) from given_back where given_back.batch_id = batch.id), 0)) as "openBatches",
      (select count(*)::int from told full join finished using (run_id)
        where (coalesce(chunks, 0), coalesce(vouchers, 0), coalesce(amount, 0)) is distinct from
          (finished.chunk_count::bigint, finished.voucher_count::bigint, finished.amount_cents::numeric)) as "openRuns",
      (select coalesce(sum(a.last - a.first + 1), 0)::int from issuance.activation a join batch on batch.id = a.batch_id) as "activatedCount",
      (select coalesce(sum(redeemed_count - undone_count), 0)::int from issuance.batch_funnel f join batch on batch.id = f.batch_id) as "redeemedCount",
      (select coalesce(sum(redeemed_cents - undone_cents), 0)::bigint from issuance.batch_funnel f join batch on batch.id = f.batch_id) as redeemed,
      (select count(*)::int from rejected) as "rejectedCount",
      (select coalesce(sum(amount_cents), 0)::bigint from rejected) as rejected,
      (select coalesce(json_agg(json_build_object('payerId', p.payer_id, 'amount', p.amount)), '[]') from (
        select s.payer_id, sum(s.amount_cents) as amount from issuance.rejected_claim_share s join rejected using (claim_line_id)
        group by s.payer_id) p) as "rejectedShares",
      (select coalesce(json_agg(json_build_object('claimLineId', h.claim_line_id, 'amountCents', h.amount_cents) order by h.claim_line_id), '[]')
        from issuance.open_held_claim h where h.order_id = ${orderId}::uuid
          and not exists (select from rejected r where r.claim_line_id = h.claim_line_id)) as "heldClaims",
      ((select coalesce(sum(vouchers), 0) from told) - (select coalesce(sum(voucher_count), 0) from given_back))::int as "expiredCount",
      ((select coalesce(sum(amount), 0) from told) - (select coalesce(sum(amount_cents), 0) from given_back))::bigint as expired`;
  return {
    ...row!, redeemed: cents(row!.redeemed), rejected: cents(row!.rejected), expired: cents(row!.expired),
    rejectedShares: new Map(row!.rejectedShares.map(({ payerId, amount }) => [payerId, cents(amount)])),
  };
}
