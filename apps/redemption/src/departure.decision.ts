// A place leaves a programme from a day on, by its own word. A service of that day or later is refused; an earlier one may be claimed
// for so many days more, and is paid as any other: nothing is held for a place that only left.
import { addDays, reject, type LocalDate, type Rejected } from '#libs/kernel';
import { MEASURED_CLAIM_DAYS } from './limits.js';

/** `until`: the first day that it bars no more; left out while nothing has ended it. */
export type Departure = Readonly<{ from: LocalDate; until?: LocalDate }>;

const bars = ({ from, until }: Departure, day: LocalDate): boolean => from <= day && (until === undefined || day < until);

/** Undefined: a service of that day is taken; `today` at the site. */
export function decideLeft(
  departures: readonly Departure[], serviceDate: LocalDate, today: LocalDate,
): Rejected<'place_left' | 'place_claim_too_late'> | undefined {
  const barring = departures.find((departure) => bars(departure, serviceDate));
  if (barring) return reject('place_left', { from: barring.from, ...(barring.until && { until: barring.until }) });
  // Announced for a later day, or over: the place is as any other.
  const counting = departures.find((departure) => bars(departure, today));
  const lastDay = counting && addDays(counting.from, MEASURED_CLAIM_DAYS);
  return lastDay && today > lastDay ? reject('place_claim_too_late', { lastDay }) : undefined;
}

/** Nothing has ended it. */
export type OpenDeparture = Readonly<{ from: LocalDate; statedAt: Date }>;

/**
 * A place is accredited while its departure is open. Nobody takes it in again against its word: what it applied for since ends the
 * departure, what only corrects the days before leaves it as it is, and the rest is refused. `appliedAt`: null where the operator
 * accredits by itself.
 */
export function decideReturn(
  departure: OpenDeparture | undefined, { from, appliedAt }: Readonly<{ from: LocalDate; appliedAt: Date | null }>,
): 'stays' | 'ends' | Rejected<'departure_stands'> {
  if (!departure) return 'stays';
  if (appliedAt !== null && appliedAt > departure.statedAt) return 'ends';
  return from < departure.from ? 'stays' : reject('departure_stands', { from: departure.from });
}
