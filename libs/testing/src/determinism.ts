// What makes a run repeatable: a clock that stands still until it is moved, and ids drawn from a printed seed.
import { createHash } from 'node:crypto';
import type { Clock, Ids } from '#libs/kernel';

export type MovableClock = Clock & { set(iso: string): void };

export function fixedClock(iso: string): MovableClock {
  let now = new Date(iso);
  return { override: () => now, set: (next) => { now = new Date(next); } };
}

/** The seed of this run: MEREAU_SEED, or one drawn and printed by the test runner. */
export const seedOfRun = (): string => process.env.MEREAU_SEED ?? 'mereau';

/** UUIDv7-shaped ids in rising order; two runs with one seed draw the same. */
export function seededIds(seed: string): Ids {
  let count = 0;
  return {
    next() {
      count += 1;
      const hex = createHash('sha256').update(`${seed}:${count}`).digest('hex');
      const time = (1_767_225_600_000 + count).toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
    },
  };
}

/** Waits until `condition` is true; throws with `what` after `timeoutMs`. For effects that arrive through a queue. */
export async function until(what: string, condition: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resume) => { setTimeout(resume, 10); });
  }
}
