import { describe, expect, it } from '@jest/globals';
import { cents, idOf } from '#libs/kernel';
import { decideGiveBack, type OrderOfClaim } from './take-rejected-claim.decision.js';

const [a, b, c] = ['a', 'b', 'c'].map((last) => idOf('payer', `01900000-0000-7000-8000-00000000000${last}`)) as [never, never, never];
const programmeId = idOf('programme', '01900000-0000-7000-8000-000000000001');
const order = (over: Partial<OrderOfClaim> = {}): OrderOfClaim => ({
  programmeId, custodyAccountId: '01900000-0000-7000-8000-0000000000aa', total: cents(10_000), rejected: cents(0),
  sharing: 'pro_rata', shares: [{ payerId: b, amount: cents(7_000) }, { payerId: a, amount: cents(3_000) }], ...over,
});

describe('a rejected claim', () => {
  it('is cover again of the payers of its order, by their shares', () => {
    expect(decideGiveBack(order(), cents(1000), '11')).toMatchObject({
      shares: [{ payerId: b, amount: 700n }, { payerId: a, amount: 300n }],
      posting: {
        rule: '11',
        transfers: [
          { debit: 'clearing:settlement', credit: `prefund:${programmeId}:${a}`, amount: 300n },
          { debit: 'clearing:settlement', credit: `prefund:${programmeId}:${b}`, amount: 700n },
        ],
      },
    });
  });

  it('loses no cent over many, however they come', () => {
    const thirds = [a, b, c].map((payerId, at) => ({ payerId, amount: cents(at === 0 ? 3334 : 3333) }));
    const given = new Map<string, bigint>();
    for (let rejected = 0n; rejected < 10_000n; rejected += 1000n) {
      for (const { payerId, amount } of decideGiveBack(order({ shares: thirds, rejected: cents(rejected) }), cents(1000), '19').shares) {
        given.set(payerId, (given.get(payerId) ?? 0n) + amount);
      }
    }
    expect([...given.values()]).toEqual([3334n, 3333n, 3333n]);
  });

  it('gives a payer nothing whose turn it is not, and posts nothing for it', () => {
    const { shares, posting } = decideGiveBack(order(), cents(1), '19');
    expect(shares.map(({ payerId, amount }) => [payerId, amount])).toEqual([[b, 1n]]);
    expect(posting.transfers).toHaveLength(1);
  });
});
