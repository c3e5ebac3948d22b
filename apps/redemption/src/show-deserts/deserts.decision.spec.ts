import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kilometresBetween, reachOf, type AccreditedPlace, type DirectoryCommune, type Position } from './deserts.decision.js';

const VALENCE = { latitude: 44.933, longitude: 4.892 };
const commune = (code: string, position: Position | null, listedPlaces = 1): DirectoryCommune => ({ code, name: `Commune ${code}`, listedPlaces, position });
const place = (placeId: string, code: string | null, position: Position | null): AccreditedPlace => ({ placeId, name: `Lieu ${placeId}`, commune: code, position });
const north = (km: number): Position => ({ ...VALENCE, latitude: VALENCE.latitude + km / 111.19 });
const states = (found: ReturnType<typeof reachOf>) => Object.fromEntries(found.map(({ code, state }) => [code, state]));
const DROME = { territory: [{ kind: 'departement', code: '26' }], farKm: 15 } as const;

describe('a commune', () => {
  it('is served by its own place, near a neighbour\'s, far from all, or unknown', () => {
    const found = reachOf({ territory: [...DROME.territory, { kind: 'epci', code: '200068781', communes: ['26999'] }], farKm: 15 }, {
      directory: [commune('26362', VALENCE), commune('26058', north(14)), commune('26113', north(20)), commune('42218', VALENCE)],
      accredited: [place('a', '26362', VALENCE)],
    });
    expect(states(found)).toEqual({ '26058': 'neighbour', '26113': 'far', '26362': 'served', '26999': 'unknown' });
    expect(found.find(({ code }) => code === '26058')!.nearest!.km).toBeCloseTo(14, 1);
    expect(found.find(({ code }) => code === '26999')).toMatchObject({ name: null, listedPlaces: 0, nearest: null });
  });

  it('is served by a place without a position', () => {
    expect(states(reachOf(DROME, { directory: [commune('26362', null)], accredited: [place('a', '26362', null)] }))).toEqual({ '26362': 'served' });
  });

  it('is far where no place takes vouchers at all, and not known to be where one is somewhere', () => {
    const directory = [commune('26362', VALENCE)];
    expect(states(reachOf(DROME, { directory, accredited: [] }))).toEqual({ '26362': 'far' });
    expect(states(reachOf(DROME, { directory, accredited: [place('a', null, null), place('b', '38185', north(50))] }))).toEqual({ '26362': 'unknown' });
    expect(states(reachOf(DROME, { directory, accredited: [place('a', null, null), place('b', null, north(5))] }))).toEqual({ '26362': 'neighbour' });
  });

  it('of a programme without a territory is any of the directory', () => {
    const directory = [commune('42218', VALENCE), commune('26362', null)];
    const found = reachOf({ territory: [], farKm: 15 }, { directory, accredited: [] });
    expect(found.map(({ code }) => code)).toEqual(['26362', '42218']);
  });
});

describe('the nearest place', () => {
  it('is the one that looking at all of them finds', () => {
    const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const position = fc.record({ latitude: degrees(41, 51), longitude: degrees(-5, 9) });
    fc.assert(fc.property(position, fc.array(position, { minLength: 1, maxLength: 30 }), (from, positions) => {
      const accredited = positions.map((at, index) => place(String(index), null, at));
      const [found] = reachOf({ territory: [], farKm: 15 }, { directory: [commune('26362', from)], accredited });
      expect(found!.nearest!.km).toBe(Math.min(...positions.map((to) => kilometresBetween(from, to))));
    }));
  });
});
