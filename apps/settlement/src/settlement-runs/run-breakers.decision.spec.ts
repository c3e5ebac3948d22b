import { describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { BREAKER_LIMITS } from '../limits.js';
import { decideBreakers, type EarlierRun, type RunFigures } from './run-breakers.decision.js';

const paid = (amountCents: number, newAccount = false) => ({ amount: cents(amountCents), newAccount });
const even = (count: number, newOnes = 0) => Array.from({ length: count }, (_, at) => paid(100, at < newOnes));
const AT = new Date('2026-04-02T08:00:00Z');
const before = (hours: number, amountCents: number): EarlierRun =>
  ({ amount: cents(amountCents), releasedAt: new Date(AT.getTime() - hours * 3_600_000) });
/** A week apart each, the newest first. */
const totals = (...amounts: number[]) => amounts.map((amount, index) => before(168 * (index + 1), amount));
const decide = (over: Partial<RunFigures>) =>
  decideBreakers({ payments: [], earlier: totals(1_000), newAccountsOfDay: 0, at: AT, ...over }, BREAKER_LIMITS);
const tripped = (over: Partial<RunFigures>) => decide(over).map(({ breaker }) => breaker);

describe('a run', () => {
  it.each<[string, RunFigures['payments'], RunFigures['earlier'], string[]]>([
    ['of the usual total', [paid(3_000)], totals(1_000, 1_000, 1_000), []],
    ['of a cent more than three times the median', [paid(3_001)], totals(1_000, 1_000, 1_000), ['total']],
    ['below three times the middle of two totals', [paid(3_001)], totals(1, 1_000, 1_001, 9_000), []],
    ['half a cent above it', [paid(3_002)], totals(1, 1_000, 1_001, 9_000), ['total']],
    ['large once among eight that are small', [paid(4_000)], totals(1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 90_000), ['total']],
    ['with too few before it', [paid(90_000)], totals(1_000, 1_000), []],
    ['of a quarter to new accounts', even(8, 2), totals(800), []],
    ['of more than a quarter to new accounts', even(8, 3), totals(800), ['new_accounts']],
    ['of few payments, all to new accounts', even(5, 5), totals(800), []],
    ['that is the first, all to new accounts', even(20, 20), [], []],
    ['that is the first, to more new accounts than anybody compares', even(21, 21), [], ['new_accounts']],
    ['of which one payment is half', [...even(6), paid(600)], totals(1_000), []],
    ['of which one payment is more than half', [...even(6), paid(601)], totals(1_000), ['largest_payment']],
    ['of few payments, one of them most of it', [...even(4), paid(9_000)], totals(9_400), []],
    ['with everything at once', [...even(6), paid(9_000, true)], totals(1_000, 1_000, 1_000), ['total', 'new_accounts', 'largest_payment']],
  ])('%s', (_which, payments, earlier, expected) => {
    expect(tripped({ payments, earlier })).toEqual(expected);
  });

  const [few, half] = [totals(1_000, 1_000, 1_000), before(23, 1_501)];
  it.each<[string, Partial<RunFigures>, string[]]>([
    ['that is the first, of the ceiling', { payments: [paid(2_000_000), paid(2_000_000), paid(1_000_000)], earlier: [] }, []],
    ['that is the first, of a cent more', { payments: [paid(2_000_000), paid(2_000_000), paid(1_000_001)], earlier: [] }, ['total']],
    ['that has two before it and is above the ceiling', { payments: even(50_001), earlier: totals(90_000_000, 90_000_000) }, ['total']],
    ['that has three before it, above the ceiling of the first ones', { payments: even(50_001), earlier: totals(90_000_000, 90_000_000, 90_000_000) }, []],
    ['of one payment at its ceiling', { payments: [paid(2_000_000)], earlier: totals(90_000_000, 90_000_000, 90_000_000) }, []],
    ['of one payment a cent above it', { payments: [paid(2_000_001)], earlier: totals(90_000_000, 90_000_000, 90_000_000) }, ['largest_payment']],
    ['that is the second half of a day', { payments: [paid(1_500)], earlier: [half, ...few] }, ['total']],
    ['that comes when the other half is a day old', { payments: [paid(1_500)], earlier: [before(24, 1_501), ...few] }, []],
    ['whose other half is approved and has not left', { payments: [paid(1_500)], earlier: [{ ...half, releasedAt: null }, ...few] }, ['total']],
    ['that follows another of the first ones within a day', { payments: [paid(2_000_000)], earlier: [before(1, 3_000_001)] }, ['total']],
    ['like days that were of two runs each', {
      payments: [paid(3_000)], earlier: [1, 2, 3].flatMap((week) => [before(168 * week, 500), before(168 * week + 23, 500)]),
    }, []],
    ['on the third day, after two of several runs', { payments: [paid(90_000)], earlier: [1, 2].flatMap((week) => [before(168 * week, 500), before(168 * week + 23, 500)]) }, []],
    ['with more new accounts than anybody compares, in two halves', { payments: even(11, 11), earlier: [], newAccountsOfDay: 10 }, ['new_accounts']],
    ['without a new account after a run with many', { payments: even(11), earlier: [], newAccountsOfDay: 21 }, []],
  ])('%s', (_which, over, expected) => {
    expect(tripped(over)).toEqual(expected);
  });

  it('says by which figures it is unusual', () => {
    expect(decide({ payments: [paid(5_000)], earlier: [before(2, 10), ...totals(1_000, 1_001, 1_001, 1_002)] })).toEqual([
      { breaker: 'total', figures: { totalCents: 5_000, dayCents: 5_010, medianCents: 1_001, runs: 4, timesMedian: 3 } },
    ]);
    expect(decide({ payments: [paid(5_000_001)], earlier: [] })).toEqual([
      { breaker: 'total', figures: { totalCents: 5_000_001, dayCents: 5_000_001, runs: 0, firstRunsCeilingCents: 5_000_000 } },
      { breaker: 'largest_payment', figures: { largestCents: 5_000_001, totalCents: 5_000_001, largestShareBasisPoints: 5_000, paymentCeilingCents: 2_000_000 } },
    ]);
  });
});
