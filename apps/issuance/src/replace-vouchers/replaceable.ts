// What is true of vouchers that somebody wants replaced, read under the locks that keep it so.
import { dayIn, type BatchId, type DistributorId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { readBatch } from '../batch.store.js';
import { lockByName } from '../database.store.js';
import { piecesOf } from '../holding.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { lockOrder, type Order } from '../order.store.js';
import { rangeOf, type Range } from '../voucher-range.decision.js';
import { readQuota } from './quota.store.js';
import type { Own, ReplaceableBatch } from './replace-vouchers.decision.js';
import { standingOf } from './replacement.store.js';

/** Its order is locked, so that two replacements of one range follow one another. */
export async function lockReplaceable(
  tx: Tx, batchId: BatchId, range: Range,
): Promise<Readonly<{ order: Order; batch: ReplaceableBatch }> | undefined> {
  const batch = await readBatch(tx.sql, batchId);
  const order = batch && (await lockOrder(tx, batch.orderId));
  return order && {
    order, batch: { count: batch.count, claimableUntil: order.claimableUntil, ...await standingOf(tx, batchId, range) },
  };
}

/** The first day of the month that it is where the operator is. */
export const monthOf = (now: Date): string => `${dayIn(OPERATOR_ZONE, now).slice(0, 7)}-01`;

/** Its quota is locked: two replacements of one distributor are counted one after the other. */
export async function lockOwn(
  tx: Tx, distributorId: DistributorId, { batchId, count, range }: Readonly<{ batchId: BatchId; count: number; range: Range }>,
): Promise<Own> {
  await lockByName(tx, `quota:${distributorId}`);
  const laid = rangeOf(range, { count, bookletSize: 1 });
  const [pieces = []] = await piecesOf(tx.sql, laid ? [{ batchId, range: laid }] : []);
  const isOwn = pieces.length > 0 && pieces.every((piece) =>
    piece.distributorId === distributorId && (piece.place === 'stock' || piece.place === 'handed_over' || piece.place === 'lost'));
  return { isOwn, ...await readQuota(tx.sql, distributorId, monthOf(tx.now)) };
}
