import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { deriveCode, loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { CodeHasher } from './code-hasher.js';

const pepper = (word: string) => createHash('sha256').update(word).digest('base64');
const keyringWith = (env: Record<string, string>) => loadKeyring({ env: { ...PUBLISHED_KEYS, ...env }, dataDirectory: '/nonexistent' });
const before = keyringWith({ MEREAU_PEPPER: pepper('old'), MEREAU_PEPPER_ID: 'p1' });
const after = keyringWith({ MEREAU_PEPPER: pepper('new'), MEREAU_PEPPER_ID: 'p2', MEREAU_PEPPERS_OLD: `p1:${pepper('old')}` });
const code = deriveCode(Buffer.alloc(32, 7), 0);

describe('the hashes of a code', () => {
  it('are one while there is one pepper', () => {
    expect(new CodeHasher(before, () => ['p1'], { error: () => {} }).macsOf(code)).toEqual([before.codeMac(code).mac]);
  });

  it('hold the one of an older batch behind the one in use', () => {
    expect(new CodeHasher(after, () => ['p2', 'p1'], { error: () => {} }).macsOf(code)).toEqual([after.codeMac(code).mac, before.codeMac(code).mac]);
  });

  it('leave out a pepper that is gone, and say so once, without the code', () => {
    const logged: object[] = [];
    const hasher = new CodeHasher(after, () => ['p0', 'p1'], { error: (fields: object) => { logged.push(fields); } });
    expect([hasher.macsOf(code).length, hasher.macsOf(code).length]).toEqual([2, 2]);
    expect(logged).toEqual([{ keyId: 'p0' }]);
  });
});
