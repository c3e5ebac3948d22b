import type { LocalDate } from '#libs/kernel';

// Building one costs 50 µs; a plan asks some thousand times.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    const two = '2-digit';
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two,
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetMs(timeZone: string, at: number): number {
  const part = Object.fromEntries(formatterOf(timeZone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']) - at;
}

/** When the clocks of the zone show this. A time that a change of clocks skips is taken as the one an hour later. */
export function instantAt(timeZone: string, day: LocalDate, minuteOfDay: number): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minuteOfDay * 60_000;
  const guess = asUtc - offsetMs(timeZone, asUtc);
  return new Date(asUtc - offsetMs(timeZone, guess));
}
