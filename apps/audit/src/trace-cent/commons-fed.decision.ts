// What the commons were fed by before they gave a sum. Cents of a pool are not told apart: these are the newest contributions on the
// same custody account, as many as cover the sum, and no claim that it was they (ADR 0072).
import { GIFT, isOf, ORDER_ENDED, STATEMENT, type KeptEvent } from './kept-event.decision.js';

export type Contribution = Readonly<{ eventId: string; amountCents: number }>;

/** The share of a statement, what payers left when an order ended, or a gift; of anything else nothing. */
export function contributionOf(event: KeptEvent): number {
  const { amountCents = 0, commonsCents = 0, outcome, expiredCents = 0, owedCents = 0 } = event.body;
  if (isOf(STATEMENT)(event)) return commonsCents;
  if (isOf(GIFT)(event)) return amountCents;
  return isOf(ORDER_ENDED)(event) && outcome === 'commons' ? expiredCents - owedCents : 0;
}

/** `newestFirst`: what fed the pool before. What is missing is more than nothing where a bound was met before the sum was. */
export function coverOf(
  amountCents: number, newestFirst: readonly KeptEvent[],
): Readonly<{ taken: readonly KeptEvent[]; missingCents: number }> {
  const taken: KeptEvent[] = [];
  let missingCents = amountCents;
  for (const event of newestFirst) {
    if (missingCents <= 0) break;
    missingCents -= contributionOf(event);
    taken.push(event);
  }
  return { taken, missingCents: Math.max(0, missingCents) };
}
