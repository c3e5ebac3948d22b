// What may leave a distributor's stock: what lies in it now, all of it, and nothing that no till takes any more.
import { reject, type BatchId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import {
  common, countOf, overlap, positionOfClash, rangeOf, type AskedRange, type BoundBatch, type Range,
} from '../voucher-range.decision.js';

export type Received = Readonly<{ range: Range }>;
/** One asked range with what is true of it: which of it lies in the distributor's stock, and which of it is stopped. */
export type Leaving<R extends Received> = Readonly<{ batchId: BatchId; range: Range; received: readonly R[]; stopped: Range | undefined }>;
export type Part<R extends Received> = Readonly<{ position: number; range: Range; from: R }>;

/** The ranges that the list names, in its order. */
export function decideRanges(
  asked: readonly (AskedRange & Readonly<{ batchId: BatchId }>)[], batches: ReadonlyMap<BatchId, BoundBatch>,
): readonly Readonly<{ batchId: BatchId; range: Range }>[] | Rejected<RefusalCode> {
  const unknown = asked.findIndex(({ batchId }) => !batches.has(batchId));
  if (unknown >= 0) return reject('batch_not_found', { position: unknown });
  const ranges = asked.map((one) => ({ batchId: one.batchId, range: rangeOf(one, batches.get(one.batchId)!) }));
  const outside = ranges.findIndex(({ range }) => !range);
  if (outside >= 0) return reject('range_outside_batch', { position: outside, count: batches.get(asked[outside]!.batchId)!.count });
  return ranges.map(({ batchId, range }) => ({ batchId, range: range! }));
}

/** A range that came into stock in two parts leaves as two, each out of its own. */
export function decideHandOver<R extends Received>(
  leaving: readonly Leaving<R>[],
): readonly Part<R>[] | Rejected<RefusalCode> {
  const missing = leaving.findIndex(({ range, received }) => receivedCount(range, received) < countOf(range));
  if (missing >= 0) return reject('range_not_in_stock', { position: missing, ...leaving[missing]!.range });
  const twice = askedTwice(leaving);
  if (twice !== undefined) return reject('range_not_in_stock', { position: twice, ...leaving[twice]!.range });
  const spoiled = leaving.findIndex(({ stopped }) => stopped);
  if (spoiled >= 0) return reject('range_stopped', { position: spoiled, ...leaving[spoiled]!.stopped! });
  return leaving.flatMap(({ range, received }, position) =>
    received.map((from) => ({ position, range: common(range, from.range), from })));
}

/** Ranges in stock never overlap, so their parts add up. */
const receivedCount = (range: Range, received: readonly Received[]): number =>
  received.filter((one) => overlap(one.range, range)).reduce((sum, one) => sum + countOf(common(range, one.range)), 0);

function askedTwice(leaving: readonly Leaving<Received>[]): number | undefined {
  const positionsOf = new Map<BatchId, number[]>();
  leaving.forEach(({ batchId }, position) => positionsOf.set(batchId, [...(positionsOf.get(batchId) ?? []), position]));
  for (const positions of positionsOf.values()) {
    const clash = positionOfClash(positions.map((position) => leaving[position]!.range));
    if (clash !== undefined) return positions[clash];
  }
  return undefined;
}
