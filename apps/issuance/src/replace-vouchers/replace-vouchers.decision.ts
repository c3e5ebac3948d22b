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

/** What a distributor may do by itself: for what it has or gave, and within what is left of its month. */
export type Own = Readonly<{ isOwn: boolean; vouchersPerMonth: number; used: number }>;

/** Asked before all else: a distributor is told of another's vouchers what it is told of a batch that nobody has. */
export const decideOwner = ({ first, last }: Range, { isOwn }: Own): Rejected<RefusalCode> | undefined =>
  (isOwn ? undefined : reject('range_not_yours', { first, last }));

export function decideQuota({ first, last }: Range, { vouchersPerMonth, used }: Own): Rejected<RefusalCode> | undefined {
  const left = Math.max(0, vouchersPerMonth - used);
  return last - first + 1 > left ? reject('replacement_quota_exceeded', { left, vouchersPerMonth }) : undefined;
}

/** Out of the stock, something that is stopped is replaced by vouchers that lie there: nothing moves, so nothing need be left. */
export function decideFromStock(
  batch: ReplaceableBatch | undefined, { first, last }: Range, { today, givenCount }: Readonly<{ today: LocalDate; givenCount: number }>,
): Rejected<RefusalCode> | undefined {
  const decided = decideReplacement(batch && { ...batch, spendable: true }, { first, last }, { today, countMax: Number.MAX_SAFE_INTEGER });
  if ('code' in decided) return decided;
  return givenCount === decided.count ? undefined : reject('replacement_count_differs', { count: decided.count, givenCount });
}

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
