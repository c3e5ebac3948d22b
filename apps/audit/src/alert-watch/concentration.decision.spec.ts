import { describe, expect, it } from '@jest/globals';
import type { Figures } from '../alert-rules/figures.decision.js';
import { decideConcentration } from './concentration.decision.js';

const FIGURES = { concentrationVouchersMin: 100, concentrationPercentMin: 60 } as Figures;
const shares = (...counts: number[]) => counts.map((count, at) => ({ placeId: `p${at}`, count }));

describe('the vouchers of a distributor in a month', () => {
  it.each<[string, number[], string[]]>([
    ['too few to say anything', [99], []],
    ['all at one place', [100], ['p0']],
    ['60 of 100 at one place', [60, 40], ['p0']],
    ['59 of 100 at one place', [59, 41], []],
    ['nowhere', [], []],
  ])('%s', (_, counts, places) => {
    expect(decideConcentration(shares(...counts), FIGURES).map(({ placeId }) => placeId)).toEqual(places);
  });

  it('are counted as they are', () => {
    expect(decideConcentration(shares(200, 100), FIGURES)[0]!.measured).toEqual({ vouchers: 200, of: 300, percent: 66, bound: 60 });
  });
});
