import type { BodyOf, ClaimLineHeldV1 } from '#libs/contracts';
import type { OrderId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

type Held = BodyOf<typeof ClaimLineHeldV1>;

export async function insertHeldClaim(tx: Tx, { claimLineId, amountCents, currency, reason }: Held, orderId: OrderId): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.held_claim (claim_line_id, order_id, amount_cents, currency, reason, taken_at)
    values (${claimLineId}::uuid, ${orderId}::uuid, ${amountCents}::bigint, ${currency}, ${reason}, ${tx.now})`;
}

export async function insertReleasedClaim(tx: Tx, claimLineId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.released_claim (claim_line_id, taken_at) values (${claimLineId}::uuid, ${tx.now})`;
}
