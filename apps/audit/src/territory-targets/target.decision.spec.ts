import { describe, expect, it } from '@jest/globals';
import { reachedOf } from './target.decision.js';

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
