// Which vouchers a stop hits. Stopping asks for nothing else: better one stopped too many, which can be replaced, than
// one found used because somebody's papers were not in order. A distributor stops what it had last, handed over or not:
// a citizen who lost a booklet goes to whoever gave it.
import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import type { Range } from '../till/reference.decision.js';

export type StoppableBatch = Readonly<{ count: number }>;
/** `index` is undefined for a serial of another batch. */
export type NamedVoucher = Readonly<{ serial: string; index: number | undefined }>;
export type Named = Readonly<{ range: Range }> | Readonly<{ vouchers: readonly NamedVoucher[] }>;

/** Of a distributor: itself, and who received the vouchers when, the latest first. Null: the operator. */
export type Stopper = Readonly<{ distributorId: string; arrivals: readonly (Range & Readonly<{ distributorId: string | null }>)[] }> | null;

/** Refuses when another had some of the ranges last, or nobody is known to have had them. */
export function decideOwn(ranges: readonly Range[], stopper: Stopper): Rejected<RefusalCode> | undefined {
  if (!stopper) return undefined;
  let left = [...ranges];
  for (const { distributorId, first, last } of stopper.arrivals) {
    const hit = left.find((range) => range.first <= last && range.last >= first);
    if (hit && distributorId !== stopper.distributorId) return foreign(Math.max(hit.first, first), Math.min(hit.last, last));
    left = left.flatMap((range) => outside(range, { first, last }));
  }
  return left[0] && foreign(left[0].first, left[0].last);
}

const foreign = (first: number, last: number) => reject('range_not_held', { first, last });

const outside = (range: Range, gone: Range): Range[] => [
  { first: range.first, last: Math.min(range.last, gone.first - 1) }, { first: Math.max(range.first, gone.last + 1), last: range.last },
].filter(({ first, last }) => first <= last);

export type DecidedStop = Readonly<{ kind: 'stopped'; ranges: readonly Range[]; count: number }>;

export function decideStop(batch: StoppableBatch | undefined, named: Named): DecidedStop | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  if ('range' in named) {
    const { first, last } = named.range;
    if (first > last || last >= batch.count) return reject('range_outside_batch', { count: batch.count });
    return { kind: 'stopped', ranges: [named.range], count: last - first + 1 };
  }
  const foreign = named.vouchers.find(({ index }) => index === undefined || index >= batch.count);
  // A serial is public, and whoever stops wants to know which one is wrong.
  if (foreign) return reject('serial_not_in_batch', { serial: foreign.serial });
  const indices = [...new Set(named.vouchers.map(({ index }) => index!))].sort((a, b) => a - b);
  return { kind: 'stopped', ranges: rangesOf(indices), count: indices.length };
}

/** Neighbours joined: 1, 2, 3, 7 is 1..3 and 7..7. */
function rangesOf(indices: readonly number[]): Range[] {
  const ranges: { first: number; last: number }[] = [];
  for (const index of indices) {
    const latest = ranges.at(-1);
    if (latest?.last === index - 1) latest.last = index;
    else ranges.push({ first: index, last: index });
  }
  return ranges;
}
