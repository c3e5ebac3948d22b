import { describe, expect, it } from '@jest/globals';
import { reject } from '#libs/kernel';
import { decideExchange, decideKey, decideKeyEnd, type KeyAsked, type KeyHeld } from './api-key.decision.js';

const asked: KeyAsked = { scopes: ['a'], scopesAllowed: ['a', 'b'], inForce: 1, inForceMax: 2 };
const NOW = new Date('2026-03-10T12:00:00Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const held: KeyHeld = { organisationId: 'own', expiresAt: at(1), endedAt: null };

describe('a key that is asked for', () => {
  it.each<[string, Partial<KeyAsked>, unknown]>([
    ['with some of the scopes', {}, { kind: 'makes' }],
    ['with all of them', { scopes: ['b', 'a'] }, { kind: 'makes' }],
    ['with one of another kind', { scopes: ['a', 'c'] }, reject('scope_not_of_organisation')],
    ['where there are no scopes', { scopesAllowed: [] }, reject('scope_not_of_organisation')],
    ['beside as many as may be', { inForce: 2 }, reject('api_keys_too_many', { inForceMax: 2 })],
  ])('%s', (_, over, decided) => {
    expect(decideKey({ ...asked, ...over })).toEqual(decided);
  });
});

describe('a key', () => {
  it.each<[string, Partial<KeyHeld> | undefined, boolean]>([
    ['of the organisation', {}, true], ['that is unknown', undefined, false], ['of another', { organisationId: 'other' }, false],
    ['that ended', { endedAt: at(-1) }, false], ['that is too old this second', { expiresAt: NOW }, false],
  ])('%s may be ended: %p %p', (_, over, may) => {
    expect(decideKeyEnd(over && { ...held, ...over }, { askedFrom: 'own', now: NOW })).toEqual(may ? { kind: 'ends' } : reject('api_key_not_found'));
  });

  it('of any organisation is ended by the operator, once', () => {
    expect(decideKeyEnd(held, { askedFrom: null, now: NOW })).toEqual({ kind: 'ends' });
    expect(decideKeyEnd({ ...held, endedAt: at(-1) }, { askedFrom: null, now: NOW })).toEqual(reject('api_key_not_found'));
  });

  it.each<[string, Partial<KeyHeld & { isAnsweredFor: boolean }> | undefined, boolean, boolean]>([
    ['that is right', {}, true, true], ['that nobody answers for', { isAnsweredFor: false }, true, false], ['that is wrong', {}, false, false], ['that is unknown', undefined, false, false],
    ['that ended', { endedAt: at(-1) }, true, false], ['that is too old', { expiresAt: at(-1) }, true, false],
  ])('%s is exchanged: %p, right %p: %p', (_, over, isRight, may) => {
    const key = over && { ...held, isAnsweredFor: true, ...over };
    expect(decideExchange(key, { isRight, now: NOW })).toEqual(may ? key : reject('api_key_over'));
  });
});
