import type { BodyOf, RangeActivatedV1 } from '#libs/contracts';
import { assert, cents } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { insertRange, isComplete, type StoredBatch } from '../batch.store.js';
import { openSpendable } from './open-spendable.js';

/**
 * Row 6, our half: posted at once, also while vouchers of the range are still on their way, so that the clearing accounts
 * meet. Such a range counts with its amount until it is spendable, and with the balances of its vouchers after that.
 */
export async function activateRange(tx: Tx, batch: StoredBatch, range: BodyOf<typeof RangeActivatedV1>): Promise<void> {
  const amount = cents(range.amountCents);
  const count = range.last - range.first + 1;
  assert(range.last < batch.count, `indices up to ${range.last} of a batch of ${batch.count}`);
  assert(amount === batch.face * BigInt(count), `${count} vouchers of ${batch.face} cents are not ${amount}`);
  await insertRange(tx, range);
  await tx.postTaken({
    rule: '6', custodyAccountId: batch.custodyAccountId,
    transfers: [transfer(accounts.clearing('issuance'), accounts.redemption.outstanding(batch.id), amount)],
  });
  if (await isComplete(tx, batch)) await openSpendable(tx, batch);
}
