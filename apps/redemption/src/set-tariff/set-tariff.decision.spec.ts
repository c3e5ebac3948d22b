import { describe, expect, it } from '@jest/globals';
import { cents, localDate, ZERO } from '#libs/kernel';
import type { Tariff } from '../tariff.decision.js';
import { decideTariff, priceOf, type AskedTariff, type Circumstances, type Components } from './set-tariff.decision.js';

const TODAY = localDate('2026-03-10');
const NOTHING: Components = {
  preparation: ZERO, renderingMinutes: 0, hourlyCost: ZERO, premises: ZERO, travel: ZERO, other: ZERO, groupSize: 1,
};
const of = (over: Partial<Components>): Components => ({ ...NOTHING, ...over });

describe('the price of one participation', () => {
  it.each<[string, Components, number]>([
    ['is the only component', of({ premises: cents(1_500) }), 1_500],
    ['has the hours at their cost', of({ renderingMinutes: 90, hourlyCost: cents(3_000) }), 4_500],
    ['has a started cent of the hours', of({ renderingMinutes: 1, hourlyCost: cents(3_001) }), 51],
    ['has every component', of({ preparation: cents(1_000), renderingMinutes: 120, hourlyCost: cents(3_500), premises: cents(600),
      travel: cents(400), other: cents(100) }), 9_100],
    ['is split among the group', of({ preparation: cents(9_000), groupSize: 6 }), 1_500],
    ['is split to the cent above', of({ preparation: cents(1_000), groupSize: 3 }), 334],
    ['is a cent where many split a cent', of({ other: cents(1), groupSize: 1_000 }), 1],
    ['is nothing where nothing costs', of({ groupSize: 12 }), 0],
  ])('%s', (_, components, price) => {
    expect(priceOf(components)).toBe(BigInt(price));
  });
});

const costing = (price: number, from: string | null = null): AskedTariff =>
  ({ components: of({ premises: cents(price) }), from: from === null ? null : localDate(from) });
const version = (number: number, from: string, price: number): Tariff => ({ version: number, from: localDate(from), price: cents(price) });
const free: Circumstances = { today: TODAY, counting: [], raiseNeedsApproval: false };
const watched: Circumstances = { ...free, raiseNeedsApproval: true, counting: [version(2, '2026-07-01', 2_000), version(1, '2026-01-01', 1_000)] };

describe('a tariff', () => {
  it.each<[string, AskedTariff, Circumstances, string, boolean]>([
    ['counts from today when no day is named', costing(900), free, '2026-03-10', false],
    ['may name today', costing(900, '2026-03-10'), free, '2026-03-10', false],
    ['may name a day to come', costing(900, '2026-12-01'), free, '2026-12-01', false],
    ['may be raised where nobody watches', costing(9_000), { ...watched, raiseNeedsApproval: false }, '2026-03-10', false],
    ['may be the first of its service where raises are watched', costing(9_000), { ...watched, counting: [] }, '2026-03-10', false],
    ['may stay what it is', costing(1_000), watched, '2026-03-10', false],
    ['may fall', costing(999), watched, '2026-03-10', false],
    ['waits when it rises by a cent', costing(1_001), watched, '2026-03-10', true],
    ['is compared with what counts on its own day', costing(2_000, '2026-07-01'), watched, '2026-07-01', false],
    ['waits when it rises above that', costing(2_001, '2026-07-01'), watched, '2026-07-01', true],
  ])('%s', (_, asked, circumstances, from, needsApproval) => {
    expect(decideTariff(asked, circumstances)).toMatchObject({ from, needsApproval });
  });

  it.each<[string, AskedTariff, string, object]>([
    ['of yesterday', costing(900, '2026-03-09'), 'tariff_in_past', { today: '2026-03-10' }],
    ['of nothing', costing(0), 'tariff_without_price', {}],
  ])('%s is refused', (_, asked, code, details) => {
    expect(decideTariff(asked, free)).toEqual({ kind: 'rejected', code, details });
  });
});
