import type { BodyOf, ClaimLineHeldV1 } from '#libs/contracts';
import type { OrderId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

type Held = BodyOf<typeof ClaimLineHeldV1>;

export async function insertHeldClaim(
  tx: Tx, { claimLineId, holdId, amountCents, currency, reason }: Held, orderId: OrderId,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.held_claim (claim_line_id, hold_id, order_id, amount_cents, currency, reason, taken_at)
    values (${claimLineId}::uuid, ${holdId}::uuid, ${orderId}::uuid, ${amountCents}::bigint, ${currency}, ${reason}, ${tx.now})`;
}

export async function insertReleasedClaim(tx: Tx, { claimLineId, holdId }: Pick<Held, 'claimLineId' | 'holdId'>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.released_claim (claim_line_id, hold_id, taken_at) values (${claimLineId}::uuid, ${holdId}::uuid, ${tx.now})`;
}
