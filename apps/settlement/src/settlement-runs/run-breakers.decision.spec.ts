import { describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { BREAKER_LIMITS } from '../limits.js';
import { decideBreakers, type RunFigures } from './run-breakers.decision.js';

const paid = (amountCents: number, newAccount = false) => ({ amount: cents(amountCents), newAccount });
const even = (count: number, newOnes = 0) => Array.from({ length: count }, (_, at) => paid(100, at < newOnes));
const totals = (...amounts: number[]) => amounts.map((amount) => cents(amount));
const tripped = (payments: RunFigures['payments'], earlierTotals: RunFigures['earlierTotals'] = totals(1_000)) =>
  decideBreakers({ payments, earlierTotals }, BREAKER_LIMITS).map(({ breaker }) => breaker);

describe('a run', () => {
  it.each<[string, RunFigures['payments'], RunFigures['earlierTotals'], string[]]>([
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
  ])('%s', (_which, payments, earlierTotals, expected) => {
    expect(tripped(payments, earlierTotals)).toEqual(expected);
  });

  it('says by which figures it is unusual', () => {
    expect(decideBreakers({ payments: [paid(5_000)], earlierTotals: totals(1_000, 1_001, 1_001, 1_002) }, BREAKER_LIMITS)).toEqual([
      { breaker: 'total', figures: { totalCents: 5_000, medianCents: 1_001, runs: 4, timesMedian: 3 } },
    ]);
  });
});
