import { reject, type Rejected } from '#libs/kernel';
import type { BatchState } from '../batch-state.decision.js';
import type { RefusalCode } from '../refusals.js';
import { rangeOf, type AskedRange, type BoundBatch, type Range } from '../voucher-range.decision.js';

export type ShippableBatch = BoundBatch & Readonly<{ state: BatchState }>;
/** What is true of the asked range, besides its batch: `shipped` is a part that the operator does not have. */
export type Shipping = Readonly<{
  distributorExists: boolean; isPrinted: boolean; shipped: Range | undefined; stopped: Range | undefined;
}>;

/**
 * Only what was minted and printed may leave. With the last delivery the batch's key ends: vouchers that nobody had
 * printed by then would be lost to everybody, and so would chunks that were still to be minted.
 */
export function decideShipping(
  batch: ShippableBatch | undefined, asked: AskedRange, { distributorExists, isPrinted, shipped, stopped }: Shipping,
): Range | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  if (!distributorExists) return reject('distributor_not_found');
  const range = rangeOf(asked, batch);
  if (!range) return reject('range_outside_batch', { count: batch.count });
  if (batch.state !== 'loaded') return reject('batch_not_loaded');
  if (!isPrinted) return reject('range_not_printed');
  if (shipped) return reject('range_already_shipped', { ...shipped });
  return stopped ? reject('range_stopped', { ...stopped }) : range;
}
