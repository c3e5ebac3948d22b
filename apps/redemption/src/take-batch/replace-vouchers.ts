import { VoucherReplacedV1 } from '#libs/contracts';
import { assert, toWire, type BatchId, type Cents } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import type { StoredBatch } from '../batch.store.js';
import { insertReplacement, lockPairs, moveBalances, type Replaces } from './replacement.store.js';

/**
 * What is left on stopped vouchers moves to those made for them, all in one transaction, so that at every moment exactly
 * one of the two can be spent. Used and expired ones have nothing left, and so has what takes their place.
 */
export async function replaceVouchers(tx: Tx, batch: StoredBatch, replaces: Replaces): Promise<void> {
  await lockPairs(tx, batch, replaces);
  const { pairs, count, amount } = await moveBalances(tx, batch, replaces);
  assert(pairs === batch.count, `${pairs} of ${batch.count} vouchers of ${batch.id} have a forerunner`);
  const eventId = tx.newId();
  const range = { first: replaces.first, last: replaces.first + batch.count - 1 };
  await insertReplacement(tx, { eventId, batchId: batch.id, replacedBatchId: replaces.batchId, ...range, count, amount });
  await tx.emit(VoucherReplacedV1, {
    id: eventId, subject: `batch:${batch.id}`,
    body: { replacementBatchId: batch.id, batchId: replaces.batchId, ...range, count, custodyAccountId: batch.custodyAccountId, amountCents: toWire(amount), currency: 'EUR' },
    ...(amount > 0n && { posting: postingOf(batch, replaces.batchId, amount) }),
  });
}

/** Row 9: owed to the holders of other vouchers, of the same money. */
const postingOf = ({ id, custodyAccountId }: StoredBatch, replacedBatchId: BatchId, amount: Cents): Posting => ({
  rule: '9', custodyAccountId,
  transfers: [transfer(accounts.redemption.outstanding(replacedBatchId), accounts.redemption.outstanding(id), amount)],
});
