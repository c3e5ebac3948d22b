import { describe, expect, it } from '@jest/globals';
import { type Coefficient } from './coefficients.js';
import { impactOf, type Facts } from './impact.js';

const coefficient = (code: Coefficient['code'], low: number, value: number, high: number): Coefficient =>
  ({ code, version: 1, low, value, high, source: 'a source of the spec', sourceYear: 2026, scope: 'France' });
const REGISTRY = [
  coefficient('legal_year_hours', 1_607, 1_607, 1_607), coefficient('avoided_cost_cents_per_person', 1_000, 3_000, 9_000),
  coefficient('local_share', 0.2, 0.5, 0.8), coefficient('consolidating_cents_per_year', 1_500_000, 2_000_000, 2_500_000),
];
const FACTS: Facts = {
  redemptions: 500, redeemedCents: 1_000_000, minutes: 96_420, redemptionsWithMinutes: 300, people: 100, firstVisits: 12, workshops: 4,
  services: 3, communes: 2, centsOfPlaces: [600_000, 400_000, 0], days: 73,
};
const of = (measure: string, over: Partial<Facts> = {}, { rejected = [] as string[], registry = REGISTRY } = {}) =>
  impactOf({ ...FACTS, ...over }, registry, { rejected: new Set(rejected as Coefficient['code'][]), peopleMin: 5 }).find((one) => one.measure === measure)!;

describe('impact', () => {
  it.each([
    ['jobs: declared hours over the legal year', of('jobs').estimate, { low: 1, value: 1, high: 1 }],
    ['avoided cost: people, at least so many, and a wide range', of('avoided_cost_cents').estimate, { low: 100_000, value: 300_000, high: 900_000 }],
    ['spending that stays', of('local_spending_cents').estimate, { low: 200_000, value: 500_000, high: 800_000 }],
    // A fifth of a year: 600,000 and 400,000 cents are 3,000,000 and 2,000,000 a year.
    ['places that reach what keeps one open', of('consolidated_places').estimate, { low: 1, value: 2, high: 2 }],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

  it.each([
    ['no till said how long', of('jobs', { minutes: null, redemptionsWithMinutes: 0 }), 'no_duration_declared'],
    ['nobody published the coefficient', of('local_spending_cents', {}, { registry: REGISTRY.slice(0, 2) }), 'no_coefficient'],
    ['too few people', of('avoided_cost_cents', { people: 4 }), 'few_people'],
    ['nothing was rendered', of('consolidated_places', { redemptions: 0 }), 'nothing_rendered'],
  ])('is unknown, and not zero, where %s', (_, { estimate, unknown }, reason) => expect([estimate, unknown]).toEqual([null, reason]));

  it('shows whoever rejects a coefficient what it would have said, and says nothing itself', () => {
    expect(of('avoided_cost_cents', {}, { rejected: ['avoided_cost_cents_per_person'] })).toMatchObject({
      estimate: null, unknown: 'rejected', withRejected: { low: 100_000, value: 300_000, high: 900_000 }, coefficient: { version: 1 },
    });
    expect(of('jobs', {}, { rejected: ['avoided_cost_cents_per_person'] })).toMatchObject({ unknown: null, withRejected: null });
  });

  it('a longer legal year makes fewer jobs, so that its range turns round', () => {
    const registry = [coefficient('legal_year_hours', 1_000, 1_607, 2_000)];
    expect(of('jobs', { minutes: 120_000 }, { registry }).estimate).toEqual({ low: 1, value: 1.24, high: 2 });
  });
});
