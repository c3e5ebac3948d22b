import { dayIn } from '#libs/kernel';

/** Where the books are kept: one hour ahead of UTC in winter, two in summer. */
const ZONE = 'Europe/Paris';
const HOUR_MS = 3_600_000;

/** The last millisecond of a local day (`YYYY-MM-DD`), as an instant in UTC. */
export function endOfDay(day: string): string {
  const inWinter = new Date(`${day}T23:59:59.999+01:00`);
  return (dayIn(ZONE, inWinter) === day ? inWinter : new Date(inWinter.getTime() - HOUR_MS)).toISOString();
}
