// Where booklets go: each to one distributor, none that the year needs is lost, and each is handed over before its use.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bookletUse } from './booklet-use.decision.js';
import { castOf } from './cast.decision.js';
import { leastBusy } from './least-busy.decision.js';
import { seededDraw } from './seeded-draw.js';
import { handOverMonths, missingBooklet, sharesOf } from './stock.decision.js';
import { planYear } from './year-plan.decision.js';

const SIZE = 10;
const plan = (booklets: number, seed: string) => {
  const cast = castOf(Array.from({ length: 60 }, (_, place) => String(place)), seededDraw(seed, 'cast'));
  return planYear((name) => seededDraw(seed, name), { vouchers: booklets * SIZE, cast, timeZones: cast.active.map(() => 'Europe/Paris') });
};

describe('the shares of distributors', () => {
  it.each([[0, []], [1, [[0, 0]]], [2, [[0, 0], [1, 1]]], [5, [[0, 1], [2, 2], [3, 4]]], [9, [[0, 2], [3, 5], [6, 8]]]])(
    'of %i booklets are all of them, in order', (count, shares) => {
      expect(sharesOf(count, 3).map(({ first, last }) => [first, last])).toEqual(shares);
    });
});

describe('the booklet that is lost on the way', () => {
  it('is one that the year does not need, and never a whole parcel', () => {
    const shares = [{ first: 0, last: 2 }, { first: 3, last: 3 }];
    expect(missingBooklet(shares, () => false)).toBe(2);
    expect(missingBooklet(shares, (booklet) => booklet > 0)).toBe(0);
    expect(missingBooklet(shares, () => true)).toBeUndefined();
    expect(missingBooklet([{ first: 0, last: 0 }], () => false)).toBeUndefined();
  });
});

describe('a hand-over', () => {
  it('comes before the first use, whatever the seed', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), fc.string(), (booklets, seed) => {
      const year = plan(booklets, seed);
      const { firstMonth, needed } = bookletUse(year, { codes: Array.from({ length: booklets * SIZE }, String), bookletSize: SIZE });
      const months = handOverMonths(firstMonth, 12, seededDraw(seed, 'stock'));
      expect(months).toHaveLength(booklets);
      for (const [booklet, first] of firstMonth.entries()) {
        if (first === undefined) continue;
        expect(needed.has(booklet)).toBe(true);
        expect(months[booklet]).toBe(first);
        const { from } = year.calendar.months[first - 1]!;
        const isUsedBefore = year.moments.some(({ at, scans }) => at < new Date(`${from}T00:00:00Z`) && scans.some((scan) =>
          (scan.kind === 'redeem' ? [scan.voucher] : scan.kind === 'workshop' ? scan.vouchers : []).some((voucher) => Math.floor(voucher / SIZE) === booklet)));
        expect(isUsedBefore).toBe(false);
      }
    }), { numRuns: 30 });
  });
});

describe('the least busy payee', () => {
  const year = plan(30, 'least');
  const used = year.moments.flatMap(({ scans }) => scans.flatMap((scan) => (scan.kind === 'workshop' ? scan.vouchers.map(() => scan.place)
    : scan.kind === 'redeem' && scan.undone !== 'for_good' ? [scan.place] : [])));

  it('has a citizen, and no other has fewer', () => {
    const count = (payee: string) => used.filter((place) => String(place % 7) === payee).length;
    const payees = Array.from({ length: 60 }, (_, place) => String(place % 7));
    const least = leastBusy(year.moments, payees)!;
    expect(count(least)).toBeGreaterThan(0);
    expect(Math.min(...payees.map(count).filter((one) => one > 0))).toBe(count(least));
  });

  it('is nobody where one payee has all the places that anybody comes to', () => {
    expect(leastBusy(year.moments, Array.from({ length: 60 }, () => 'one'))).toBeUndefined();
  });
});
