import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import {
  countOf, isInside, overlap, positionOfClash, rangeOf, without, type AskedRange, type BoundBatch, type Range,
} from '../voucher-range.decision.js';

export type UnderWay = Readonly<{
  batch: BoundBatch;
  shipped: Range;
  /** Parts of this delivery that were received or lost before. */
  settled: readonly Range[];
  /** Vouchers of the whole batch that have not left the operator for good yet, in any delivery. */
  unsettled: readonly Range[];
}>;
export type Confirmation = Readonly<{ parts: readonly Range[]; missing: readonly Range[]; inTransitCount: number; endsKey: boolean }>;

/**
 * A voucher of a delivery arrives or is lost, once. When that was the last one of its batch, nothing is left to print:
 * the batch's key ends.
 */
export function decideConfirmation(
  delivery: UnderWay | undefined, asked: readonly AskedRange[] | null,
): Confirmation | Rejected<RefusalCode> {
  if (!delivery) return reject('delivery_not_found');
  const { batch, shipped, settled, unsettled } = delivery;
  const left = without(shipped, settled);
  const named = asked?.map((range) => rangeOf(range, batch)) ?? left;
  const parts = named.filter((range) => range !== undefined);
  if (parts.length < named.length) return reject('range_outside_batch', { count: batch.count });
  const stray = parts.find((part) => !isInside(part, shipped) || settled.some((range) => overlap(range, part)));
  if (stray) return reject('range_not_in_transit', { ...stray });
  const clash = positionOfClash(parts);
  if (clash !== undefined) return reject('range_not_in_transit', { ...parts[clash]! });
  if (parts.length === 0) return reject('range_not_in_transit', { ...shipped });
  const missing = without(shipped, [...settled, ...parts]);
  const endsKey = unsettled.length > 0 && unsettled.every((range) => without(range, parts).length === 0);
  return { parts, missing, inTransitCount: total(missing), endsKey };
}

const total = (ranges: readonly Range[]): number => ranges.reduce((sum, range) => sum + countOf(range), 0);
