// Puts an extension in force: row 24 and one message per batch, whatever had expired of it. Called with the order locked.
import { BatchExtendedV1 } from '#libs/contracts';
import { toWire, type Cents, type OrderId } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { actorOf } from '../issuance.work.js';
import { expiredBatches, insertBatchExtension, insertExtension, type NewExtension } from './order-extension.store.js';

export async function extendOrder(tx: Tx, extension: NewExtension, custodyAccountId: string): Promise<void> {
  const { extensionId, orderId, usableUntil, claimableUntil } = extension;
  await insertExtension(tx, extension, actorOf(tx));
  for (const batch of await expiredBatches(tx, orderId)) {
    const { batchId, expired } = batch;
    const eventId = await tx.emit(BatchExtendedV1, {
      subject: `batch:${batchId}`, ...(expired > 0n && { posting: postingOf(orderId, custodyAccountId, expired) }),
      body: { batchId, orderId, usableUntil, claimableUntil, amountCents: toWire(expired), currency: 'EUR', custodyAccountId },
    });
    await insertBatchExtension(tx, extensionId, batch, eventId);
  }
}

/** Row 24, our half: owed to the holders again. */
const postingOf = (orderId: OrderId, custodyAccountId: string, expired: Cents): Posting => ({
  rule: '24', custodyAccountId,
  transfers: [transfer(accounts.issuance.expired(orderId), accounts.clearing('redemption'), expired)],
});
