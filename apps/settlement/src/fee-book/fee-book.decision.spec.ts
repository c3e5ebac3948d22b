import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDate, sum } from '#libs/kernel';
import { feeBookOf, SHOWN_GROSS, type BookedRule } from './fee-book.decision.js';

const rule = (version: number, from: string, over: Partial<BookedRule> = {}): BookedRule => ({
  version, from, feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100, promisedCapBasisPoints: null,
  platformCapBasisPoints: 1_000, ...over,
});
const TODAY = localDate('2026-11-30');

describe('the fee book', () => {
  it('says of ten euros what each rule gives to whom', () => {
    expect(feeBookOf([rule(1, '2026-01-01')], TODAY)).toMatchObject([{ state: 'in_force', parts: [
      { to: 'place', amount: 966n }, { to: 'operator', amount: 20n }, { to: 'state', amount: 4n }, { to: 'commons', amount: 10n },
    ] }]);
  });

  it('knows one rule in force at most: the newest whose day has come', () => {
    const states = (rules: BookedRule[]) => feeBookOf(rules, TODAY).map(({ state }) => state);
    expect(states([rule(3, '2026-12-01'), rule(2, '2026-11-30'), rule(1, '2026-01-01')])).toEqual(['to_come', 'in_force', 'past']);
    expect(states([rule(1, '2026-12-01')])).toEqual(['to_come']);
    expect(states([])).toEqual([]);
  });

  it('gives everything to somebody, whatever the rates', () => {
    const points = fc.integer({ min: 0, max: 4_000 });
    fc.assert(fc.property(points, points, points, (feeBasisPoints, vatBasisPoints, commonsBasisPoints) => {
      const [entry] = feeBookOf([rule(1, '2026-01-01', { feeBasisPoints, vatBasisPoints, commonsBasisPoints })], TODAY);
      expect(sum(entry!.parts.map(({ amount }) => amount))).toBe(SHOWN_GROSS);
    }));
  });
});
