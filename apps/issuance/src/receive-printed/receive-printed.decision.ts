import { reject, type Rejected } from '#libs/kernel';
import type { Piece } from '../holding.decision.js';
import type { RefusalCode } from '../refusals.js';
import { rangeOf, type AskedRange, type BoundBatch, type Range } from '../voucher-range.decision.js';

/** Only what was written out can have been printed. */
export function decidePrinted(
  batch: BoundBatch | undefined, asked: AskedRange, { pieces, isPrinted }: Readonly<{ pieces: readonly Piece[]; isPrinted: boolean }>,
): Range | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  const range = rangeOf(asked, batch);
  if (!range) return reject('range_outside_batch', { count: batch.count });
  if (!isPrinted) return reject('range_not_printed');
  const gone = pieces.find(({ place }) => place !== 'printer');
  return gone ? reject('range_not_at_printer', { ...gone.range }) : range;
}
