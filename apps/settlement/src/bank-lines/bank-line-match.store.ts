import type { BodyOf, ReceiptMatchedV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

type Match = BodyOf<typeof ReceiptMatchedV1>;

export async function insertMatch(tx: Tx, eventId: string, { bankLineId, orderId, amountCents, currency }: Match): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.bank_line_match (event_id, bank_line_id, order_id, amount, currency, matched_at)
    values (${eventId}::uuid, ${bankLineId}::uuid, ${orderId}::uuid, ${amountCents}, ${currency}, ${tx.now})
    on conflict (event_id) do nothing`;
}
