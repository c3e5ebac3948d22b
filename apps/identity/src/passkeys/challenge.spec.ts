import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { PASSKEY_CHALLENGE_SECONDS } from '../limits.js';
import { makeChallenge, readChallenge, type Asker } from './challenge.js';

const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' });
const other = loadKeyring({ env: { ...PUBLISHED_KEYS, MEREAU_WRAPPING_KEY: createHash('sha256').update('of another installation').digest('base64') }, dataDirectory: '/nonexistent' });
const NOW = 1_800_000_000_000;
const zoe: Asker = { purpose: 'add', userId: 'zoé', sessionId: 'one' };

describe('a challenge', () => {
  it('is read by who it was made for, until its time is up', () => {
    const challenge = makeChallenge(keyring, zoe, NOW);
    const id = readChallenge(keyring, zoe, challenge, NOW);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(readChallenge(keyring, zoe, challenge, NOW + PASSKEY_CHALLENGE_SECONDS * 1_000)).toBe(id);
    expect(readChallenge(keyring, zoe, challenge, NOW + PASSKEY_CHALLENGE_SECONDS * 1_000 + 1)).toBeUndefined();
  });

  it('differs each time', () => {
    expect(makeChallenge(keyring, zoe, NOW)).not.toBe(makeChallenge(keyring, zoe, NOW));
  });

  it.each<[string, Asker]>([
    ['at the door', { purpose: 'sign_in' }], ['for another purpose', { ...zoe, purpose: 'prove' }], ['for another person', { ...zoe, userId: 'paul' }],
    ['in another sign-in', { ...zoe, sessionId: 'two' }],
  ])('is worth nothing %s', (_, asker) => {
    expect(readChallenge(keyring, asker, makeChallenge(keyring, zoe, NOW), NOW)).toBeUndefined();
  });

  it('is of this installation, and whole', () => {
    const challenge = makeChallenge(keyring, zoe, NOW);
    expect(readChallenge(other, zoe, challenge, NOW)).toBeUndefined();
    for (const spoiled of ['', 'AAAA', challenge.slice(1), `${challenge}AA`, `${challenge}=`, challenge.split('').reverse().join('')]) {
      expect([spoiled, readChallenge(keyring, zoe, spoiled, NOW)]).toEqual([spoiled, undefined]);
    }
  });
});
