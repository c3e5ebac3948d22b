import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents } from '#libs/kernel';
import { askedOf, dueOf, partsOf, type OwedShare } from './due-share.decision.js';

const share = (amount: number, funded: number, feeDue: number): OwedShare =>
  ({ amount: cents(amount), funded: cents(funded), feeDue: cents(feeDue) });

describe('a payment of a share of 100 with 12 of fee and VAT', () => {
  it.each<[string, OwedShare, number, [cover: number, fee: number, excess: number]]>([
    ['is cover as long as face value is owed', share(100, 0, 12), 60, [60, 0, 0]],
    ['pays the fee with what the face value leaves', share(100, 60, 12), 45, [40, 5, 0]],
    ['pays it all and no more', share(100, 0, 12), 120, [100, 12, 8]],
    ['is all fee once the face value is paid', share(100, 100, 12), 7, [0, 7, 0]],
    ['is all too much once everything is paid', share(100, 100, 0), 7, [0, 0, 7]],
    ['has no fee where none is invoiced', share(100, 90, 0), 15, [10, 0, 5]],
  ])('%s', (_, owed, paid, [cover, fee, excess]) => {
    expect(partsOf(owed, cents(paid))).toEqual({ cover: cents(cover), fee: cents(fee), excess: cents(excess) });
  });

  it('of a cancelled order is the fee that stayed earned, and nothing else', () => {
    expect(partsOf(askedOf(share(100, 40, 12), true), cents(60))).toEqual({ cover: cents(0), fee: cents(12), excess: cents(48) });
    expect(dueOf(askedOf(share(100, 40, 12), true))).toBe(12n);
  });

  it('in any number of parts pays what one payment would', () => {
    const amount = fc.bigInt(0n, 10_000n).map(cents);
    fc.assert(fc.property(amount, amount, fc.array(amount, { maxLength: 6 }), (face, fee, payments) => {
      let owed: OwedShare = { amount: face, funded: cents(0), feeDue: fee };
      let excess = 0n;
      for (const paid of payments) {
        const parts = partsOf(owed, paid);
        expect(parts.cover + parts.fee + parts.excess).toBe(paid);
        owed = { ...owed, funded: cents(owed.funded + parts.cover), feeDue: cents(owed.feeDue - parts.fee) };
        excess += parts.excess;
      }
      const whole = partsOf({ amount: face, funded: cents(0), feeDue: fee }, cents(payments.reduce((a, b) => a + b, 0n)));
      expect([owed.funded, fee - owed.feeDue, excess]).toEqual([whole.cover, whole.fee, whole.excess]);
      expect(dueOf(owed)).toBe(face + fee - whole.cover - whole.fee);
    }));
  });
});
