import { describe, expect, it } from '@jest/globals';
import { isOutdated, reachedOf } from './target.decision.js';

const told = { kind: 'commune', code: '26362', redemptions: 40 } as const;
const elsewhere = { kind: 'commune', code: null, redemptions: 3 } as const;

describe('what was reached of a target', () => {
  it.each([
    ['is what its area had', [told, elsewhere], '26362', 40],
    ['is nothing where every service has another area', [told], '26113', 0],
    ['is unknown where a service has no area', [told, elsewhere], '26113', null],
    ['is nothing where there was no service', [], '26113', 0],
    ['takes no other kind for its own', [{ ...told, kind: 'departement', code: '26113' }], '26113', 0],
  ] as const)('%s', (_, areas, code, expected) => expect(reachedOf({ kind: 'commune', code }, areas)).toBe(expected));
});

describe('a target that was looked at', () => {
  it.each([[null, 3, false], [3, 3, false], [0, 0, false], [2, 3, true], [0, 1, true], [4, 3, true]])('at version %s of %i is outdated: %s', (seen, last, expected) => (
    expect(isOutdated(seen, last)).toBe(expected)));
});
