// Orders of numbered payers with their amounts, for specs of what is split over them.
import type { SharedOrder } from '../../apps/issuance/src/order-share.decision.js';
import { shareAmounts, type AgreedShare, type Sharing } from '../../apps/issuance/src/share-amounts.decision.js';
import { cents, idOf, type PayerId } from '#libs/kernel';

export const payerNo = (at: number): PayerId => idOf('payer', `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`);

/** Payers 1, 2, … by basis points, each with its cap or none. */
export const agreedBy = (points: readonly number[], caps: readonly (number | null)[] = []): AgreedShare[] =>
  points.map((basisPoints, at) => ({ payerId: payerNo(at + 1), basisPoints, cap: caps[at] ? cents(caps[at]) : null }));

export function sharedBy(total: number | bigint, points: readonly number[], sharing: Sharing = 'pro_rata', caps: readonly (number | null)[] = []): SharedOrder {
  const order = { total: cents(total), sharing, shares: agreedBy(points, caps) };
  const amounts = shareAmounts(order);
  return { total: order.total, sharing, shares: order.shares.map(({ payerId }, at) => ({ payerId, amount: amounts[at]! })) };
}
