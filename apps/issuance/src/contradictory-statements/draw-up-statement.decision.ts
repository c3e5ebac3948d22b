// When a statement can be drawn up, and who bore which cent. It waits until nothing is missing: every batch's run is
// through, every chunk of it has arrived, and what was activated is what was redeemed and what expired.
//
// An order's cents have an order (ADR 0012): activation took the first of them. Redemption used the first of those, whoever
// came to which place; what expired is the rest. So a payer's activated = redeemed + expired, to the cent, none below zero,
// and each is that payer's share within a cent.
import { isOverEverywhere, minus, reject, ZERO, type Cents, type LocalDate, type PayerId, type Rejected } from '#libs/kernel';
import { sharesBetween, type SharedOrder } from '../order-share.decision.js';
import type { OnExpiry } from '../on-expiry.decision.js';
import type { RefusalCode } from '../refusals.js';

export type EndedOrder = SharedOrder & Readonly<{
  activated: Cents;
  redeemed: Cents;
  expired: Cents;
  /** Batches without a finished run, and runs of which something has not arrived. */
  openBatches: number;
  openRuns: number;
  claimableUntil: LocalDate;
  onExpiry: OnExpiry;
  signed: boolean;
}>;

export type EndShare = Readonly<{ payerId: PayerId; activated: Cents; redeemed: Cents; expired: Cents }>;
export type DecidedStatement = Readonly<{ kind: 'drawn_up'; outcome: OnExpiry; shares: readonly EndShare[] }>;

export function decideStatement(order: EndedOrder | undefined, now: Date): DecidedStatement | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  if (order.signed) return reject('statement_signed');
  if (!isOverEverywhere(order.claimableUntil, now)) return reject('claims_open', { claimableUntil: order.claimableUntil });
  const { openBatches, openRuns, activated, redeemed, expired } = order;
  const missing = minus(minus(activated, redeemed), expired);
  if (openBatches > 0 || openRuns > 0 || missing !== ZERO) {
    return reject('expiry_incomplete', { openBatches, openRuns, missingCents: Number(missing) });
  }
  return { kind: 'drawn_up', outcome: order.onExpiry, shares: endShares(order) };
}

/** Of every payer of the order, also of those that bore nothing: all of them sign. */
export function endShares(order: SharedOrder & Readonly<{ activated: Cents; redeemed: Cents }>): EndShare[] {
  const used = new Map(sharesBetween(order, ZERO, order.redeemed).map(({ payerId, amount }) => [payerId, amount]));
  const unused = new Map(sharesBetween(order, order.redeemed, order.activated).map(({ payerId, amount }) => [payerId, amount]));
  return order.shares.map(({ payerId }) => {
    const [redeemed, expired] = [used.get(payerId) ?? ZERO, unused.get(payerId) ?? ZERO];
    return { payerId, activated: (redeemed + expired) as Cents, redeemed, expired };
  });
}
