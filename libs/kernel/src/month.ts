// Months of the calendar, for what is told once a month.
import { addDays, localDate, type LocalDate } from './time.js';

/** `YYYY-MM`; compares correctly as text. */
export type Month = string & { readonly __month: 'month' };

export const monthOf = (day: LocalDate): Month => day.slice(0, 7) as Month;
export const firstDayOf = (month: Month): LocalDate => localDate(`${month}-01`);
/** A month has at most 31 days, so that the 32nd day from its first on lies in the next one. */
export const monthAfter = (month: Month): Month => monthOf(addDays(firstDayOf(month), 31));

export type MonthsTold = Readonly<{
  today: LocalDate;
  /** The last one that was told. */
  last: Month | undefined;
  /** The day of the first thing to tell of; undefined: there is none. */
  firstDay: LocalDate | undefined;
}>;

/**
 * The month to tell of next: each in order, from that of the first thing on, once it has been over for so many days that nothing more of
 * it is on its way. Undefined: none is due.
 */
export function dueMonth({ today, last, firstDay }: MonthsTold, settlesAfterDays: number): Month | undefined {
  const month = last === undefined ? firstDay && monthOf(firstDay) : monthAfter(last);
  return month !== undefined && addDays(firstDayOf(monthAfter(month)), settlesAfterDays) <= today ? month : undefined;
}
