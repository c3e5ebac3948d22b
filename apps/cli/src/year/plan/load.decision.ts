// Who comes when: sessions over the thirteen months, after the published figures of a real scheme. Its curve and its
// hours are measured, so a year plays the rush before the end and the entries that come weeks late.
import { addDays, assert, type LocalDate } from '#libs/kernel';
import { daysBetween, weekdayOf, type Calendar, type Month } from './calendar.decision.js';
import { below, between, indices, logNormal, weighted, type Draw } from './chance.decision.js';

export type Session = Readonly<{
  /** Rank among the active places, the busiest first. */
  place: number;
  /** Vouchers scanned one after the other on one device; more than one is a workshop. */
  people: number;
  servedOn: LocalDate;
  enteredOn: LocalDate;
  /** Of the entry, in the place's local time. */
  minuteOfDay: number;
}>;

/** Cumulative percent of the vouchers, month by month after activation. */
export const CURVE_PERCENT = [1, 3, 6, 9, 12, 15, 18, 22, 25, 28, 31, 36, 38] as const;
const REDEEMED_PERCENT = 38;
/** From Sunday: open hours of 8,135 places. */
const WEEKDAYS = [0, 18, 20, 21, 20, 19, 3] as const;
const HOURS = [
  { from: 8, to: 9, weight: 4 }, { from: 9, to: 12, weight: 41 }, { from: 12, to: 14, weight: 9 },
  { from: 14, to: 17, weight: 40 }, { from: 17, to: 19, weight: 6 },
] as const;
/** Sessions last as long, and are entered at their end. */
const SESSION_MINUTES = 45;
const WORKSHOP_SHARE = 0.15;
/** Median 5; with this spread workshops serve half of all people. */
const WORKSHOP = { median: 5, sigma: 0.64, min: 2, max: 28 } as const;
/** Days between service and entry. */
const LAGS = [
  { from: 0, to: 0, weight: 45 }, { from: 1, to: 7, weight: 41 }, { from: 8, to: 30, weight: 11.5 }, { from: 31, to: 60, weight: 2.5 },
] as const;
const weights = (classes: readonly Readonly<{ weight: number }>[]) => classes.map(({ weight }) => weight);

export const redemptionsOf = (voucherCount: number): number => Math.round((voucherCount * REDEEMED_PERCENT) / 100);

export type LoadSize = Readonly<{ redemptions: number; placeWeights: readonly number[]; calendar: Calendar }>;

/** In the order in which they are entered. */
export function loadOf({ redemptions, placeWeights, calendar }: LoadSize, draw: Draw): Session[] {
  const upTo = CURVE_PERCENT.map((percent) => Math.round((redemptions * percent) / REDEEMED_PERCENT));
  const sessions = calendar.months.flatMap((month, index) => {
    const bounds = boundsOf(month, calendar);
    const found: Session[] = [];
    for (let left = upTo[index]! - (upTo[index - 1] ?? 0); left > 0; left -= found.at(-1)!.people) {
      const { from, to } = HOURS[weighted(draw, weights(HOURS))]!;
      const minuteOfDay = (from + below(draw, to - from)) * 60 + SESSION_MINUTES;
      found.push({ place: weighted(draw, placeWeights), people: Math.min(left, peopleOf(draw)), ...daysOf(bounds, draw), minuteOfDay });
    }
    return found;
  });
  return sessions.sort((a, b) => (a.enteredOn === b.enteredOn ? a.minuteOfDay - b.minuteOfDay : a.enteredOn < b.enteredOn ? -1 : 1));
}

function peopleOf(draw: Draw): number {
  if (draw() >= WORKSHOP_SHARE) return 1;
  const size = Math.round(logNormal(draw, Math.log(WORKSHOP.median), WORKSHOP.sigma));
  return Math.min(WORKSHOP.max, Math.max(WORKSHOP.min, size));
}

/** Counted from the first day of services, which has `firstWeekday`. */
type Bounds = Readonly<{ epoch: LocalDate; firstWeekday: number; from: number; to: number; lastServing: number }>;

const boundsOf = ({ from, to }: Month, { activatedOn, usableUntil }: Calendar): Bounds => ({
  epoch: activatedOn, firstWeekday: weekdayOf(activatedOn), from: daysBetween(activatedOn, from), to: daysBetween(activatedOn, to),
  lastServing: daysBetween(activatedOn, usableUntil),
});

/** A day of service, and one of entry within the month. */
function daysOf({ epoch, firstWeekday, from, to, lastServing }: Bounds, draw: Draw): Pick<Session, 'servedOn' | 'enteredOn'> {
  // Some delays do not fit: nothing was served before the activation, nor in the month of grace.
  for (let tries = 0; tries < 1_000; tries += 1) {
    const delay = LAGS[weighted(draw, weights(LAGS))]!;
    const lag = between(draw, delay.from, delay.to);
    const first = Math.max(0, from - lag);
    const days = Math.max(0, Math.min(to - lag, lastServing) - first + 1);
    const open = indices(days).map((index) => WEEKDAYS[(firstWeekday + first + index) % WEEKDAYS.length]!);
    if (!open.some((weight) => weight > 0)) continue;
    const served = first + weighted(draw, open);
    return { servedOn: addDays(epoch, served), enteredOn: addDays(epoch, served + lag) };
  }
  return assert(false, `no session fits into the days ${from} to ${to}`) as never;
}
