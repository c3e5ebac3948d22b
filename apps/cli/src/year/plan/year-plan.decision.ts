// A year on paper: drawn from its seed before anything is played, in a few milliseconds, the same each time.
import { calendarOf, type Calendar } from './calendar.decision.js';
import type { Cast } from './cast.decision.js';
import type { Draw } from './chance.decision.js';
import { instantAt } from './local-time.decision.js';
import { loadOf, redemptionsOf } from './load.decision.js';
import { groupedByTime, momentsOf, type Moment, type Scan, type Workshop } from './moments.decision.js';
import { refusalsOf, type RefusedKind } from './refusals.decision.js';
import { lostOf, voucherUseOf, type LostVouchers } from './vouchers.decision.js';

/** Any year would do; it is fixed, so that a seed says all. */
export const SCHEME_YEAR = 2026;

export type RefusedScan = Readonly<{ kind: 'refused'; as: RefusedKind; place: number }>;
export type TillScan = Scan | Workshop | RefusedScan;

export type YearPlan = Readonly<{
  calendar: Calendar;
  /** What tills do, in the order of time. */
  moments: readonly Moment<TillScan>[];
  redemptions: number;
  /** Indices of vouchers that nobody redeems; without the lost ones. */
  unused: readonly number[];
  lost: LostVouchers;
}>;

export type YearSize = Readonly<{ vouchers: number; cast: Cast; /** Of the active places, by rank. */ timeZones: readonly string[] }>;

/** `draws`: a stream of chance for each name. */
export function planYear(draws: (name: string) => Draw, { vouchers, cast, timeZones }: YearSize): YearPlan {
  const calendar = calendarOf(SCHEME_YEAR);
  const redemptions = redemptionsOf(vouchers);
  const { used, unused: notUsed } = voucherUseOf(vouchers, redemptions, draws('vouchers'));
  const { lost, unused } = lostOf(notUsed);
  const placeWeights = cast.active.map(({ weight }) => weight);
  const sessions = loadOf({ redemptions, placeWeights, calendar }, draws('load'));
  const redeemed = momentsOf(sessions, { timeZones, vouchers: used }, draws('scans'));
  const refused = refusalsOf({ redemptions, placeCount: timeZones.length, calendar }, draws('refusals'))
    .map(({ kind, place, on, minuteOfDay }) => ({ at: instantAt(timeZones[place]!, on, minuteOfDay), scan: { kind: 'refused', as: kind, place } as const }));
  const all = [...redeemed.flatMap(({ at, scans }) => scans.map((scan) => ({ at, scan }))), ...refused];
  return {
    calendar, moments: groupedByTime<TillScan>(all), redemptions, unused, lost,
  };
}
