import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import { countOf, rangeOf, type AskedRange, type BoundBatch, type Range } from '../voucher-range.decision.js';

export type PrintableBatch = BoundBatch & Readonly<{ hasKey: boolean }>;

export function decidePrintFile(
  batch: PrintableBatch | undefined, asked: AskedRange, countMax: number,
): Range | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  const range = rangeOf(asked, batch);
  if (!range) return reject('range_outside_batch', { count: batch.count });
  if (!batch.hasKey) return reject('batch_key_destroyed');
  return countOf(range) > countMax ? reject('print_file_too_large', { countMax }) : range;
}
