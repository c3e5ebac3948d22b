// What it costs to cancel an order, at each stage, and what comes back. The same answer is shown before and carried out.
//
// Before acceptance: nothing. After it: an indemnity on the fees of what was not done yet, and, once vouchers were made, the
// costs of making them, which the operator states and proves. The face value is never a cost: what a payer paid and no
// activation has used goes back whole. What is active and with citizens stays theirs to spend; what is active and still in
// stock has to be stopped first, and its value comes back when the vintage ends (rows 22 and 23). The terms are values
// (limits.ts) with their source.
import {
  cents, minus, plus, rateOf, reject, split, ZERO, type BatchId, type Cents, type PayerId, type Rejected,
} from '#libs/kernel';
import { sharesBetween, type SharedOrder } from '../order-share.decision.js';
import type { RefusalCode } from '../refusals.js';
import { countOf, without, type Range } from '../voucher-range.decision.js';

export const CANCELLATION_STAGES = ['before_acceptance', 'before_production', 'in_production', 'active'] as const;
export type CancellationStage = (typeof CANCELLATION_STAGES)[number];

/** Ranges of one ordered batch, each list without overlaps but `stopped`. */
export type BatchInHand = Readonly<{
  batchId: BatchId; activated: readonly Range[]; handedOver: readonly Range[]; stopped: readonly Range[];
}>;
export type CancellableOrder = SharedOrder & Readonly<{
  isCancelled: boolean;
  /** Its vouchers have ended: what is left of it is a matter of the contradictory statement. */
  isExpired: boolean;
  mintedCount: number;
  face: Cents;
  activated: Cents;
  /** What was invoiced beside the face value, without VAT. */
  fees: Cents;
  funded: ReadonlyMap<PayerId, Cents>;
  /** The cover that each payer has left in the programme; another order of it may have used what this one brought. */
  cover: ReadonlyMap<PayerId, Cents>;
  batches: readonly BatchInHand[];
}>;
export type CancellationTerms = Readonly<{ indemnityBasisPoints: number; productionPerVoucherMax: Cents }>;

export type StopRange = Range & Readonly<{ batchId: BatchId }>;
/** `active`: what vouchers were activated from; it was rendered, and stays invoiced until it expires. */
export type CancellationShare = Readonly<{ payerId: PayerId; cost: Cents; back: Cents; active: Cents }>;
export type Cancellation = Readonly<{
  kind: 'cancellation'; stage: CancellationStage; indemnity: Cents; production: Cents; shares: readonly CancellationShare[];
  /** Of the invoiced fees, without VAT: those of what was activated, and the indemnity. The others are credited. */
  feesKept: Cents;
  /** Active and not handed over: comes back with the end of the vintage. Active and handed over: stays with citizens. */
  backAtEnd: Cents; stays: Cents;
  /** Has to be stopped before the order can be cancelled. */
  toStop: readonly StopRange[];
}>;

/** `production`: what the operator states that making the vouchers cost. */
export function decideCancellation(
  order: CancellableOrder | undefined, production: Cents, terms: CancellationTerms,
): Cancellation | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  if (order.isCancelled) return reject('order_cancelled');
  if (order.isExpired) return reject('order_expired');
  const productionMax = cents(terms.productionPerVoucherMax * BigInt(order.mintedCount));
  if (production > productionMax) return reject('production_costs_unfounded', { productionCentsMax: Number(productionMax) });

  const left = feesLeft(order);
  const indemnity = rateOf(left, terms.indemnityBasisPoints);
  const active = order.batches.map(inStock);
  const backAtEnd = cents(BigInt(active.reduce((total, { count }) => total + count, 0)) * order.face);
  return {
    kind: 'cancellation', stage: stageOf(order), indemnity, production, shares: sharesOf(order, cents(indemnity + production)),
    feesKept: plus(minus(order.fees, left), indemnity), backAtEnd, stays: minus(order.activated, backAtEnd),
    toStop: active.flatMap(({ toStop }) => toStop),
  };
}

/** The same, carried out: nothing that could still be handed over may be spendable afterwards. */
export function confirmCancellation(cancellation: Cancellation | Rejected<RefusalCode>): Cancellation | Rejected<RefusalCode> {
  if (cancellation.kind === 'rejected' || cancellation.toStop.length === 0) return cancellation;
  const { batchId, first, last } = cancellation.toStop[0]!;
  return reject('range_not_stopped', { batchId, first, last, ranges: cancellation.toStop.length });
}

/** Of a draft. */
export const NOTHING_YET: Cancellation = {
  kind: 'cancellation', stage: 'before_acceptance', indemnity: ZERO, production: ZERO, shares: [], feesKept: ZERO, backAtEnd: ZERO, stays: ZERO, toStop: [],
};

const stageOf = ({ activated, mintedCount }: CancellableOrder): CancellationStage =>
  (activated > 0n ? 'active' : mintedCount > 0 ? 'in_production' : 'before_production');

/** Fees are earned as vouchers are activated: in proportion, to the cent. */
const feesLeft = ({ fees, total, activated }: CancellableOrder): Cents =>
  split(fees, [activated, minus(total, activated)])[1]!;

/** Costs by the shares of the whole order; what comes back is each payer's own money that no activation has used. */
function sharesOf(order: CancellableOrder, costs: Cents): CancellationShare[] {
  const costShares = split(costs, order.shares.map(({ amount }) => amount));
  const used = new Map(sharesBetween(order, ZERO, order.activated).map(({ payerId, amount }) => [payerId, amount]));
  return order.shares.map(({ payerId }, at) => {
    const active = used.get(payerId) ?? ZERO;
    const unused = minus(order.funded.get(payerId) ?? ZERO, active);
    const cover = order.cover.get(payerId) ?? ZERO;
    return { payerId, active, cost: costShares[at]!, back: unused <= 0n ? ZERO : unused < cover ? unused : cover };
  });
}

function inStock({ batchId, activated, handedOver, stopped }: BatchInHand): { count: number; toStop: StopRange[] } {
  const left = activated.flatMap((range) => without(range, handedOver));
  return {
    count: left.reduce((total, range) => total + countOf(range), 0),
    toStop: left.flatMap((range) => without(range, stopped)).map((range) => ({ ...range, batchId })),
  };
}
