// The consolidating ratio: what a place took in through vouchers in a year, against the range that is said to let one stay open. It is told
// place by place, and as three counts; never as an average, which a few large places would carry.
import type { Coefficient } from '#libs/figures';

export type PlaceEarned = Readonly<{
  placeId: string; name: string | null;
  /** Null: nobody told where the place is. */
  commune: string | null; latitude: number | null; longitude: number | null;
  /** The event that says where it is; null where none was told. */
  locatedBy: string | null;
  takenCents: number; redemptions: number;
}>;
export const BANDS = ['below', 'within', 'above'] as const;
export type Band = (typeof BANDS)[number];
export type Bands = Readonly<Record<Band, number>>;
export type Range = Pick<Coefficient, 'low' | 'high'>;

export function bandOf(takenCents: number, { low, high }: Range): Band {
  if (takenCents < low) return 'below';
  return takenCents > high ? 'above' : 'within';
}

/** Null: no range is published, so that nobody knows which place reaches it. */
export function bandsOf(places: readonly PlaceEarned[], range: Range | null): Bands | null {
  if (!range) return null;
  const found = places.map(({ takenCents }) => bandOf(takenCents, range));
  const count = (band: Band): number => found.filter((one) => one === band).length;
  return { below: count('below'), within: count('within'), above: count('above') };
}

/** First and last day. */
export const yearDays = (year: number): readonly [string, string] => [`${year}-01-01`, `${year}-12-31`];
