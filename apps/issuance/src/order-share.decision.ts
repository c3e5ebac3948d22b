// Who bears which cent of an order. What each payer owes is its largest-remainder share of the total, and its money is its
// cover alone. What is drawn from cover moves in parts (an activation, an expiry), and each part is split so that what a
// payer bore of the first n cents depends on n alone, never falls as n grows, and is its whole share when n is the whole.
//
// Splitting the first n cents by largest remainder itself would break the second rule: a payer's part of 11 cents can be
// smaller than its part of 10 (the Alabama paradox), and a transfer cannot be negative. So the cents of an order are
// given out one by one by Sainte-Laguë's rule over the final shares, and `n` cents are the first n of that sequence.
//
// Where the shares go by priority, the cents of the first payer are the first ones, then those of the second: who bears
// first is drawn on first, and gets back last (ADR 0021).
import { minus, sum, type Cents, type PayerId } from '#libs/kernel';
import type { Sharing } from './share-amounts.decision.js';

export type PayerAmount = Readonly<{ payerId: PayerId; amount: Cents }>;
/** The order of a list of shares is their priority: of two equal claims to a cent, the earlier has it. */
export type SharedOrder = Readonly<{ total: Cents; sharing: Sharing; shares: readonly PayerAmount[] }>;

/**
 * What each payer bears of the cents `from` to `to` of the order; payers that bear nothing are left out. Throws RangeError
 * on cents that the order has not, and on shares that are not the order.
 */
export function sharesBetween({ total, sharing, shares }: SharedOrder, from: Cents, to: Cents): PayerAmount[] {
  if (from < 0n || to < from || to > total) throw new RangeError(`cents ${from} to ${to} are not within an order of ${total}`);
  const finals = shares.map(({ amount }) => amount);
  if (sum(finals) !== total) throw new RangeError(`shares of ${sum(finals)} are not those of an order of ${total}`);
  const firstOf = sharing === 'priority' ? firstInTurn : firstCents;
  const before = firstOf(from, finals);
  const after = firstOf(to, finals);
  return shares
    .map(({ payerId }, at) => ({ payerId, amount: minus(after[at]!, before[at]!) }))
    .filter(({ amount }) => amount > 0n);
}

/** Each payer's first cents begin where the one before it has borne all of its own. */
function firstInTurn(n: Cents, finals: readonly Cents[]): Cents[] {
  let left = n;
  return finals.map((final) => {
    const borne = left < final ? left : final;
    left = minus(left, borne);
    return borne;
  });
}

/**
 * How many of the first `n` cents each payer bears, for n up to the sum of `finals`. Cent j of payer k has the rank
 * (2j + 1) / final k; the answer is the n lowest ranks. Starting from rank 2n / sum, at most one step per payer is left.
 */
function firstCents(n: Cents, finals: readonly Cents[]): Cents[] {
  const whole = finals.reduce((a, b) => a + b, 0n);
  const given = finals.map((final) => (2n * n * final + whole) / (2n * whole));
  let left = n - given.reduce((a, b) => a + b, 0n);
  for (; left > 0n; left -= 1n) {
    const next = lowest(finals, (at) => 2n * given[at]! + 1n, (a, b) => a < b);
    given[next]! += 1n;
  }
  for (; left < 0n; left += 1n) {
    const last = lowest(finals, (at) => 2n * given[at]! - 1n, (a, b) => a >= b);
    given[last]! -= 1n;
  }
  return given as Cents[];
}

/** The payer whose rank comes before all others'; ranks are fractions over `finals`, compared without dividing. */
function lowest(finals: readonly Cents[], rank: (at: number) => bigint, before: (a: bigint, b: bigint) => boolean): number {
  let best = -1;
  for (let at = 0; at < finals.length; at += 1) {
    if (finals[at] === 0n) continue;
    if (best < 0 || before(rank(at) * finals[best]!, rank(best) * finals[at]!)) best = at;
  }
  return best;
}
