import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ACTIVE_MIN, castOf } from './cast.decision.js';
import { seededDraw } from './seeded-draw.js';

/** Each of a body of its own. */
const bodies = (placeCount: number) => Array.from({ length: placeCount }, (_, place) => String(place));
const cast = (placeCount: number, seed: string) => castOf(bodies(placeCount), seededDraw(seed, 'cast'));

describe('the cast of a year', () => {
  it('takes each place once, the active among the accredited, the busiest first', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 3_000 }), fc.string(), (count, seed) => {
      const { accredited, active } = cast(count, seed);
      expect(new Set(accredited).size).toBe(accredited.length);
      expect(accredited.every((place) => place >= 0 && place < count)).toBe(true);
      expect(active.every(({ place, weight }) => accredited.includes(place) && weight > 0)).toBe(true);
      expect(active.map(({ weight }) => weight)).toEqual(active.map(({ weight }) => weight).sort((a, b) => b - a));
      expect(active.length).toBeGreaterThanOrEqual(Math.min(ACTIVE_MIN, count));
      expect(active.length).toBeLessThanOrEqual(25);
    }));
  });

  it.each([[500, 40, 65, 12, 20], [10_000, 800, 1_300, 25, 25], [40, 4, 5, 4, 4], [2, 2, 2, 2, 2]])(
    'of %i places has %i to %i accredited and %i to %i active ones', (count, accreditedMin, accreditedMax, activeMin, activeMax) => {
      for (let seed = 0; seed < 50; seed += 1) {
        const { accredited, active } = cast(count, String(seed));
        expect(accredited.length).toBeGreaterThanOrEqual(accreditedMin);
        expect(accredited.length).toBeLessThanOrEqual(accreditedMax);
        expect(active.length).toBeGreaterThanOrEqual(activeMin);
        expect(active.length).toBeLessThanOrEqual(activeMax);
      }
    });

  it('has active places of different legal bodies while there are any', () => {
    const owners = [...Array.from({ length: 300 }, () => 'one body'), 'a', 'b', 'c', 'd', 'e'];
    for (let seed = 0; seed < 50; seed += 1) {
      const { active } = castOf(owners, seededDraw(String(seed), 'cast'));
      const differing = new Set(active.map(({ place }) => owners[place])).size;
      expect(differing).toBe(Math.min(6, active.length));
    }
  });

  it('lets few places do most', () => {
    const shares = Array.from({ length: 200 }, (_, seed) => {
      const weights = cast(10_000, String(seed)).active.map(({ weight }) => weight);
      return (weights[0]! + weights[1]! + weights[2]!) / weights.reduce((sum, weight) => sum + weight, 0);
    });
    const median = shares.sort((a, b) => a - b)[100]!;
    expect(median).toBeGreaterThan(0.4); // three of 25
  });

  it('is the same for the same seed and another for another', () => {
    expect(cast(500, 'a')).toEqual(cast(500, 'a'));
    expect(cast(500, 'a')).not.toEqual(cast(500, 'b'));
  });
});
