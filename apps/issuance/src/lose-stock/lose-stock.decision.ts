// What may be written off: what lies in one's own stock, all of it. Vouchers that citizens have are stopped, not lost:
// whoever had them handed over knows where they were.
import { reject, type DistributorId, type Rejected } from '#libs/kernel';
import type { Piece } from '../holding.decision.js';
import type { RefusalCode } from '../refusals.js';
import { rangeOf, without, type AskedRange, type BoundBatch, type Range } from '../voucher-range.decision.js';

export type Standing = Readonly<{ pieces: readonly Piece[]; unsettled: readonly Range[] }>;

type LosableBatch = BoundBatch & Readonly<{ state: string }>;

export function decideLoss(
  batch: LosableBatch | undefined, asked: AskedRange, distributorId: DistributorId | null, { pieces, unsettled }: Standing,
): Readonly<{ range: Range; endsKey: boolean }> | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  const range = rangeOf(asked, batch);
  if (!range) return reject('range_outside_batch', { count: batch.count });
  // Redemption stops what is written off, so that it has to have it.
  if (batch.state !== 'loaded') return reject('batch_not_loaded');
  const isOwn = ({ place, ...piece }: Piece): boolean => (distributorId === null
    ? place === 'printer' || place === 'operator' || place === 'returned'
    : place === 'stock' && piece.distributorId === distributorId);
  if (!pieces.every(isOwn)) return reject('range_not_in_stock', { ...range });
  return { range, endsKey: unsettled.length > 0 && unsettled.every((one) => without(one, [range]).length === 0) };
}
