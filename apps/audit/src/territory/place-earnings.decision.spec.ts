import { describe, expect, it } from '@jest/globals';
import { bandOf, bandsOf, type PlaceEarned } from './place-earnings.decision.js';

const RANGE = { low: 1_500_000, high: 2_500_000 };
const place = (takenCents: number): PlaceEarned => (
  { placeId: 'p', name: null, commune: null, latitude: null, longitude: null, locatedBy: null, takenCents, redemptions: 1 });

describe('what a place took in within a year', () => {
  it.each([[0, 'below'], [1_499_999, 'below'], [1_500_000, 'within'], [2_500_000, 'within'], [2_500_001, 'above']] as const)(
    '%i cents are %s the range', (cents, band) => expect(bandOf(cents, RANGE)).toBe(band));

  it('is counted in three bands, and unknown without a range', () => {
    const places = [0, 10, 1_500_000, 3_000_000].map(place);
    expect(bandsOf(places, RANGE)).toEqual({ below: 2, within: 1, above: 1 });
    expect(bandsOf(places, null)).toBeNull();
    expect(bandsOf([], RANGE)).toEqual({ below: 0, within: 0, above: 0 });
  });
});
