import { describe, expect, it } from '@jest/globals';
import { cents, localDate } from '#libs/kernel';
import type { Frequency } from '../closing-rules/closing-calendar.decision.js';
import { exampleOf, promisedDays } from './attestation.decision.js';

describe('what is promised to a place', () => {
  it.each<[Frequency, number, number, number]>([
    ['weekly', 0, 27, 27], ['twice_monthly', 2000, 36, 142], ['monthly', 2000, 51, 172],
  ])('of %s statements with a minimum of %i cents: %i days, and %i for a small sum', (frequency, minimum, days, smallSumDays) => {
    const rule = { version: 1, from: localDate('2026-01-01'), frequency, minimum: cents(minimum), waitDaysMax: 90, payDaysMax: 20 };
    expect(promisedDays(rule)).toEqual({ days, smallSumDays });
  });

  it('is shown on a hundred euros, to the cent', () => {
    const rates = { feeBasisPoints: 245, vatBasisPoints: 2000, commonsBasisPoints: 100 };
    expect(exampleOf(rates)).toEqual({ gross: 10_000n, fee: 245n, vat: 49n, commons: 100n, net: 9_606n });
  });
});
