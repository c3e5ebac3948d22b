// The calendar of statements: the days with which a period of a frequency ends, and whether a closing comes after one of them. A
// closing on the last evening of a period and one on a day after it are both the closing of that period.
import { addDays, type LocalDate } from '#libs/kernel';

export const FREQUENCIES = ['weekly', 'twice_monthly', 'monthly'] as const;
/** Weeks end on Sunday, halves of a month on the 15th and on its last day. */
export type Frequency = (typeof FREQUENCIES)[number];

const MIDDLE = 15;

const dayOfMonth = (day: LocalDate): number => Number(day.slice(8));
const isSunday = (day: LocalDate): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
const isLastOfMonth = (day: LocalDate): boolean => dayOfMonth(addDays(day, 1)) === 1;

export function isPeriodEnd(frequency: Frequency, day: LocalDate): boolean {
  if (frequency === 'weekly') return isSunday(day);
  return isLastOfMonth(day) || (frequency === 'twice_monthly' && dayOfMonth(day) === MIDDLE);
}

/** The last one that has come by `day`, `day` included. */
export function lastPeriodEnd(frequency: Frequency, day: LocalDate): LocalDate {
  let end = day;
  while (!isPeriodEnd(frequency, end)) end = addDays(end, -1);
  return end;
}

/**
 * Is a closing on `day` the first since a period ended? `lastDay` is that of the closing on an earlier day; another one of the same day is
 * due again, because whatever it found was open that day.
 */
export const isDue = (frequency: Frequency, { day, lastDay }: Readonly<{ day: LocalDate; lastDay: LocalDate | null }>): boolean =>
  lastDay === null || lastPeriodEnd(frequency, day) > lastDay;
