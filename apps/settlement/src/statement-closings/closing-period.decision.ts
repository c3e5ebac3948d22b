// The month that a closing is about. It is a label: which lines a closing takes is decided by message numbers, so a
// service of March that was claimed in April is in April's statement.
import { addDays, monthOf, reject, type LocalDate, type Month, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/**
 * Without a month of the caller's: that of yesterday. A month is closed on its last evening or on the first of the next
 * one, and both give the same. Months do not go back, and none is closed before it has begun.
 */
export function decidePeriod(
  asked: Month | null, { today, last }: Readonly<{ today: LocalDate; last: Month | undefined }>,
): Readonly<{ kind: 'period'; period: Month }> | Rejected<RefusalCode> {
  const usual = monthOf(addDays(today, -1));
  const latest = monthOf(today);
  if (asked === null) return { kind: 'period', period: last !== undefined && last > usual ? last : usual };
  if (asked > latest || (last !== undefined && asked < last)) {
    return reject('period_out_of_order', { latest, ...(last !== undefined && { earliest: last }) });
  }
  return { kind: 'period', period: asked };
}
