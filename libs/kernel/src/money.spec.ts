import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, rateOf, split, sum, toWire, type Cents } from './index.js';

const seed = Number.parseInt(process.env.MEREAU_SEED ?? '20261122', 10);
const amount = fc.bigInt({ min: 0n, max: 10n ** 14n }).map((value) => value as Cents);

describe('splitting an amount', () => {
  it('loses no cent and gives nobody more than a cent too much', () => {
    fc.assert(fc.property(amount, fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 20 }), (total, weights) => {
      fc.pre(weights.some((weight) => weight > 0n));
      const parts = split(total, weights);
      const whole = weights.reduce((a, b) => a + b, 0n);
      expect(sum(parts)).toBe(total);
      parts.forEach((part, index) => {
        const exact = total * weights[index]!;
        expect(part * whole > exact - whole && part * whole < exact + whole).toBe(true);
      });
    }), { seed });
  });

  it.each([
    [1000n, [1n, 1n, 1n], [334n, 333n, 333n]],
    [1n, [1n, 1n], [1n, 0n]],
    [10n, [0n, 1n], [0n, 10n]],
  ])('splits %s by %s into %s', (total, weights, parts) => {
    expect(split(total as Cents, weights)).toEqual(parts);
  });

  it('refuses weights that name nobody', () => {
    expect(() => split(cents(1), [0n])).toThrow(RangeError);
  });
});

describe('a rate of an amount', () => {
  it.each([[1000, 200, 20n], [25, 200, 1n], [24, 200, 0n], [0, 2000, 0n], [12345, 10_000, 12345n]])(
    '%s cents at %s basis points is %s, half up', (value, rate, expected) => expect(rateOf(cents(value), rate)).toBe(expected));
});

describe('cents', () => {
  it.each([0.1, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('refuses the number %s', (value) => {
    expect(() => cents(value)).toThrow(RangeError);
  });

  it('refuses to put on the wire what JSON would round', () => {
    expect(toWire((2n ** 53n - 1n) as Cents)).toBe(2 ** 53 - 1);
    expect(() => toWire((2n ** 53n) as Cents)).toThrow(RangeError);
  });
});
