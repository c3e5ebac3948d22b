// The library of opening hours asks the clock of its process for hours and days. A place has another clock, so that the library is
// handed the moment at which this process's clock shows what the clock at the place shows.

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the clock in an IANA zone shows, counted as if it were UTC. */
function shownIn(timeZone: string, at: Date): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts['year']!, parts['month']! - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
}

/** Undefined in the one hour of a year that this process's own clock leaves out, when its zone has summer time. */
export function toProcessClock(timeZone: string, at: Date): Date | undefined {
  const shown = new Date(shownIn(timeZone, at));
  const moment = new Date(
    shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate(), shown.getUTCHours(), shown.getUTCMinutes(), shown.getUTCSeconds(),
  );
  return moment.getHours() === shown.getUTCHours() ? moment : undefined;
}

/** The reverse: when the clock at the place shows what this process's clock shows at `moment`. */
export function fromProcessClock(timeZone: string, moment: Date): Date {
  const shown = Date.UTC(
    moment.getFullYear(), moment.getMonth(), moment.getDate(), moment.getHours(), moment.getMinutes(), moment.getSeconds(),
  );
  const guess = shown - (shownIn(timeZone, new Date(shown)) - shown);
  // The guess may stand on the other side of a change of the clock: its own offset counts.
  return new Date(guess - (shownIn(timeZone, new Date(guess)) - shown));
}
