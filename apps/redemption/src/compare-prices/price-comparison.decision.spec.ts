import { describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { compareServices, rangeOf } from './price-comparison.decision.js';

const at = (priceCents: number, count: number) => ({ priceCents, count });

describe('the range of a territory', () => {
  it.each<[string, ReturnType<typeof at>[], [number, number, number] | undefined]>([
    ['is told of eleven', [at(1_000, 11)], [1_000, 1_000, 1_000]],
    ['is not told of ten', [at(1_000, 10)], undefined],
    ['is not told of nobody', [], undefined],
    ['is of prices that were asked, in whatever order they come', [at(2_000, 4), at(800, 4), at(1_200, 4)], [800, 1_200, 2_000]],
    ['has the median in the middle of an odd number', [at(100, 5), at(200, 1), at(300, 5)], [100, 200, 300]],
    ['leans to the cheaper one of an even number', [at(100, 6), at(300, 6)], [100, 100, 300]],
  ])('%s', (_, prices, quartiles) => {
    const range = rangeOf(prices, 11);
    expect(range && [range.firstQuartileCents, range.medianCents, range.thirdQuartileCents]).toEqual(quartiles);
  });
});

describe('a service of a place', () => {
  const own = { service: 'employment' as const, priced: 3, unpriced: 1, askedCents: 3_600n, paidCents: 3_000n };
  const others = [{ service: 'employment' as const, ...at(900, 12) }, { service: 'safe_use' as const, ...at(100, 40) }];

  it('stands beside its territory, with what the place gave', () => {
    expect(compareServices({ tariffs: new Map([['employment', cents(1_200)]]), own: [own], others }, 11)).toEqual([{
      service: 'employment', tariffCents: 1_200n, own: { count: 3, asked: 3_600n, paid: 3_000n, given: 600n },
      territory: { count: 12, firstQuartileCents: 900, medianCents: 900, thirdQuartileCents: 900 },
    }]);
  });

  it('is shown with a tariff and no use, with a use and no tariff of today, and not where nobody knew a price', () => {
    const found = compareServices({
      tariffs: new Map([['safe_use', cents(500)]]), own: [own, { ...own, service: null, priced: 0 }], others: [],
    }, 11);
    expect(found.map(({ service, tariffCents, territory }) => [service, tariffCents, territory])).toEqual([['employment', null, null], ['safe_use', 500n, null]]);
  });
});
