import { describe, expect, it } from '@jest/globals';
import type { AskedRange } from '../voucher-range.decision.js';
import type { PrintForm } from './print-form.decision.js';
import { decidePrintFile, type PrintableBatch, type Printer } from './print-batch.decision.js';

const BATCH: PrintableBatch = { count: 300_000, bookletSize: 10, hasKey: true, isCancelled: false };
const LOOSE: PrintableBatch = { ...BATCH, bookletSize: 1 };
const OPEN: Printer = { isKeyInForce: false, encryptsLines: false };
const CLOSED: Printer = { isKeyInForce: true, encryptsLines: true };
const as = (format: PrintForm['format']): PrintForm => ({ format, printerKeyId: null, letters: null });

describe('a print file', () => {
  it.each<[string, PrintForm['format'], AskedRange, [Printer, PrintableBatch], AskedRange]>([
    ['is of the whole batch unless told', 'csv', {}, [OPEN, BATCH], { first: 0, last: 299_999 }],
    ['may be of some booklets', 'json', { booklets: { first: 2, last: 3 } }, [OPEN, BATCH], { first: 10, last: 29 }],
    ['has at most ten thousand sheets', 'pdf', { first: 200_000 }, [OPEN, BATCH], { first: 200_000, last: 299_999 }],
    ['has ten loose vouchers on a sheet', 'pdf', { last: 99_999 }, [OPEN, LOOSE], { first: 0, last: 99_999 }],
    ['has a letter per booklet', 'letters', { last: 99_999 }, [OPEN, BATCH], { first: 0, last: 99_999 }],
    ['has a letter per loose voucher', 'letters', { last: 9_999 }, [OPEN, LOOSE], { first: 0, last: 9_999 }],
    ['is encrypted where lines must be', 'pgp', {}, [CLOSED, BATCH], { first: 0, last: 299_999 }],
    ['may be sheets where lines must be encrypted', 'pdf', { last: 9 }, [CLOSED, BATCH], { first: 0, last: 9 }],
  ])('%s', (_, format, asked, [printer, batch], range) => {
    expect(decidePrintFile(batch, as(format), asked, printer)).toEqual(range);
  });

  it.each<[string, PrintableBatch | undefined, [PrintForm['format'], AskedRange], Printer, string]>([
    ['of an unknown batch', undefined, ['csv', {}], OPEN, 'batch_not_found'],
    ['of a cancelled order', { ...BATCH, isCancelled: true }, ['csv', {}], OPEN, 'order_cancelled'],
    ['to a key that is not in force', BATCH, ['pgp', {}], { ...CLOSED, isKeyInForce: false }, 'printer_key_not_found'],
    ['of a range beyond the batch', { ...BATCH, hasKey: false }, ['csv', { last: 300_000 }], OPEN, 'range_outside_batch'],
    ['of a batch whose key is gone', { ...BATCH, hasKey: false }, ['csv', {}], OPEN, 'batch_key_destroyed'],
    ['of more sheets than a file may have', BATCH, ['pdf', { last: 100_000 }], OPEN, 'print_file_too_large'],
    ['of more letters than a file may have', LOOSE, ['letters', { last: 10_000 }], OPEN, 'print_file_too_large'],
    ['in the open where lines are encrypted', BATCH, ['csv', {}], CLOSED, 'print_file_unencrypted'],
    ['in the open as objects where lines are encrypted', BATCH, ['json', {}], CLOSED, 'print_file_unencrypted'],
  ])('%s is refused', (_, batch, [format, asked], printer, code) => {
    expect(decidePrintFile(batch, as(format), asked, printer)).toMatchObject({ kind: 'rejected', code });
  });
});
