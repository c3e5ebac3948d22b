// What the commons were fed by before they gave a sum: the newest contributions on the same custody account, as many as cover it.
import { GIFT, isOf, ORDER_ENDED, STATEMENT, type KeptEvent } from './kept-event.decision.js';

export type Contribution = Readonly<{ eventId: string; amountCents: number }>;

/** The share of a statement, what payers left when an order ended, or a gift; of anything else nothing. */
export function contributionOf(event: KeptEvent): number {
  const { amountCents = 0, commonsCents = 0, outcome, expiredCents = 0, owedCents = 0 } = event.body;
  if (isOf(STATEMENT)(event)) return commonsCents;
  if (isOf(GIFT)(event)) return amountCents;
  return isOf(ORDER_ENDED)(event) && outcome === 'commons' ? expiredCents - owedCents : 0;
}
