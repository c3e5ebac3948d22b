import { describe, expect, it } from '@jest/globals';
import type { AskedRange } from '../voucher-range.decision.js';
import { decidePrintFile, type PrintableBatch } from './print-batch.decision.js';

const BATCH: PrintableBatch = { count: 300, bookletSize: 10, hasKey: true };

describe('a print file', () => {
  it.each<[string, AskedRange, number, number, number]>([
    ['is of the whole batch unless told', {}, 300, 0, 299],
    ['may be of some booklets', { booklets: { first: 2, last: 3 } }, 300, 10, 29],
    ['may be as large as such a file may be', { first: 100, last: 299 }, 200, 100, 299],
  ])('%s', (_, asked, countMax, first, last) => {
    expect(decidePrintFile(BATCH, asked, countMax)).toEqual({ first, last });
  });

  it.each<[string, PrintableBatch | undefined, AskedRange, string]>([
    ['of an unknown batch', undefined, {}, 'batch_not_found'],
    ['of a range beyond the batch', { ...BATCH, hasKey: false }, { last: 300 }, 'range_outside_batch'],
    ['of a batch whose key is gone', { ...BATCH, hasKey: false }, {}, 'batch_key_destroyed'],
    ['larger than such a file may be', BATCH, { last: 200 }, 'print_file_too_large'],
  ])('%s is refused', (_, batch, asked, code) => {
    expect(decidePrintFile(batch, asked, 200)).toMatchObject({ kind: 'rejected', code });
  });
});
