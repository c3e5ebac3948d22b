import { describe, expect, it } from '@jest/globals';
import { isRejected } from '#libs/kernel';
import { allocate, refusedFrame, type Population, type SampleFilter, type Stratum } from './sample.decision.js';

const ALL: SampleFilter = { from: null, until: null, programmeId: null, placeId: null, scopes: null };
const strata = (...counts: readonly number[]) => counts.map((count, at) => ({ stratum: `s${at}`, count, cents: 0 }));

describe('a frame', () => {
  it.each<[Population, Stratum, Partial<SampleFilter>, string | undefined]>([
    ['redemption', 'programme', { programmeId: 'p', placeId: 'q' }, undefined],
    ['claim_line', 'place', { scopes: [] }, undefined],
    ['statement', 'place', {}, undefined],
    ['statement', 'programme', {}, 'filter_not_told'],
    ['statement', 'month', { placeId: 'q' }, 'filter_not_told'],
    ['payment', 'place', {}, 'filter_not_told'],
    ['payment', 'none', { programmeId: 'p' }, 'filter_not_told'],
    ['payment', 'amount_band', { scopes: [] }, 'mandate_too_narrow'],
    ['statement', 'none', { scopes: [{ programmeIds: ['p'], payerIds: [] }] }, 'mandate_too_narrow'],
  ])('of %ss by %s with %j is refused: %s', (population, stratum, filter, code) => {
    expect(refusedFrame({ population, stratum, filter: { ...ALL, ...filter } })?.code).toBe(code);
  });
});

describe('the items of a sample', () => {
  it.each([
    [10, [100], [10]],
    [10, [50, 50], [5, 5]],
    [3, [1, 1, 98], [1, 1, 1]],
    [10, [1, 99], [1, 9]],
    [2, [10, 10, 10], [1, 1, 0]],
    [5, [2, 3], [2, 3]],
    [7, [4, 4, 4], [3, 2, 2]],
    [1, [7, 5_000_000], [0, 1]],
  ])('%s of strata of %j are %j', (size, counts, expected) => {
    const shares = allocate(size, strata(...counts));
    expect(isRejected(shares) ? shares : shares.map(({ count }) => count)).toEqual(expected);
  });

  it('are never more than a stratum has, nor other than asked in all', () => {
    for (let size = 1; size <= 60; size += 1) {
      const counts = [1, 2, 3, 7, 11, 36];
      const shares = allocate(size, strata(...counts));
      if (isRejected(shares)) throw new Error(shares.code);
      expect(shares.reduce((sum, { count }) => sum + count, 0)).toBe(size);
      shares.forEach(({ count }, at) => { expect(count).toBeLessThanOrEqual(counts[at]!); });
    }
  });

  it('are not more than the frame has', () => {
    expect(allocate(6, strata(2, 3))).toMatchObject({ code: 'frame_too_small', details: { frameCount: 5 } });
  });
});
