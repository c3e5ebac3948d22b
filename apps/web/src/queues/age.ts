import type { Say } from '../language.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something waits, in the largest unit of which there are two; never less than nothing, whatever two clocks say. */
export function age(ms: number, say: Say): string {
  if (ms < MINUTE) return say('moins d’une minute', 'less than a minute');
  if (ms < 2 * HOUR) return say(`${Math.floor(ms / MINUTE)} min`, `${Math.floor(ms / MINUTE)} min`);
  if (ms < 2 * DAY) return say(`${Math.floor(ms / HOUR)} heures`, `${Math.floor(ms / HOUR)} hours`);
  return say(`${Math.floor(ms / DAY)} jours`, `${Math.floor(ms / DAY)} days`);
}
