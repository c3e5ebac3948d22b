import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sharesOfCents } from './voucher-shares.decision.js';

const shares = (...amounts: number[]) => amounts.map((amountCents, at) => ({ payerId: `p${at}`, amountCents }));

describe('the shares of a range of cents', () => {
  it.each<[string, number[], number, number, number[]]>([
    ['are all of the only payer', [10_000], 0, 1_000, [1_000]],
    ['are split as the activation is', [6_000, 4_000], 0, 1_000, [600, 400]],
    ['are split to the cent', [6_667, 3_333], 0, 1_000, [667, 333]],
    ['leave out who bears nothing', [999, 1], 0, 10, [10]],
    ['are the whole at the end', [3, 4], 0, 7, [3, 4]],
  ])('%s', (_, finals, from, to, expected) => {
    expect(sharesOfCents(shares(...finals), from, to).map(({ amountCents }) => amountCents)).toEqual(expected);
  });

  it('of all vouchers add up to the activation, and of each to its face', () => {
    fc.assert(fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 12 }), (finals, vouchers) => {
      const total = finals.reduce((a, b) => a + b, 0);
      const face = Math.floor(total / vouchers);
      const used = finals.map(() => 0);
      for (let from = 0; from < total; from += Math.max(face, 1)) {
        const to = Math.min(total, from + Math.max(face, 1));
        const parts = sharesOfCents(shares(...finals), from, to);
        expect(parts.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(to - from);
        for (const { payerId, amountCents } of parts) used[Number(payerId.slice(1))]! += amountCents;
      }
      expect(used).toEqual(finals);
    }));
  });
});
