import { describe, expect, it } from '@jest/globals';
import { isMissing, missingIn } from './missing.js';
import type { Area, Areas, Deserts } from './territory.data.js';

const place = (commune: string | null) => ({ placeId: 'p', name: 'A place', commune, latitude: null, longitude: null });
const deserts = (far: number, communes: readonly (string | null)[]): Deserts => ({
  programmeId: 'prg', on: '2026-11-24', farKm: 15, communes: { served: 1, neighbour: 0, far, unknown: 0 }, places: communes.map(place), items: [],
  placesWithoutCommune: 0, imports: [], zones: [], zoneLists: [],
});
const area = (code: string | null, redemptions: number): Area => ({ kind: 'commune', code, redemptions, redeemedCents: 0, people: 0, places: 1, minutes: null });
const areas = (activatedCents: number, redeemedCents: number, expiredCents: number, found: readonly Area[] = []): Areas =>
  ({ readTo: 1, money: { activatedCents, redeemedCents, expiredCents, payers: 1 }, areas: [...found] });

describe('what is missing', () => {
  it('are vouchers in a commune with a place and no service; a place of which nobody knows where it is tells nothing', () => {
    const found = missingIn(deserts(0, ['26362', '26113', '26113', null]), areas(0, 0, 0, [area('26362', 3), area('26113', 0), area(null, 9)]));
    expect(found.idleCommunes).toEqual(['26113']);
    expect(isMissing(found, 'vouchers')).toBe(true);
    expect(isMissing(missingIn(deserts(0, ['26362']), areas(0, 0, 0, [area('26362', 1)])), 'vouchers')).toBe(false);
  });

  it.each([[100, 81, 10, true], [100, 80, 10, false], [100, 0, 0, false], [0, 0, 0, false]])(
    'are payers: of %i activated, %i used and %i expired, %s', (activated, used, expired, expected) =>
      expect(isMissing(missingIn(deserts(0, []), areas(activated, used, expired)), 'payers')).toBe(expected));

  it('are places where a commune is far from all', () => {
    expect([isMissing(missingIn(deserts(1, []), null), 'places'), isMissing(missingIn(deserts(0, []), null), 'places')]).toEqual([true, false]);
  });

  it('is unknown, and not missing, where nobody told', () => {
    const found = missingIn(deserts(0, ['26362']), null);
    expect(found).toMatchObject({ idleCommunes: null, leftPercent: null });
    expect([isMissing(found, 'vouchers'), isMissing(found, 'payers')]).toEqual([false, false]);
  });
});
