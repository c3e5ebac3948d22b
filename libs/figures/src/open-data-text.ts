// The text of a month's open data: what is hashed and signed, byte for byte. It names the events that it counts and the coefficients that
// it estimates by, so that whoever has the log makes the same figures (ADR 0084).
import { canonicalJson, type Month } from '#libs/kernel';
import type { Coefficient } from './coefficients.js';
import { FIGURES_ZONE, PEOPLE_MIN, type MonthFigures } from './month-figures.js';

/** Months of the first format named no events. They stay as they were signed. */
export const OPEN_DATA_FORMAT = 'mereau.open-data.v2';

/** A month is published when it has been over for so long: what a till captured without a network has come, and settlement has measured. */
export const SETTLES_AFTER_DAYS = 7;
/** A month whose waiting times were not told by then is released without them. */
export const MEASURE_WAITED_FOR_DAYS = 14;

/** The beginning of the log: so many leaves, and the last number of each sender in them. */
export type Counted = Readonly<{ leaves: number; lastSeqs: Readonly<Record<string, number>> }>;
export type OpenData = MonthFigures & Readonly<{
  format: string; origin: string; month: Month; timeZone: string; currency: string; madeAt: string; peopleMin: number;
  counted: Counted; coefficients: readonly Coefficient[];
}>;

export type ReleaseHead = Readonly<{ origin: string; month: Month; madeAt: Date; counted: Counted; coefficients: readonly Coefficient[] }>;

export const openDataText = ({ madeAt, ...head }: ReleaseHead, figures: MonthFigures): string => canonicalJson({
  ...head, ...figures, format: OPEN_DATA_FORMAT, timeZone: FIGURES_ZONE, currency: 'EUR', madeAt: madeAt.toISOString(), peopleMin: PEOPLE_MIN,
});
