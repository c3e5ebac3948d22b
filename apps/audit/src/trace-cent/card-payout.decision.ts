// Which card payments a payout of Stripe brought to the bank. Its balance is a pool, as the commons are: the newest payments before the
// payout, as many as cover it, and of one payment the first payouts after it; no claim that it was these cents (ADR 0090).
import type { KeptEvent } from './kept-event.decision.js';

const byMoment = (a: KeptEvent, b: KeptEvent) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.seq - b.seq;
const isOfPool = ({ body: { custodyAccountId } }: KeptEvent) =>
  ({ body }: KeptEvent): boolean => body.custodyAccountId === custodyAccountId;

/** As far as they cover it; Stripe's fee is kept of each, so that the last one may be cut. */
export function covering(
  amountCents: number, inTurn: readonly KeptEvent[], centsOf = ({ body }: KeptEvent) => body.amountCents ?? 0,
): KeptEvent[] {
  let missing = amountCents;
  return inTurn.filter((one) => {
    const isNeeded = missing > 0;
    missing -= centsOf(one);
    return isNeeded;
  });
}

export const payoutsAfter = (paid: KeptEvent, payouts: readonly KeptEvent[]): KeptEvent[] => {
  const after = payouts.filter(isOfPool(paid)).filter(({ occurredAt }) => occurredAt >= paid.occurredAt).sort(byMoment);
  return covering(paid.body.amountCents ?? 0, after);
};
