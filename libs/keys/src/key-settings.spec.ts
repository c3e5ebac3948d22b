import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { KeyConfigurationFault } from './key-fault.js';
import type { KeyEnvironment } from './key-settings.js';
import { isProduction, loadKeyring } from './load-keyring.js';
import { PUBLISHED_KEYS } from './published-keys.js';
import { newSigningKey, SIGNING_PURPOSES } from './signing-key.js';

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'mereau-keys-'));
  folders.push(made);
  return made;
};
afterAll(() => folders.forEach((made) => rmSync(made, { recursive: true })));

/** Thirty-two bytes that look drawn, and are the same in every run. */
const drawn = (seed: number) => Buffer.from(Array.from({ length: 32 }, (_, at) => (at * at * 7 + at * 31 + seed * 13) % 256));
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const SOUND: KeyEnvironment = {
  MEREAU_ENV: 'production',
  MEREAU_WRAPPING_KEY_ID: 'k1',
  MEREAU_WRAPPING_KEY: base64(drawn(1)),
  MEREAU_SIGNING_KEY: newSigningKey(),
  MEREAU_CHECKPOINT_SIGNING_KEY: newSigningKey(),
};

function problems(env: KeyEnvironment, dataDirectory = '/nowhere'): readonly string[] {
  try {
    loadKeyring({ env, dataDirectory, signs: SIGNING_PURPOSES });
    return [];
  } catch (error) {
    if (error instanceof KeyConfigurationFault) return error.lines;
    throw error;
  }
}
const wrapping = (bytes: Uint8Array): KeyEnvironment => ({ ...SOUND, MEREAU_WRAPPING_KEY: base64(bytes) });
const rsaKey = () => base64(Buffer.from(
  generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()));

describe('in production', () => {
  it('sound keys are taken, and the data folder is not touched', () => {
    expect(problems(SOUND)).toEqual([]);
    expect(existsSync('/nowhere')).toBe(false);
  });

  it('everything that is missing is said at once, a line each', () => {
    const lines = problems({ MEREAU_ENV: 'production' });
    expect(lines.map((line) => line.slice(0, line.indexOf(' ')))).toEqual(
      ['MEREAU_WRAPPING_KEY', 'MEREAU_SIGNING_KEY', 'MEREAU_CHECKPOINT_SIGNING_KEY']);
    for (const line of lines) expect(line).toMatch(/is missing: .*openssl/);
  });

  it.each([
    ['31 bytes', wrapping(drawn(1).subarray(1)), 'MEREAU_WRAPPING_KEY has 31 bytes; it needs 32'],
    ['33 bytes', wrapping(Buffer.concat([drawn(1), Buffer.of(1)])), 'has 33 bytes'],
    ['a hexadecimal text', { ...SOUND, MEREAU_WRAPPING_KEY: drawn(1).toString('hex') }, 'has 48 bytes'],
    ['a character that is no base64', { ...SOUND, MEREAU_WRAPPING_KEY: `*${base64(drawn(1))}` }, 'is not base64'],
    ['all zeros', wrapping(new Uint8Array(32)), 'has all bytes equal'],
    ['all bytes 0xff', wrapping(new Uint8Array(32).fill(255)), 'has all bytes equal'],
    ['a count', wrapping(drawn(1).map((_, at) => at)), 'counts up or down'],
    ['a pattern', wrapping(drawn(1).map((_, at) => (at % 3) * 7)), 'repeats itself'],
    ['a typed text', wrapping(Buffer.from('correct horse battery staple 123')), 'is text that somebody typed'],
    ['our published key', { ...SOUND, MEREAU_WRAPPING_KEY: PUBLISHED_KEYS.MEREAU_WRAPPING_KEY }, 'is published'],
    ['the hash of a word', wrapping(Buffer.from('057ba03d6c44104863dc7361fe4578965d1887360f90a0895882e58a6248fc86', 'hex')), 'is published'],
    ['a key without an id', { ...SOUND, MEREAU_WRAPPING_KEY_ID: '' }, 'MEREAU_WRAPPING_KEY_ID is missing'],
    ['an id with a dot', { ...SOUND, MEREAU_WRAPPING_KEY_ID: 'k.1' }, 'an id is 1 to 16 small letters'],
    ['an old key without an id', { ...SOUND, MEREAU_WRAPPING_KEYS_OLD: base64(drawn(2)) }, 'before the key (id:base64)'],
    ['an old key under the current id', { ...SOUND, MEREAU_WRAPPING_KEYS_OLD: `k1:${base64(drawn(2))}` }, 'two keys have the same id'],
    ['the same key as its own old one', { ...SOUND, MEREAU_WRAPPING_KEYS_OLD: `k0:${base64(drawn(1))}` }, 'stands under two ids'],
    ['a weak old key', { ...SOUND, MEREAU_WRAPPING_KEYS_OLD: `k0:${base64(new Uint8Array(32))}` }, 'MEREAU_WRAPPING_KEYS_OLD has all bytes equal'],
    ['a weak pepper', { ...SOUND, MEREAU_PEPPER_ID: 'p1', MEREAU_PEPPER: base64(new Uint8Array(32)) }, 'MEREAU_PEPPER has all bytes equal'],
    ['a pepper without an id', { ...SOUND, MEREAU_PEPPER: base64(drawn(3)) }, 'MEREAU_PEPPER_ID is missing'],
    ['a pepper with the id of a wrapping key', { ...SOUND, MEREAU_PEPPER_ID: 'k1', MEREAU_PEPPER: base64(drawn(3)) }, 'MEREAU_PEPPER_ID'],
    ['old peppers without a current one', { ...SOUND, MEREAU_PEPPERS_OLD: `p0:${base64(drawn(3))}` }, 'MEREAU_PEPPERS_OLD is set'],
    ['a published signing key', { ...SOUND, MEREAU_SIGNING_KEY: PUBLISHED_KEYS.MEREAU_SIGNING_KEY }, 'MEREAU_SIGNING_KEY is published'],
    ['a signing key of another kind', { ...SOUND, MEREAU_SIGNING_KEY: rsaKey() }, 'MEREAU_SIGNING_KEY is not base64 of an Ed25519'],
    ['a signing key that is not base64', { ...SOUND, MEREAU_SIGNING_KEY: 'secret!' }, 'MEREAU_SIGNING_KEY is not base64'],
    ['a broken old signing key', { ...SOUND, MEREAU_SIGNING_KEYS_OLD: 'AAAA' }, 'MEREAU_SIGNING_KEYS_OLD is not base64'],
  ] as const)('%s is refused with one line', (_, env, line) => {
    const lines = problems(env);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(line);
    const secret = (env as KeyEnvironment)['MEREAU_WRAPPING_KEY'] ?? '';
    expect(lines.join()).not.toContain(secret.slice(0, 8));
  });

  it.each(['prod', 'staging', 'PRODUCTION', 'dev'])('%s is treated as production, because the strict reading is safe', (name) => {
    expect(isProduction({ MEREAU_ENV: name })).toBe(true);
    expect(problems({ MEREAU_ENV: name })).toHaveLength(3);
  });
});

describe('in development', () => {
  it('keys are made at first start, in a file that only its owner reads, and are the same at the next', () => {
    const dataDirectory = join(folder(), 'data');
    const load = () => loadKeyring({ env: {}, dataDirectory, signs: SIGNING_PURPOSES });
    const [first, second] = [load(), load()];
    expect(statSync(join(dataDirectory, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDirectory)).toEqual(['keys.json']);
    expect(second.deriveSecret('x')).toEqual(first.deriveSecret('x'));
    expect(second.jwks('identity-token')).toEqual(first.jwks('identity-token'));
  });

  it('two folders have different keys, and they would do for production', () => {
    const [one, two] = [folder(), folder()];
    const secrets = [one, two].map((dataDirectory) => loadKeyring({ env: {}, dataDirectory }).deriveSecret('x').toString('hex'));
    expect(secrets[0]).not.toBe(secrets[1]);
    expect(problems({ ...JSON.parse(readFileSync(join(one, 'keys.json'), 'utf8')), MEREAU_ENV: 'production' })).toEqual([]);
  });

  it('a file that others can read is refused', () => {
    const dataDirectory = folder();
    loadKeyring({ env: {}, dataDirectory });
    chmodSync(join(dataDirectory, 'keys.json'), 0o640);
    expect(problems({}, dataDirectory)).toEqual([expect.stringContaining('chmod 600')]);
  });

  it('a damaged file is refused, not replaced, and not quoted', () => {
    const dataDirectory = folder();
    const path = join(dataDirectory, 'keys.json');
    writeFileSync(path, '{"MEREAU_WRAPPING_KEY": "abcdef', { mode: 0o600 });
    const lines = problems({}, dataDirectory);
    expect(lines).toEqual([expect.stringContaining('restore it')]);
    expect(lines.join()).not.toContain('abcdef');
    expect(readFileSync(path, 'utf8')).toContain('abcdef');
  });

  it('a given wrapping key wins over the file, whole, and so the pepper is the same for all services', () => {
    const dataDirectory = folder();
    const file = { MEREAU_SIGNING_KEY: newSigningKey(), MEREAU_PEPPER_ID: 'p1', MEREAU_PEPPER: base64(drawn(4)) };
    writeFileSync(join(dataDirectory, 'keys.json'), JSON.stringify(file), { mode: 0o600 });
    const given = { MEREAU_WRAPPING_KEY_ID: 'k1', MEREAU_WRAPPING_KEY: base64(drawn(1)) };
    const needsNoFile = loadKeyring({ env: given, dataDirectory });
    const needsTheFile = loadKeyring({ env: given, dataDirectory, signs: ['identity-token'] });
    expect(needsTheFile.checkValue()).toBe(needsNoFile.checkValue());
    expect(needsTheFile.pepperKeyId).toBe('k1');
  });

  it('published keys may be used, wrong ones may not', () => {
    expect(problems(PUBLISHED_KEYS)).toEqual([]);
    expect(problems({ ...PUBLISHED_KEYS, MEREAU_WRAPPING_KEY: 'AAAA' })).toHaveLength(1);
  });
});
