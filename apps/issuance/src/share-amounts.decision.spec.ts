import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, isRejected, split, sum } from '#libs/kernel';
import { agreedBy } from '../../../test/builders/shared-order.js';
import { priceShares, shareAmounts, SHARINGS, type PricedShare, type Sharing } from './share-amounts.decision.js';

const amounts = (total: number, sharing: Sharing, points: number[], caps: (number | null)[] = []) =>
  shareAmounts({ total: cents(total), sharing, shares: agreedBy(points, caps) }).map(Number);

/** State, council, foundation. */
const THREE = [5_000, 3_000, 2_000];

describe('the amounts of an order\'s shares', () => {
  it.each<[string, number, [Sharing, number[]], (number | null)[], number[]]>([
    ['are by proportion, to the cent', 1_001, ['pro_rata', THREE], [], [501, 300, 200]],
    ['below a cap are what they would be without it', 1_000, ['pro_rata', THREE], [500, 300, 200], [500, 300, 200]],
    ['leave what exceeds a cap to the others by their proportion', 1_000, ['pro_rata', THREE], [400], [400, 360, 240]],
    ['do so again when that brings another to its cap', 1_000, ['pro_rata', THREE], [400, 350], [400, 350, 250]],
    ['or leave it to the next of the list', 1_000, ['pro_rata_then_next', THREE], [400], [400, 400, 200]],
    ['and to the one after when that one is full', 1_000, ['pro_rata_then_next', THREE], [400, 350], [400, 350, 250]],
    ['also to an earlier one that has room', 1_000, ['pro_rata_then_next', THREE], [null, null, 100], [600, 300, 100]],
    ['by priority are the first payer\'s up to its cap', 1_000, ['priority', [0, 0, 0]], [500, 300], [500, 300, 200]],
    ['so that a later one may owe nothing', 400, ['priority', [0, 0, 0]], [500, 300], [400, 0, 0]],
  ])('%s', (_, total, [sharing, points], caps, expected) => {
    expect(amounts(total, sharing, points, caps)).toEqual(expected);
  });

  it.each<[Sharing, number[], (number | null)[], number]>([
    ['pro_rata', THREE, [400, 300, 200], 100], ['pro_rata_then_next', THREE, [400, 300, 299], 1], ['priority', [0, 0, 0], [1, 1, 1], 997],
  ])('are refused, %s, when the caps leave a part to nobody', (sharing, points, caps, missingCents) => {
    expect(priceShares({ total: cents(1_000), sharing, shares: agreedBy(points, caps) }))
      .toEqual({ kind: 'rejected', code: 'shares_short', details: { missingCents } });
  });

  it('keep the agreed basis points, and by priority say what they came to', () => {
    const points = (sharing: Sharing, given: number[]) =>
      (priceShares({ total: cents(1_000), sharing, shares: agreedBy(given, [400]) }) as PricedShare[]).map((share) => share.basisPoints);
    expect([points('pro_rata', THREE), points('priority', [0, 0, 0])]).toEqual([THREE, [4_000, 6_000, 0]]);
  });

  it('add up to the order, exceed no cap, and are refused only when no division could do', () => {
    const anOrder = fc.record({
      weights: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 20 }),
      caps: fc.array(fc.option(fc.integer({ min: 1, max: 4_000 })), { maxLength: 20 }),
      total: fc.integer({ min: 1, max: 20_000 }), sharing: fc.constantFrom(...SHARINGS),
    });
    fc.assert(fc.property(anOrder, ({ weights, caps, total, sharing }) => {
      const points = split(cents(10_000 - weights.length), weights.map(BigInt)).map((extra) => Number(extra) + 1);
      const shares = agreedBy(points, caps);
      const room = shares.some(({ cap }) => cap === null) ? Infinity : Number(sum(shares.map(({ cap }) => cap!)));
      const priced = priceShares({ total: cents(total), sharing, shares });
      if (isRejected(priced)) {
        expect(priced.details).toEqual({ missingCents: total - room });
        return;
      }
      expect(room).toBeGreaterThanOrEqual(total);
      expect(sum(priced.map(({ amount }) => amount))).toBe(BigInt(total));
      expect(priced.reduce((whole, share) => whole + share.basisPoints, 0)).toBe(10_000);
      expect(priced.every(({ amount, cap }) => amount >= 0n && (cap === null || amount <= cap))).toBe(true);
    }));
  });

  it('spare nobody its proportion: who is below its cap owes at least its share of the whole', () => {
    const anyCaps = fc.array(fc.option(fc.integer({ min: 1, max: 2_000 })), { minLength: 3, maxLength: 3 });
    fc.assert(fc.property(anyCaps, fc.integer({ min: 1, max: 3_000 }), (caps, total) => {
      const plain = amounts(total, 'pro_rata', THREE);
      amounts(total, 'pro_rata', THREE, caps).forEach((amount, at) => {
        // Within a cent: the remainders of a smaller rest fall otherwise.
        if (caps[at] === null || amount < caps[at]!) expect(amount).toBeGreaterThanOrEqual(plain[at]! - 1);
      });
    }));
  });
});
