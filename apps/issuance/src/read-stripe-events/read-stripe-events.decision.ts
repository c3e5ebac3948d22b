// From when to read Stripe's own list of events, and whether it is time to.
import { STRIPE_EVENTS_KEPT_MS, STRIPE_OVERLAP_MS, STRIPE_READING_MS } from '../limits.js';

/** Undefined: not yet. `readUntil` is where the last whole reading ended; undefined before the first. */
export function readingSince(readUntil: Date | undefined, now: Date): Date | undefined {
  const oldest = now.getTime() - STRIPE_EVENTS_KEPT_MS;
  if (!readUntil) return new Date(oldest);
  if (now.getTime() - readUntil.getTime() < STRIPE_READING_MS) return undefined;
  return new Date(Math.max(oldest, readUntil.getTime() - STRIPE_OVERLAP_MS));
}
