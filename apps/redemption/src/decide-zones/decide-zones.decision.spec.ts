import { describe, expect, it } from '@jest/globals';
import { decideZones, type ZoneVersion, type ZoneWish } from './decide-zones.decision.js';

const version: ZoneVersion = { startedBy: 'anna', isFinished: true, rows: 3, decided: null };
const accept: ZoneWish = { by: 'bruno', outcome: 'accepted', comparedWith: 'v1' };
const setAside: ZoneWish = { by: 'anna', outcome: 'set_aside', reason: 'another year' };

describe('a version of a list of zones', () => {
  it.each<[string, ZoneVersion | undefined, ZoneWish, string | null, string | null]>([
    ['that somebody else has compared with what is in force', version, accept, 'v1', null],
    ['that is the first of its list', version, { ...accept, comparedWith: null }, null, null],
    ['that nobody imported', undefined, accept, 'v1', 'import_not_found'],
    ['that is still read', { ...version, isFinished: false }, accept, 'v1', 'zone_version_unfinished'],
    ['of which no row was taken', { ...version, rows: 0 }, accept, 'v1', 'zone_version_unfinished'],
    ['that the same person imported', version, { ...accept, by: 'anna' }, 'v1', 'zone_version_own'],
    ['that was compared with another one', version, accept, 'v2', 'zone_list_changed'],
    ['that was compared with nothing', version, { ...accept, comparedWith: null }, 'v2', 'zone_list_changed'],
    ['that was compared where nothing is in force', version, accept, null, 'zone_list_changed'],
    ['that was accepted', { ...version, decided: 'accepted' }, accept, 'v1', 'zone_version_decided'],
    ['that was set aside', { ...version, decided: 'set_aside' }, accept, 'v1', 'zone_version_decided'],
    ['that its own importer sets aside', version, setAside, 'v2', null],
    ['that is set aside half read', { ...version, isFinished: false }, setAside, null, null],
    ['that is in force and would be set aside', { ...version, decided: 'accepted' }, setAside, 'v1', 'zone_version_decided'],
  ])('%s', (_, held, wish, inForce, code) => {
    expect(decideZones(held, wish, inForce)).toEqual(code === null ? null : { kind: 'rejected', code, details: {} });
  });
});
