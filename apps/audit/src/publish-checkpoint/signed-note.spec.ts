import { describe, expect, it } from '@jest/globals';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { isSignedBy, noteVerifier, signCheckpoint } from './signed-note.js';

const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['audit-checkpoint', 'identity-token'] });
const key = keyring.signingKey('audit-checkpoint');
const signed = signCheckpoint({ origin: 'log.example/audit', size: 3, root: 'ab'.repeat(32), at: new Date('2026-03-02T10:00:00Z') }, key);

describe('a checkpoint', () => {
  it('is a signed note: text, an empty line, a signature line', () => {
    const [text, line] = signed.note.split('\n\n');
    expect(text).toBe(`log.example/audit\n3\n${Buffer.from('ab'.repeat(32), 'hex').toString('base64')}\ntime 2026-03-02T10:00:00.000Z`);
    expect(line).toMatch(/^— log\.example\/audit [A-Za-z0-9+/=]+\n$/);
    const [, name, id, bytes] = /^([^+]+)\+([^+]+)\+(.+)$/.exec(noteVerifier('log.example/audit', key.publicKey))!;
    const signature = Buffer.from(line!.trim().split(' ')[2]!, 'base64');
    expect([name, signature.subarray(0, 4).toString('hex'), signature.length]).toEqual(['log.example/audit', id, 68]);
    expect(Buffer.from(bytes!, 'base64')).toHaveLength(33);
  });

  it.each([
    ['size', { size: 4 }], ['root', { root: 'ba'.repeat(32) }], ['time', { time: '2026-03-02T10:00:00.001Z' }],
    ['origin', { origin: 'other.example/audit' }],
  ])('with another %s is signed by nobody', (_what, changed) => {
    expect(isSignedBy(signed, key)).toBe(true);
    expect(isSignedBy({ ...signed, ...changed }, key)).toBe(false);
  });

  it('is not signed by the key of tokens', () => {
    expect(isSignedBy(signed, keyring.signingKey('identity-token'))).toBe(false);
  });
});
