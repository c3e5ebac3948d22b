import { describe, expect, it } from '@jest/globals';
import { isOfZone, ZONES, type Listed } from './zone.decision.js';

const zonesOf = (listed: Listed | undefined) => ZONES.filter((zone) => isOfZone(zone, listed));

describe('the zones of a commune', () => {
  it.each([
    ['that no list names', undefined, ['unknown_density', 'unknown_quarter']],
    ['that is dense', { densityClass: '1', quarters: [] }, ['urban', 'unknown_quarter']], ['that is a small town', { densityClass: '4', quarters: [] }, ['urban', 'unknown_quarter']],
    ['that is a rural town with a quarter', { densityClass: '5', quarters: ['QN02601M'] }, ['rural', 'with_quarter']],
    ['of which only quarters are listed', { densityClass: null, quarters: ['QN02601M'] }, ['unknown_density', 'with_quarter']],
  ])('%s', (_, listed, expected) => expect(zonesOf(listed)).toEqual(expected));
});
