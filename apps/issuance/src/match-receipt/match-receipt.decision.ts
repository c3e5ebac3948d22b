// Whose share of which order a bank credit pays: a payer's money is that payer's cover and nobody else's. By itself the
// rule only does what leaves no doubt; what is left stays `unmatched`, in the list that a person works through.
import { minus, reject, sum, ZERO, type Cents, type OrderId, type PayerId, type Rejected } from '#libs/kernel';
import { askedOf, dueOf as due, type OwedShare } from '../due-share.decision.js';
import type { RefusalCode } from '../refusals.js';

export type DueShare = OwedShare & Readonly<{ payerId: PayerId; reference: string }>;
/** Of an order that is cancelled no more than an earned fee is asked: what else comes for it waits for a person. */
export type DueOrder = Readonly<{ orderId: OrderId; custodyAccountId: string; isCancelled: boolean; shares: readonly DueShare[] }>;
export type Credit = Readonly<{ custodyAccountId: string; left: Cents }>;

export const MATCH_OUTCOMES = [
  'matched', 'matched_by_payer', 'overpaid', 'unknown_reference', 'other_account', 'nothing_due', 'ambiguous',
] as const;
export type MatchOutcome = (typeof MATCH_OUTCOMES)[number];
export type MatchedPart = Readonly<{ orderId: OrderId; payerId: PayerId; amount: Cents }>;
export type Match = Readonly<{ outcome: MatchOutcome; parts: readonly MatchedPart[]; rest: Cents }>;

/**
 * `orders` are those of which a reference, or one of a share, stands in the credit. Reference first, then amount. The
 * reference of an order with several payers does not tell whose money it is.
 */
export function decideMatch(credit: Credit & Readonly<{ references: readonly string[] }>, orders: readonly DueOrder[]): Match {
  const nothing = (outcome: MatchOutcome): Match => ({ outcome, parts: [], rest: credit.left });
  if (orders.length === 0) return nothing('unknown_reference');
  const ours = orders.filter(({ custodyAccountId }) => custodyAccountId === credit.custodyAccountId);
  if (ours.length === 0) return nothing('other_account');
  const named = ours.flatMap(({ orderId, isCancelled, shares }) => shares
    .filter(({ reference }) => credit.references.includes(reference)).map((share) => ({ ...askedOf(share, isCancelled), orderId })));
  if (named.length === 0) return nothing('ambiguous');
  const open = named.filter((share) => due(share) > 0n);
  if (open.length === 0) return nothing('nothing_due');

  const paid = paidBy(credit.left, open);
  if (!paid) return nothing('ambiguous');
  const parts = paid.map(({ orderId, payerId, ...share }) => ({ orderId, payerId, amount: atMost(credit.left, due(share)) }));
  const rest = minus(credit.left, sum(parts.map(({ amount }) => amount)));
  return { outcome: rest > 0n ? 'overpaid' : 'matched', parts, rest };
}

type NamedShare = DueShare & Readonly<{ orderId: OrderId }>;

/** Several shares are paid when the credit pays them all, or is to the cent what one of them still asks. */
function paidBy(amount: Cents, open: readonly NamedShare[]): readonly NamedShare[] | undefined {
  if (open.length === 1 || amount >= sum(open.map(due))) return open;
  const exact = open.filter((share) => due(share) === amount);
  return exact.length === 1 ? exact : undefined;
}

/** A payer of the order; of the only one nobody needs to speak. */
export function namedShare<S extends Readonly<{ payerId: PayerId }>>(
  shares: readonly S[], payerId: PayerId | null,
): S | Rejected<'share_not_found' | 'share_not_named'> {
  if (payerId === null && shares.length > 1) return reject('share_not_named', { payers: shares.length });
  return shares.find((share) => payerId === null || share.payerId === payerId) ?? reject('share_not_found');
}

export type HandMatch = Readonly<{ order: DueOrder; share: DueShare }>;

/** A person says whose share a credit pays: the rest of the credit, up to what the share still asks. */
export function decideMatchByHand(credit: Credit | undefined, to: HandMatch | Rejected<RefusalCode>): MatchedPart | Rejected<RefusalCode> {
  if (!credit) return reject('receipt_not_found');
  if ('kind' in to) return to;
  const { order } = to;
  const share = askedOf(to.share, order.isCancelled);
  if (order.isCancelled && due(share) === ZERO) return reject('order_cancelled');
  if (order.custodyAccountId !== credit.custodyAccountId) return reject('other_custody_account');
  if (due(share) === ZERO) return reject('order_fully_funded');
  if (credit.left === ZERO) return reject('receipt_used_up');
  return { orderId: order.orderId, payerId: share.payerId, amount: atMost(credit.left, due(share)) };
}

const atMost = (a: Cents, b: Cents): Cents => (a < b ? a : b);
