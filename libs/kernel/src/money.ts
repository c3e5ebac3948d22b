// Money is whole cents in a branded bigint: `amount * 0.1` is then a type error and a crash, instead of a lost cent.

export type Cents = bigint & { readonly __unit: 'cents' };
export type Currency = 'EUR';

export const ZERO = 0n as Cents;

/** From a wire or database integer. Throws RangeError on anything that is not a whole number of cents. */
export function cents(value: bigint | number | string): Cents {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`not whole cents: ${value}`);
  return BigInt(value) as Cents;
}

export const plus = (a: Cents, b: Cents): Cents => (a + b) as Cents;
export const minus = (a: Cents, b: Cents): Cents => (a - b) as Cents;
export const sum = (amounts: Iterable<Cents>): Cents => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total as Cents;
};

/** The wire form: an integer that JSON can carry. Throws RangeError beyond 2^53, where JSON would lose cents. */
export function toWire(amount: Cents): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw new RangeError(`amount too large for the wire: ${amount}`);
  return value;
}

/**
 * Splits `total` by integer weights with the largest-remainder rule: the parts add up to the total, to the cent.
 * A tie goes to the earlier weight, so the answer is the same wherever it is computed.
 */
export function split(total: Cents, weights: readonly bigint[]): Cents[] {
  const whole = weights.reduce((a, b) => a + b, 0n);
  if (total < 0n) throw new RangeError('split takes an amount >= 0');
  if (whole <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('split takes weights >= 0, one above 0');
  const parts = weights.map((weight, index) => {
    const product = total * weight;
    return { index, floor: product / whole, rest: product % whole };
  });
  let left = total - parts.reduce((a, part) => a + part.floor, 0n);
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const part of byRest) {
    if (left === 0n) break;
    part.floor += 1n;
    left -= 1n;
  }
  return parts.map((part) => part.floor as Cents);
}

/** `rateBasisPoints` of an amount, rounded half up to the cent: the one rounding rule for fees and VAT. */
export function rateOf(amount: Cents, rateBasisPoints: number): Cents {
  if (amount < 0n) throw new RangeError('rateOf takes an amount >= 0');
  return ((amount * BigInt(rateBasisPoints) + 5_000n) / 10_000n) as Cents;
}
