import { cents, type Cents, type OrderId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { PayerAmount } from '../order-share.decision.js';
import type { RejectedClaim } from './take-rejected-claim.command.js';

/** What earlier rejections of the order came to; read under the order's lock. */
export async function rejectedOf(tx: Tx, orderId: OrderId): Promise<Cents> {
  const [row] = await tx.sql.$queryRaw<{ amount: bigint }[]>`
    select coalesce(sum(amount_cents), 0)::bigint as amount from issuance.rejected_claim where order_id = ${orderId}::uuid`;
  return cents(row!.amount);
}

export type NewRejectedClaim = Readonly<{ claim: RejectedClaim; eventId: string; orderId: OrderId; shares: readonly PayerAmount[] }>;

export async function insertRejectedClaim(tx: Tx, { claim, eventId, orderId, shares }: NewRejectedClaim): Promise<void> {
  const { claimLineId, redemptionId, batchId, amountCents, currency, reason } = claim;
  await tx.sql.$executeRaw`
    insert into issuance.rejected_claim (claim_line_id, redemption_id, event_id, order_id, batch_id, amount_cents, currency, reason, taken_at)
    values (${claimLineId}::uuid, ${redemptionId}::uuid, ${eventId}::uuid, ${orderId}::uuid, ${batchId}::uuid, ${amountCents}::bigint,
      ${currency}, ${reason}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into issuance.rejected_claim_share (claim_line_id, payer_id, amount_cents)
    select ${claimLineId}::uuid, s.payer_id, s.amount_cents
    from unnest(${shares.map(({ payerId }) => payerId)}::uuid[], ${shares.map(({ amount }) => amount.toString())}::bigint[])
      as s(payer_id, amount_cents)`;
}
