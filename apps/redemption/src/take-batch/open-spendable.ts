import { RangeSpendableV1 } from '#libs/contracts';
import { toWire } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { openRanges, type StoredBatch } from '../batch.store.js';

/** Both money and vouchers are there, whichever came last. */
export async function openSpendable(tx: Tx, batch: StoredBatch): Promise<void> {
  for (const { activationId, amount } of await openRanges(tx, batch.id)) {
    await tx.emit(RangeSpendableV1, {
      subject: `activation:${activationId}`, body: { activationId, batchId: batch.id, amountCents: toWire(amount), currency: 'EUR' },
    });
  }
}
