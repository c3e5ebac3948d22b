import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import { BOOKLET_SIZES, type BookletSize } from '../voucher-range.decision.js';

/** All that is left to mint, in the largest booklets that come out even, where null. */
export type AskedBatch = Readonly<{ count: number | null; bookletSize: BookletSize | null }>;

export type MintableOrder = Readonly<{
  count: number; mintedCount: number; paper: boolean; isProofApproved: boolean; isCancelled: boolean;
}>;

/**
 * Money is not asked for here: vouchers are worth nothing until their range is activated, and printing takes weeks. What is
 * printed was approved before: ten thousand booklets with a wrong date are waste paper.
 */
export function decideBatch(
  order: MintableOrder | undefined, asked: AskedBatch,
): Readonly<{ count: number; bookletSize: BookletSize }> | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  if (order.isCancelled) return reject('order_cancelled');
  if (order.paper && !order.isProofApproved) return reject('proof_not_approved');
  const left = order.count - order.mintedCount;
  const count = asked.count ?? left;
  if (count < 1 || count > left) return reject('order_fully_minted', { orderedCount: order.count, mintedCount: order.mintedCount });
  const bookletSize = asked.bookletSize ?? BOOKLET_SIZES.findLast((size) => count % size === 0)!;
  return count % bookletSize === 0 ? { count, bookletSize } : reject('booklet_incomplete', { count, bookletSize });
}
