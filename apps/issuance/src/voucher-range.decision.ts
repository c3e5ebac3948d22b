// Ranges of a batch: indices from 0, both ends included. A booklet is a range too: the one numbered n on its cover (from
// 1) is the n-th `bookletSize` vouchers of its batch.

export type Range = Readonly<{ first: number; last: number }>;
/** What a caller names: indices, or booklets by the numbers on their covers, or nothing, which is all. */
export type AskedRange = Readonly<{ first?: number | undefined; last?: number | undefined; booklets?: Range | undefined }>;

/** 1: loose vouchers. */
export const BOOKLET_SIZES = [1, 5, 10] as const;
export type BookletSize = (typeof BOOKLET_SIZES)[number];
export type BoundBatch = Readonly<{ count: number; bookletSize: number }>;

/** Undefined when it is not a range of that batch. */
export function rangeOf(
  { first = 0, last, booklets }: AskedRange, { count, bookletSize }: BoundBatch,
): Range | undefined {
  const range = booklets
    ? { first: (booklets.first - 1) * bookletSize, last: booklets.last * bookletSize - 1 }
    : { first, last: last ?? count - 1 };
  return range.first >= 0 && range.first <= range.last && range.last < count ? range : undefined;
}

export const countOf = ({ first, last }: Range): number => last - first + 1;
export const overlap = (one: Range, other: Range): boolean => one.first <= other.last && other.first <= one.last;
export const isInside = (inner: Range, outer: Range): boolean => inner.first >= outer.first && inner.last <= outer.last;

/** The part of both; only for ranges that overlap. */
export const common = (one: Range, other: Range): Range =>
  ({ first: Math.max(one.first, other.first), last: Math.min(one.last, other.last) });

/** What is left of `range` without those in `taken`, in order. */
export function without(range: Range, taken: readonly Range[]): Range[] {
  const left: Range[] = [];
  let first = range.first;
  for (const gone of taken.filter((one) => overlap(one, range)).sort((a, b) => a.first - b.first)) {
    if (gone.first > first) left.push({ first, last: gone.first - 1 });
    first = Math.max(first, gone.last + 1);
  }
  return first <= range.last ? [...left, { first, last: range.last }] : left;
}

/** The first of them that shares an index with another, by its place in the list. */
export function positionOfClash(ranges: readonly Range[]): number | undefined {
  const inOrder = ranges.map((range, position) => ({ ...range, position })).sort((a, b) => a.first - b.first);
  let furthest = -1;
  for (const { first, last, position } of inOrder) {
    if (first <= furthest) return position;
    furthest = Math.max(furthest, last);
  }
  return undefined;
}
