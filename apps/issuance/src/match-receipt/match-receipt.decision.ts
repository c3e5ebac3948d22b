// Which orders a bank credit pays. By itself the rule only does what leaves no doubt; what is left stays `unmatched`,
// in the list that a person works through.
import { minus, reject, sum, ZERO, type Cents, type OrderId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type DueOrder = Readonly<{ orderId: OrderId; custodyAccountId: string; total: Cents; funded: Cents }>;
export type Credit = Readonly<{ custodyAccountId: string; left: Cents }>;

export const MATCH_OUTCOMES = [
  'matched', 'overpaid', 'unknown_reference', 'other_account', 'nothing_due', 'ambiguous',
] as const;
export type MatchOutcome = (typeof MATCH_OUTCOMES)[number];
export type MatchedPart = Readonly<{ orderId: OrderId; amount: Cents }>;
export type Match = Readonly<{ outcome: MatchOutcome; parts: readonly MatchedPart[]; rest: Cents }>;

const due = ({ total, funded }: DueOrder): Cents => minus(total, funded);

/** `named` are the orders that the credit's references name, each once. Reference first, then amount. */
export function decideMatch(credit: Credit, named: readonly DueOrder[]): Match {
  const nothing = (outcome: MatchOutcome): Match => ({ outcome, parts: [], rest: credit.left });
  if (named.length === 0) return nothing('unknown_reference');
  const ours = named.filter(({ custodyAccountId }) => custodyAccountId === credit.custodyAccountId);
  if (ours.length === 0) return nothing('other_account');
  const open = ours.filter((order) => due(order) > 0n);
  if (open.length === 0) return nothing('nothing_due');

  const paid = paidBy(credit.left, open);
  if (!paid) return nothing('ambiguous');
  const parts = paid.map((order) => ({ orderId: order.orderId, amount: atMost(credit.left, due(order)) }));
  const rest = minus(credit.left, sum(parts.map(({ amount }) => amount)));
  return { outcome: rest > 0n ? 'overpaid' : 'matched', parts, rest };
}

/** Several orders are paid when the credit pays them all, or is to the cent what one of them still asks. */
function paidBy(amount: Cents, open: readonly DueOrder[]): readonly DueOrder[] | undefined {
  if (open.length === 1 || amount >= sum(open.map(due))) return open;
  const exact = open.filter((order) => due(order) === amount);
  return exact.length === 1 ? exact : undefined;
}

/** A person says which order a credit pays: the rest of the credit, up to what the order still asks. */
export function decideMatchByHand(
  credit: Credit | undefined, order: (DueOrder & Readonly<{ alreadyMatched: boolean }>) | undefined,
): MatchedPart | Rejected<RefusalCode> {
  if (!credit) return reject('receipt_not_found');
  if (!order) return reject('order_not_found');
  if (order.custodyAccountId !== credit.custodyAccountId) return reject('other_custody_account');
  if (order.alreadyMatched) return reject('order_already_matched');
  if (due(order) === ZERO) return reject('order_fully_funded');
  if (credit.left === ZERO) return reject('receipt_used_up');
  return { orderId: order.orderId, amount: atMost(credit.left, due(order)) };
}

const atMost = (a: Cents, b: Cents): Cents => (a < b ? a : b);
