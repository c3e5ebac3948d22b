import { reject, type Rejected } from '#libs/kernel';
import { ORDER_COUNT_MAX, PDF_PAGES_MAX } from '../limits.js';
import type { RefusalCode } from '../refusals.js';
import { countOf, rangeOf, type AskedRange, type BoundBatch, type Range } from '../voucher-range.decision.js';
import type { PrintForm } from './print-form.decision.js';

export type PrintableBatch = BoundBatch & Readonly<{ hasKey: boolean; isCancelled: boolean }>;
/** Who prints: whether the key asked for is in force, and whether lines may leave only encrypted. */
export type Printer = Readonly<{ isKeyInForce: boolean; encryptsLines: boolean }>;

/** Loose vouchers fill sheets by ten, and each has a letter of its own; a booklet has a sheet and a letter. */
export function countMaxOf({ format }: Pick<PrintForm, 'format'>, { bookletSize }: BoundBatch): number {
  if (format === 'pdf') return PDF_PAGES_MAX * (bookletSize === 1 ? 10 : bookletSize);
  return format === 'letters' ? PDF_PAGES_MAX * bookletSize : ORDER_COUNT_MAX;
}

export function decidePrintFile(
  batch: PrintableBatch | undefined, form: PrintForm, asked: AskedRange, printer: Printer,
): Range | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  if (batch.isCancelled) return reject('order_cancelled');
  if (form.format === 'pgp' && !printer.isKeyInForce) return reject('printer_key_not_found');
  const range = rangeOf(asked, batch);
  if (!range) return reject('range_outside_batch', { count: batch.count });
  if (!batch.hasKey) return reject('batch_key_destroyed');
  const countMax = countMaxOf(form, batch);
  if (countOf(range) > countMax) return reject('print_file_too_large', { countMax });
  const isOpen = form.format === 'csv' || form.format === 'json';
  return isOpen && printer.encryptsLines ? reject('print_file_unencrypted') : range;
}
