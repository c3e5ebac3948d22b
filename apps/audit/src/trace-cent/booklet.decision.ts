// Which booklet a voucher was bound in: a rule over its index, by what its batch says of itself. Loose ones are in none.
import type { TracedBody, VoucherPlace } from './kept-event.decision.js';

type Batch = Pick<TracedBody, 'batchId' | 'count' | 'bookletSize'>;

/** The number on its cover, from 1. */
export const bookletOf = ({ bookletSize = 1 }: Batch, index: number): number | null =>
  (bookletSize > 1 ? Math.floor(index / bookletSize) + 1 : null);

/** The vouchers of a booklet; none where the batch has no such booklet. */
export function bookletPlaces({ batchId, count = 0, bookletSize = 1 }: Batch, booklet: number): VoucherPlace[] {
  if (bookletSize <= 1) return [];
  const first = (booklet - 1) * bookletSize;
  return Array.from({ length: Math.max(0, Math.min(bookletSize, count - first)) }, (_, at) => ({ batchId: batchId!, index: first + at }));
}
