// When a statement can be drawn up, and who bore which cent. It waits until nothing is missing: every batch's run is
// through, every chunk of it has arrived, and what was activated is what was redeemed and what expired.
//
// An order's cents have an order (ADR 0012): activation took the first of them. Redemption used the first of those, whoever
// came to which place; what expired is the rest. So a payer's activated = redeemed + expired, to the cent, none below zero,
// and each is that payer's share within a cent.
import { isOverEverywhere, minus, reject, showId, ZERO, type Cents, type ClaimLineId, type LocalDate, type PayerId, type Rejected } from '#libs/kernel';
import { decideDates, type LaterDates } from '../extend-order/later-dates.decision.js';
import type { OnExpiry, StatementOutcome } from '../on-expiry.decision.js';
import { sharesBetween, type SharedOrder } from '../order-share.decision.js';
import type { RefusalCode } from '../refusals.js';

/** Held claims that a refusal names; their sum is of all. */
const CLAIMS_NAMED_MAX = 20;
/** `today`: where the operator is. */
export type Moment = Readonly<{ today: LocalDate; now: Date }>;

export type EndedOrder = SharedOrder & Readonly<{
  activated: Cents;
  redeemed: Cents;
  expired: Cents;
  /** What each payer got back of rejected claims; it is cover, and counts as used here. */
  rejectedShares: ReadonlyMap<PayerId, Cents>;
  heldClaims: readonly Readonly<{ claimLineId: ClaimLineId; amountCents: number }>[];
  /** Batches without a finished run, and runs of which something has not arrived. */
  openBatches: number;
  openRuns: number;
  usableUntil: LocalDate;
  claimableUntil: LocalDate;
  onExpiry: OnExpiry;
  signed: boolean;
}>;

export type EndShare = Readonly<{ payerId: PayerId; activated: Cents; redeemed: Cents; rejected: Cents; expired: Cents }>;
export type DecidedStatement = Readonly<{ kind: 'drawn_up'; outcome: StatementOutcome; shares: readonly EndShare[] }>;

/** `extension`: the dates that are to be signed instead of what the agreement says of expired value. */
export function decideStatement(
  order: EndedOrder | undefined, extension: LaterDates | null, { today, now }: Moment,
): DecidedStatement | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  if (order.signed) return reject('statement_signed');
  if (!isOverEverywhere(order.claimableUntil, now)) return reject('claims_open', { claimableUntil: order.claimableUntil });
  const { openBatches, openRuns, activated, redeemed, expired } = order;
  const missing = minus(minus(activated, redeemed), expired);
  if (openBatches > 0 || openRuns > 0 || missing !== ZERO) {
    return reject('expiry_incomplete', { openBatches, openRuns, missingCents: Number(missing) });
  }
  const { heldClaims } = order;
  if (heldClaims.length > 0) {
    const heldCents = heldClaims.reduce((all, { amountCents }) => all + amountCents, 0);
    const named = heldClaims.slice(0, CLAIMS_NAMED_MAX).map(({ claimLineId }) => showId('claimLine', claimLineId));
    return reject('claims_held', { heldCents, heldCount: heldClaims.length, claimLineIds: named.join(' ') });
  }
  const refused = extension && decideDates(order, extension, today);
  return refused ?? { kind: 'drawn_up', outcome: extension ? 'extension' : order.onExpiry, shares: endShares(order) };
}

/** Of every payer of the order, also of those that bore nothing: all of them sign. */
export function endShares(order: SharedOrder & Pick<EndedOrder, 'activated' | 'redeemed' | 'rejectedShares'>): EndShare[] {
  const used = new Map(sharesBetween(order, ZERO, order.redeemed).map(({ payerId, amount }) => [payerId, amount]));
  const unused = new Map(sharesBetween(order, order.redeemed, order.activated).map(({ payerId, amount }) => [payerId, amount]));
  return order.shares.map(({ payerId }) => {
    const [redeemed, expired] = [used.get(payerId) ?? ZERO, unused.get(payerId) ?? ZERO];
    return { payerId, activated: (redeemed + expired) as Cents, redeemed, rejected: order.rejectedShares.get(payerId) ?? ZERO, expired };
  });
}
