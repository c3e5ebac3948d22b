// Pools between the steps of a cent: money of the commons, Stripe's balance, cover of a payer. Cents of a pool are not told apart: what
// covers a sum is as much as is needed, in turn, and no claim that it was they (ADR 0072, ADR 0090).
import type { KeptEvent } from './kept-event.decision.js';

export type Covered = Readonly<{ taken: readonly KeptEvent[]; missingCents: number }>;

/** As far as they cover it; of what was taken last not all may be needed. Something is missing where a bound was met before the sum was. */
export function coverOf(amountCents: number, inTurn: readonly KeptEvent[], centsOf: (event: KeptEvent) => number): Covered {
  const taken: KeptEvent[] = [];
  let missingCents = amountCents;
  for (const event of inTurn) {
    if (missingCents <= 0) break;
    missingCents -= centsOf(event);
    taken.push(event);
  }
  return { taken, missingCents: Math.max(0, missingCents) };
}
