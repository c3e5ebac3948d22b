import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, split, sum, type Cents } from '#libs/kernel';
import { sharedBy as order } from '../../../test/builders/shared-order.js';
import { sharesBetween, type PayerAmount, type SharedOrder } from './order-share.decision.js';
import { SHARINGS } from './share-amounts.decision.js';

const amounts = (shared: SharedOrder, from: number, to: number) => {
  const parts = sharesBetween(shared, cents(from), cents(to));
  return shared.shares.map(({ payerId }) => Number(parts.find((part) => part.payerId === payerId)?.amount ?? 0n));
};

/** Up to 20 payers with weights that add up to 10,000, and an order of up to 3 million euros. */
const anOrder = fc.record({
  weights: fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 20 }),
  total: fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 300_000_000 })),
  sharing: fc.constantFrom(...SHARINGS),
  // A cap of each payer but the last, as a part of the whole: amounts are uneven then, and some are nothing.
  caps: fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 19 }),
}).map(({ weights, total, sharing, caps }) => {
  const extra = split(cents(10_000 - weights.length), weights.map(BigInt)).map(Number);
  const capped = caps.slice(0, weights.length - 1).map((part) => (part === null ? null : Math.max(1, Math.floor(total * part))));
  return order(total, extra.map((points) => points + 1), sharing, capped);
});
/** An order and a walk through it, cent 0 to the last, in steps of any size. */
const aWalk = fc.tuple(anOrder, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })).map(([shared, stops]) => {
  const inner = stops.map((stop) => BigInt(Math.floor(Number(shared.total) * stop)));
  const at = [0n, ...inner, shared.total].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) as Cents[];
  return { shared, steps: at.slice(1).map((to, index) => ({ from: at[index]!, to })) };
});
const borne = (parts: PayerAmount[][], { payerId }: PayerAmount) =>
  sum(parts.flat().filter((part) => part.payerId === payerId).map(({ amount }) => amount));

describe('the shares of an order', () => {
  it.each<[string, SharedOrder, number, number, number[]]>([
    ['one payer bears everything', order(10_000, [10_000]), 0, 1_000, [1_000]],
    ['halves of an odd cent: the first payer has it', order(10_000, [5_000, 5_000]), 0, 1, [1, 0]],
    ['and the second payer the next', order(10_000, [5_000, 5_000]), 1, 2, [0, 1]],
    ['thirds of ten euros lose no cent', order(1_000, [3_334, 3_333, 3_333]), 0, 1_000, [334, 333, 333]],
    ['a share below half a cent of the order is nothing', order(1_000, [9_999, 1]), 0, 1_000, [1_000, 0]],
    ['nothing moved is nobody\'s', order(1_000, [5_000, 5_000]), 500, 500, [0, 0]],
  ])('%s', (_, shared, from, to, expected) => {
    expect(amounts(shared, from, to)).toEqual(expected);
  });

  it('never take a cent back, where the plain largest remainder would', () => {
    const weights = [6n, 6n, 2n];
    expect(split(cents(10), weights)[2]).toBe(2n);
    expect(split(cents(11), weights)[2]).toBe(1n);
    const shared = order(14, [4_286, 4_286, 1_428]);
    const third = Array.from({ length: 15 }, (_, n) => amounts(shared, 0, n)[2]!);
    expect(third).toEqual([...third].sort((a, b) => a - b));
    expect(amounts(shared, 0, 14)).toEqual([6, 6, 2]);
  });

  it('add up to each part, to the cent, over any sequence of parts (L9)', () => {
    fc.assert(fc.property(aWalk, ({ shared, steps }) => {
      for (const { from, to } of steps) {
        const parts = sharesBetween(shared, from, to);
        expect(sum(parts.map(({ amount }) => amount))).toBe(to - from);
        expect(parts.every(({ amount }) => amount > 0n)).toBe(true);
      }
    }));
  });

  it('come to the agreed share of the whole order, whatever the parts were', () => {
    fc.assert(fc.property(aWalk, ({ shared, steps }) => {
      const parts = steps.map(({ from, to }) => sharesBetween(shared, from, to));
      expect(shared.shares.map((share) => borne(parts, share))).toEqual(shared.shares.map(({ amount }) => amount));
    }));
  });

  it('take more of nobody for fewer cents: what a payer bears of the first n never exceeds what it bears of more', () => {
    const aPart = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(anOrder, aPart, aPart, (shared, a, b) => {
      const at = (part: number) => BigInt(Math.floor(Number(shared.total) * part)) as Cents;
      const [fewer, more] = a < b ? [at(a), at(b)] : [at(b), at(a)];
      const borneOfMore = sharesBetween(shared, cents(0), more);
      for (const { payerId, amount } of sharesBetween(shared, cents(0), fewer)) {
        expect(amount <= (borneOfMore.find((part) => part.payerId === payerId)?.amount ?? 0n)).toBe(true);
      }
    }));
  });

  it('are within one cent of the exact share for up to three payers', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_998 }), fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (first, total, n) => {
      const second = Math.max(1, Math.floor((10_000 - first) / 3));
      const shared = order(total, [first, second, 10_000 - first - second].filter((points) => points > 0));
      const finals = shared.shares.map(({ amount }) => amount);
      const upTo = n % (total + 1);
      amounts(shared, 0, upTo).forEach((amount, at) => {
        expect(Math.abs(amount - (upTo * Number(finals[at])) / total)).toBeLessThan(1);
      });
    }));
  });

  it('by priority draw on the first payer until it has borne all of its own', () => {
    const shared = order(1_000, [0, 0, 0], 'priority', [500, 300, null]);
    expect([amounts(shared, 0, 500), amounts(shared, 400, 600), amounts(shared, 700, 1_000)])
      .toEqual([[500, 0, 0], [100, 100, 0], [0, 100, 200]]);
  });

  it('are those of the whole order', () => {
    expect(() => sharesBetween({ ...order(100, [10_000]), total: cents(101) }, cents(0), cents(1))).toThrow('not those of an order of 101');
  });

  it('are asked for within the order only', () => {
    expect(() => sharesBetween(order(100, [10_000]), cents(0), cents(101))).toThrow(RangeError);
    expect(() => sharesBetween(order(100, [10_000]), cents(5), cents(4))).toThrow(RangeError);
  });
});
