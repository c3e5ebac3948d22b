// What each payer of an order owes of it, to the cent: by proportion, up to caps, or one after the other. From here on
// only the amounts count: whatever is drawn, expires or goes back is split over them (order-share.decision.ts), and the
// basis points say what was agreed, or, where shares go by priority, what it came to.
import { minus, plus, reject, split, sum, ZERO, type Cents, type PayerId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from './refusals.js';

/**
 * `pro_rata`: by basis points; what exceeds a cap falls to the others by their proportion. `pro_rata_then_next`: the same,
 * but it falls to the next payer of the list that has room. `priority`: the first bears all up to its cap, then the next.
 */
export const SHARINGS = ['pro_rata', 'pro_rata_then_next', 'priority'] as const;
export type Sharing = (typeof SHARINGS)[number];

/** The order of a list of shares is their priority. The payer never owes more than its cap; null: no cap. */
export type AgreedShare = Readonly<{ payerId: PayerId; basisPoints: number; cap: Cents | null }>;
export type AgreedOrder = Readonly<{ total: Cents; sharing: Sharing; shares: readonly AgreedShare[] }>;
export type PricedShare = AgreedShare & Readonly<{ amount: Cents }>;

/** In the order of the shares; they add up to the total. Refused where the caps leave a part of it to nobody. */
export function priceShares(order: AgreedOrder): readonly PricedShare[] | Rejected<RefusalCode> {
  const amounts = shareAmounts(order);
  const missing = minus(order.total, sum(amounts));
  if (missing > 0n) return reject('shares_short', { missingCents: Number(missing) });
  const points = order.sharing === 'priority' ? split(10_000n as Cents, amounts).map(Number) : null;
  return order.shares.map((share, at) => ({ ...share, basisPoints: points?.[at] ?? share.basisPoints, amount: amounts[at]! }));
}

/** As `priceShares`, the amounts alone; less than the total in sum where the caps leave a part to nobody. */
export function shareAmounts({ total, sharing, shares }: AgreedOrder): Cents[] {
  if (sharing === 'priority') return inTurn(total, shares, shares.map(() => ZERO));
  if (sharing === 'pro_rata') return byProportion(total, shares);
  const asked = split(total, shares.map(({ basisPoints }) => BigInt(basisPoints)));
  const borne = asked.map((amount, at) => upTo(amount, shares[at]!.cap));
  return inTurn(minus(total, sum(borne)), shares, borne);
}

/**
 * Each round fixes the payers whose part exceeds their cap at the cap and splits the rest over the others. Parts only grow
 * from round to round, so who was fixed stays so, and there are at most as many rounds as payers.
 */
function byProportion(total: Cents, shares: readonly AgreedShare[]): Cents[] {
  const fixed = shares.map((): Cents | null => null);
  for (;;) {
    const free = shares.flatMap((_, at) => (fixed[at] === null ? [at] : []));
    const rest = minus(total, sum(fixed.filter((amount) => amount !== null)));
    const parts = free.length > 0 ? split(rest, free.map((at) => BigInt(shares[at]!.basisPoints))) : [];
    const over = free.filter((at, index) => upTo(parts[index]!, shares[at]!.cap) < parts[index]!);
    if (over.length === 0) return fixed.map((amount, at) => amount ?? parts[free.indexOf(at)]!);
    for (const at of over) fixed[at] = shares[at]!.cap;
  }
}

/** Adds `rest` to what is borne already, each payer up to its cap, in the order of the list. */
function inTurn(rest: Cents, shares: readonly AgreedShare[], borne: readonly Cents[]): Cents[] {
  let left = rest;
  return borne.map((amount, at) => {
    const more = minus(upTo(plus(amount, left), shares[at]!.cap), amount);
    left = minus(left, more);
    return plus(amount, more);
  });
}

const upTo = (amount: Cents, cap: Cents | null): Cents => (cap !== null && cap < amount ? cap : amount);
