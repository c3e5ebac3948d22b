import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import { BOOKLET_SIZES, type BookletSize } from '../voucher-range.decision.js';

/** All that is left to mint, in the largest booklets that come out even, where null. */
export type AskedBatch = Readonly<{ count: number | null; bookletSize: BookletSize | null }>;

/** Money is not asked for here: vouchers are worth nothing until their range is activated, and printing takes weeks. */
export function decideBatch(
  order: Readonly<{ count: number; mintedCount: number }> | undefined, asked: AskedBatch,
): Readonly<{ count: number; bookletSize: BookletSize }> | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  const left = order.count - order.mintedCount;
  const count = asked.count ?? left;
  if (count < 1 || count > left) return reject('order_fully_minted', { orderedCount: order.count, mintedCount: order.mintedCount });
  const bookletSize = asked.bookletSize ?? BOOKLET_SIZES.findLast((size) => count % size === 0)!;
  return count % bookletSize === 0 ? { count, bookletSize } : reject('booklet_incomplete', { count, bookletSize });
}
