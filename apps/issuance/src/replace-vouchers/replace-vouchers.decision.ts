// Which vouchers may get a replacement: stopped ones, so that no two codes can be spent for one; spendable ones, because
// what is left on them is what moves; and each once. What is left, redemption knows and issuance need not.
import { reject, type LocalDate, type Rejected } from '#libs/kernel';
import type { Range } from '../voucher-range.decision.js';
import type { RefusalCode } from '../refusals.js';

export type ReplaceableBatch = Readonly<{
  count: number;
  claimableUntil: LocalDate;
  /** Of the asked range: all of it. */
  stopped: boolean;
  spendable: boolean;
  /** A part of the asked range that has a replacement. */
  replaced: Range | undefined;
}>;

export function decideReplacement(
  batch: ReplaceableBatch | undefined, { first, last }: Range, { today, countMax }: Readonly<{ today: LocalDate; countMax: number }>,
): Readonly<{ kind: 'replaced'; count: number }> | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  if (today > batch.claimableUntil) return reject('vouchers_expired', { claimableUntil: batch.claimableUntil });
  if (first > last || last >= batch.count) return reject('range_outside_batch', { count: batch.count });
  const count = last - first + 1;
  if (count > countMax) return reject('range_too_large', { countMax });
  if (batch.replaced) return reject('range_already_replaced', { ...batch.replaced });
  if (!batch.spendable) return reject('range_not_spendable');
  if (!batch.stopped) return reject('range_not_stopped');
  return { kind: 'replaced', count };
}
