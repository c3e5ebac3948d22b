// Which card payments a payout of Stripe brought to the bank. Its balance is a pool, as the commons are: the newest payments before the
// payout, as many as cover it, and of one payment the first payouts after it (ADR 0090). Stripe's fee is kept of each, so that the last one
// may be cut.
import { coverOf } from './covered.decision.js';
import { byMoment, type KeptEvent } from './kept-event.decision.js';

const isOfPool = ({ body: { custodyAccountId } }: KeptEvent) =>
  ({ body }: KeptEvent): boolean => body.custodyAccountId === custodyAccountId;
const amountOf = ({ body }: KeptEvent): number => body.amountCents ?? 0;

/** `inTurn`: the nearest first. */
export const covering = (one: KeptEvent, inTurn: readonly KeptEvent[]): readonly KeptEvent[] =>
  coverOf(amountOf(one), inTurn, amountOf).taken;

export const payoutsAfter = (paid: KeptEvent, payouts: readonly KeptEvent[]): readonly KeptEvent[] =>
  covering(paid, payouts.filter(isOfPool(paid)).filter(({ occurredAt }) => occurredAt >= paid.occurredAt).sort(byMoment));
