// Where the booklets go: three distributors share them, one parcel arrives without a booklet that nobody will see again,
// and citizens get theirs before they first use it. Some booklets stay in the cupboard all year.
import { below, indices, type Draw } from './chance.decision.js';

/** Booklets by their position in the batch, from 0, both ends included. */
export type Booklets = Readonly<{ first: number; last: number }>;

/** In order; fewer than `parts` when there are fewer booklets. */
export function sharesOf(bookletCount: number, parts: number): Booklets[] {
  const bounds = indices(parts + 1).map((part) => Math.round((bookletCount * part) / parts));
  return indices(parts).map((part) => ({ first: bounds[part]!, last: bounds[part + 1]! - 1 })).filter(({ first, last }) => last >= first);
}

/** Of whole booklets that hold nothing that the year needs; undefined when all do. */
export function missingBooklet(shares: readonly Booklets[], isNeeded: (booklet: number) => boolean): number | undefined {
  const all = shares.flatMap(({ first, last }) => indices(last - first + 1).map((at) => ({ booklet: first + at, isOnly: first === last })));
  return all.findLast(({ booklet, isOnly }) => !isOnly && !isNeeded(booklet))?.booklet;
}

const UNUSED_HANDED_OVER_SHARE = 0.6;

/** For each booklet the number of the month in which it is handed over; undefined: never. */
export function handOverMonths(firstUse: readonly (number | undefined)[], lastMonth: number, draw: Draw): (number | undefined)[] {
  return firstUse.map((month) => month ?? (draw() < UNUSED_HANDED_OVER_SHARE ? 1 + below(draw, lastMonth) : undefined));
}
