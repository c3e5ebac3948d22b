import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayIn } from '#libs/kernel';
import { castOf } from './cast.decision.js';
import { REFUSED_KINDS } from './refusals.decision.js';
import { seededDraw } from './seeded-draw.js';
import { planYear, type YearPlan } from './year-plan.decision.js';
import { answersOf } from './bank-answers.decision.js';
import { lostOf, voucherUseOf } from './vouchers.decision.js';

const plan = (vouchers: number, places: number, seed: string) => {
  const cast = castOf(Array.from({ length: places }, (_, place) => String(place)), seededDraw(seed, 'cast'));
  return planYear((name) => seededDraw(seed, name), { vouchers, cast, timeZones: cast.active.map(() => 'Europe/Paris') });
};
const redeemed = ({ moments }: YearPlan) => moments.flatMap(({ at, scans }) => scans.flatMap((scan) => (scan.kind === 'redeem' ? [{ at, ...scan }] : [])));
const workshops = ({ moments }: YearPlan) => moments.flatMap(({ scans }) => scans.flatMap((scan) => (scan.kind === 'workshop' ? [scan] : [])));
const refused = ({ moments }: YearPlan) => moments.flatMap(({ at, scans }) => scans.flatMap((scan) => (scan.kind === 'refused' ? [{ at, ...scan }] : [])));

describe('the plan of a year', () => {
  it('uses each voucher once and leaves the others, at moments in order', () => {
    fc.assert(fc.property(fc.integer({ min: 10, max: 3_000 }), fc.integer({ min: 3, max: 600 }), fc.string(), (vouchers, places, seed) => {
      const year = plan(vouchers, places, seed);
      const used = [...redeemed(year).map(({ voucher }) => voucher), ...workshops(year).flatMap(({ vouchers: many }) => many)];
      expect(used).toHaveLength(year.redemptions);
      const { first, last } = year.lost;
      const lost = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      expect([...used, ...year.unused, ...lost].sort((a, b) => a - b)).toEqual(Array.from({ length: vouchers }, (_, index) => index));
      const times = year.moments.map(({ at }) => at.getTime());
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    }), { numRuns: 40 });
  });

  it('has two tills at once, a till that asks twice, mistakes that are undone, and every refusal of a till', () => {
    fc.assert(fc.property(fc.integer({ min: 60, max: 3_000 }), fc.string(), (vouchers, seed) => {
      const year = plan(vouchers, 100, seed);
      const scans = redeemed(year);
      expect(scans.filter(({ rival }) => rival !== undefined).every(({ rival, place }) => rival !== place)).toBe(true);
      expect(scans.some(({ rival }) => rival !== undefined)).toBe(true);
      expect(scans.some(({ asksTwice }) => asksTwice)).toBe(true);
      expect(new Set(scans.map(({ undone }) => undone))).toEqual(new Set([undefined, 'again', 'for_good']));
      expect(new Set(refused(year).map(({ as }) => as))).toEqual(new Set(REFUSED_KINDS));
    }), { numRuns: 40, examples: [[60, '[P+0& 11Jo']] });
  });

  it('asks for what a till is refused only when it is refused', () => {
    const { calendar, ...year } = plan(100_000, 500, 'windows');
    const days = (kind: string) => refused({ calendar, ...year }).filter(({ as }) => as === kind).map(({ at }) => dayIn('Europe/Paris', at)).sort();
    expect(days('claim_too_late')[0]! > calendar.claimableUntil).toBe(true);
    expect(days('service_after_expiry')[0]! > calendar.usableUntil && days('service_after_expiry').at(-1)! <= calendar.claimableUntil).toBe(true);
    expect(days('programme_not_open').at(-1)! < calendar.secondOpensOn).toBe(true);
    expect(days('voucher_stopped')[0]! > calendar.lostOn).toBe(true);
    expect(days('amount_missing')[0]! > calendar.secondOpensOn).toBe(true);
  });

  it('is of fewer moments than vouchers for a large scheme: each costs a turn of the clock', () => {
    expect(plan(60_000, 10_000, 'size').moments.length).toBeLessThan(6_000);
  });

  it('is the same for the same seed', () => {
    expect(plan(500, 100, 'a')).toEqual(plan(500, 100, 'a'));
    expect(plan(500, 100, 'a')).not.toEqual(plan(500, 100, 'b'));
  });
});

describe('the vouchers in use', () => {
  it('are of three booklets in five, at most', () => {
    const { used } = voucherUseOf(10_000, 3_800, seededDraw('booklets', ''));
    const begun = new Set(used.map((index) => Math.floor(index / 10))).size / 1_000;
    expect(begun).toBeGreaterThan(0.55);
    expect(begun).toBeLessThan(0.77);
  });

  it('are as many as asked for, also when booklets do not suffice', () => {
    for (const [count, wanted] of [[10, 10], [13, 13], [7, 3], [1, 0]] as const) {
      const { used, unused } = voucherUseOf(count, wanted, seededDraw(String(count), ''));
      expect([used.length, new Set([...used, ...unused]).size]).toEqual([wanted, count]);
    }
  });
});

describe('the lost vouchers', () => {
  it.each([
    ['the longest run', [0, 1, 2, 14, 15, 16, 27, 28], { first: 14, last: 16 }], ['of one booklet', [0, 1, 2, 18, 19, 20, 21, 22], { first: 20, last: 22 }],
    ['five at most', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { first: 3, last: 7 }], ['one of few', [4, 7], { first: 7, last: 7 }],
  ])('are %s', (_what, unused, lost) => {
    const found = lostOf(unused);
    expect(found.lost).toEqual(lost);
    expect(found.unused).toEqual(unused.filter((index) => index < lost.first || index > lost.last));
  });
});

describe('the answers of the bank', () => {
  it('are one refusal in a hundred, half of them returns', () => {
    const answers = Array.from({ length: 200 }, (_, seed) => answersOf(100, { returns: 1, rejects: 1 }, seededDraw(String(seed), ''))).flat();
    const count = (answer: string) => answers.filter((one) => one === answer).length;
    expect(count('returns') + count('rejects')).toBeGreaterThan(140);
    expect(count('returns') + count('rejects')).toBeLessThan(260);
    expect(count('returns')).toBeGreaterThan(60);
    expect(count('rejects')).toBeGreaterThan(60);
  });

  it('bring one return and then one reject in a small year, and never all of a file back', () => {
    const draw = () => 0.5;
    expect(answersOf(1, { returns: 0, rejects: 0 }, draw)).toEqual(['pays']);
    expect(answersOf(3, { returns: 0, rejects: 0 }, draw)).toEqual(['pays', 'pays', 'returns']);
    expect(answersOf(2, { returns: 1, rejects: 0 }, draw)).toEqual(['pays', 'rejects']);
    expect(answersOf(2, { returns: 1, rejects: 1 }, draw)).toEqual(['pays', 'pays']);
    expect(answersOf(0, { returns: 0, rejects: 0 }, draw)).toEqual([]);
  });
});
