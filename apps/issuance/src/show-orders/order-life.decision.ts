// Where an order stands with its vouchers, from what happened to them, and what is to be done next. Nothing of it is stored.
// Money is a track of its own (order-state.decision.ts): it may come before the vouchers are made or after they are
// delivered, and they are spendable where both tracks meet (ADR 0021).
import type { Cents } from '#libs/kernel';
import type { ProofState } from '../approve-proof/approve-proof.decision.js';
import type { DraftState } from '../order-draft.decision.js';
import type { ActivateOn } from '../activate-on.decision.js';

export const ORDER_STATES = [
  'accepted', 'proof_pending', 'proof_approved', 'in_production', 'made', 'shipped', 'partially_delivered', 'delivered', 'expired',
  'reconciled', 'cancelled',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];
/** With what comes before there is an order. */
export type LifeState = Exclude<DraftState, 'accepted'> | OrderState;

/**
 * What a state may become by one act. A proof that is sent back leaves the order as it was when it was accepted; an
 * extension, as it was before its vouchers expired.
 */
export const ORDER_MOVES: Readonly<Record<LifeState, readonly LifeState[]>> = {
  draft: ['quoted', 'cancelled'],
  quoted: ['draft', 'accepted', 'cancelled'],
  accepted: ['proof_pending', 'in_production', 'made', 'cancelled'],
  proof_pending: ['accepted', 'proof_approved', 'cancelled'],
  proof_approved: ['in_production', 'made', 'cancelled'],
  in_production: ['made', 'shipped', 'expired', 'cancelled'],
  // What the operator hands out itself is never shipped.
  made: ['shipped', 'expired', 'cancelled'],
  shipped: ['partially_delivered', 'delivered', 'expired', 'cancelled'],
  partially_delivered: ['delivered', 'expired', 'cancelled'],
  delivered: ['expired', 'cancelled'],
  expired: ['reconciled', 'in_production', 'made', 'shipped', 'partially_delivered', 'delivered'],
  reconciled: [],
  cancelled: [],
};

/** Counts are of vouchers that were ordered: those that replace stopped ones are not in them. */
export type OrderFacts = Readonly<{
  count: number; mintedCount: number; shippedCount: number; receivedCount: number; lostCount: number;
  paper: boolean; proof: ProofState; activateOn: ActivateOn;
  isCancelled: boolean;
  /** A run has ended each of its batches. */
  isExpired: boolean;
  /** All have signed what became of it. */
  isReconciled: boolean;
  face: Cents; total: Cents; funded: Cents; activated: Cents;
}>;

export function orderState(facts: OrderFacts): OrderState {
  const { count, mintedCount, shippedCount, receivedCount, lostCount } = facts;
  if (facts.isCancelled) return 'cancelled';
  if (facts.isReconciled) return 'reconciled';
  if (facts.isExpired) return 'expired';
  if (receivedCount > 0) return receivedCount + lostCount === count ? 'delivered' : 'partially_delivered';
  if (shippedCount > 0) return 'shipped';
  if (mintedCount > 0) return mintedCount < count ? 'in_production' : 'made';
  if (facts.proof === 'approved') return 'proof_approved';
  return facts.proof === 'pending' ? 'proof_pending' : 'accepted';
}

export const NEXT_STEPS = [
  'submit_proof', 'answer_proof', 'mint', 'ship', 'confirm_delivery', 'pay', 'activate', 'sign_statement',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** What somebody can do now for the order to go on, of either track, in the order in which it is mostly done. */
export function nextSteps(facts: OrderFacts): NextStep[] {
  if (facts.isCancelled || facts.isReconciled) return [];
  if (facts.isExpired) return ['sign_statement'];
  return NEXT_STEPS.filter((step) => IS_NEXT[step]?.(facts) ?? false);
}

const mayBeMade = ({ paper, proof }: OrderFacts) => !paper || proof === 'approved';
const IS_NEXT: Partial<Record<NextStep, (facts: OrderFacts) => boolean>> = {
  submit_proof: (facts) => !mayBeMade(facts) && facts.proof !== 'pending',
  answer_proof: ({ proof }) => proof === 'pending',
  mint: (facts) => mayBeMade(facts) && facts.mintedCount < facts.count,
  // Vouchers that nobody ships may be handed out by the operator itself.
  ship: ({ paper, shippedCount, mintedCount }) => (paper || shippedCount > 0) && shippedCount < mintedCount,
  confirm_delivery: ({ shippedCount, receivedCount, lostCount }) => receivedCount + lostCount < shippedCount,
  pay: ({ funded, total }) => funded < total,
  activate: (facts) => facts.funded > facts.activated && readyOf(facts) > facts.activated,
};

const readyOf = ({ activateOn, receivedCount, mintedCount, face }: OrderFacts): bigint =>
  BigInt(activateOn === 'receipt' ? receivedCount : mintedCount) * face;
