// A validity day is a local date, judged in the zone of the site: Cayenne and Nouméa exist. Instants are UTC Dates.

/** `YYYY-MM-DD`; compares correctly as text. */
export type LocalDate = string & { readonly __date: 'local' };

/** No year 0: our calendar and PostgreSQL's have none. */
const LOCAL_DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

/** Throws RangeError on a text that is no day of the calendar (2026-02-30). */
export function localDate(text: string): LocalDate {
  const at = LOCAL_DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // A day that its month does not have is read as one of the next month.
  if (Number.isNaN(at) || new Date(at).getUTCDate() !== Number(text.slice(8))) {
    throw new RangeError(`not a date (YYYY-MM-DD): ${text.slice(0, 40)}`);
  }
  return text as LocalDate;
}

// Building an Intl formatter costs about 50 µs, which the till would pay per redemption: one is kept per zone.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The day that it is at `at` in an IANA zone. Throws RangeError on an unknown zone. */
export function dayIn(timeZone: string, at: Date): LocalDate {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(at) as LocalDate;
}

/**
 * Is the day over at every place, also at one that nobody registered yet? UTC-12 is where a day ends last; the sign of this
 * zone's name is the other way round by an old custom.
 */
export const isOverEverywhere = (day: LocalDate, at: Date): boolean => dayIn('Etc/GMT+12', at) > day;

/** `days` later (or earlier when negative), on the calendar. */
export function addDays(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) as LocalDate;
}

/**
 * Which moment counts. The truth is the database's clock, read inside the transaction; a simulation or a demo that
 * plays a year hands in its own. `null` means: believe the database.
 */
export type Clock = { override(): Date | null };
export const databaseClock: Clock = { override: () => null };
