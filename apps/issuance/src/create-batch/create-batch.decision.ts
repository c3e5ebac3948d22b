import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** Money is not asked for here: vouchers are worth nothing until their range is activated, and printing takes weeks. */
export function decideBatch(
  order: Readonly<{ count: number; mintedCount: number }> | undefined, asked: number | null,
): Readonly<{ count: number }> | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  const left = order.count - order.mintedCount;
  const count = asked ?? left;
  if (count >= 1 && count <= left) return { count };
  return reject('order_fully_minted', { orderedCount: order.count, mintedCount: order.mintedCount });
}
