import { inspect } from 'node:util';
import { sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { isRejected } from '#libs/kernel';
import { newBatchKey } from './batch-key.js';
import { KeyFault } from './key-fault.js';
import { readKeySettings } from './key-settings.js';
import type { KeyEnvironment } from './key-settings.js';
import { Keyring } from './keyring.js';
import { PUBLISHED_KEYS } from './published-keys.js';
import { parseSerial } from './serial.js';
import { newSigningKey, SIGNING_PURPOSES } from './signing-key.js';
import { deriveCode } from './voucher-code.js';

const keyring = (env: KeyEnvironment = PUBLISHED_KEYS) => new Keyring(readKeySettings(env, SIGNING_PURPOSES, false));
const CODE = deriveCode(Uint8Array.from({ length: 32 }, (_, at) => at), 0);
const base64 = (byte: number) => Buffer.from(Array.from({ length: 32 }, (_, at) => byte * (at + 1))).toString('base64');

/** The published keys after a rotation: a new wrapping key, the published one kept as an old one. */
const ROTATED: KeyEnvironment = {
  ...PUBLISHED_KEYS,
  MEREAU_WRAPPING_KEY_ID: 'k2',
  MEREAU_WRAPPING_KEY: base64(7),
  MEREAU_WRAPPING_KEYS_OLD: `published:${PUBLISHED_KEYS.MEREAU_WRAPPING_KEY}`,
};

describe('what is derived from the wrapping key', () => {
  // Computed apart, in another language, from RFC 5869 and the labels: a change here loses what was protected.
  it('is the same for ever', () => {
    const keys = keyring();
    expect(keys.deriveSecret('db-role:issuance').toString('hex'))
      .toBe('022a7524272fe4c76c028cd39286e1fae0eb4fa5846ae4a6adc8f758da51a5aa');
    expect(keys.codeMac(CODE)).toEqual({ keyId: 'published', mac: '626df1dd-c73a-52ff-1fe5-acf8bc92db9a' });
    expect(keys.checkValue()).toBe('2bd57c9db7d9a095');
    expect(keys.serials('published.0123456789ABCDEF').serialOf(0)).toBe('6HKZ3EWG-7256769-P');
  });

  it('differs between purposes, and between keys', () => {
    const secrets = ['db-role:issuance', 'db-role:redemption', 'session', 'iban-mac']
      .flatMap((purpose) => [keyring(), keyring(ROTATED)].map((keys) => keys.deriveSecret(purpose).toString('hex')));
    expect(new Set(secrets).size).toBe(8);
  });
});

describe('a batch key', () => {
  it('opens with the key that wrapped it, and is never wrapped alike twice', () => {
    const key = newBatchKey();
    const [first, second] = [keyring().wrap(key), keyring().wrap(key)];
    expect(first.keyId).toBe('published');
    expect(keyring().unwrap(first)).toEqual(key);
    expect(Buffer.from(first.wrapped).equals(second.wrapped)).toBe(false);
    expect(Buffer.from(first.wrapped).includes(key)).toBe(false);
  });

  it('does not open when any byte was altered, cut or added', () => {
    const { keyId, wrapped } = keyring().wrap(newBatchKey());
    for (let at = 0; at < wrapped.length; at += 1) {
      const altered = Uint8Array.from(wrapped, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(() => keyring().unwrap({ keyId, wrapped: altered })).toThrow(KeyFault);
    }
    expect(() => keyring().unwrap({ keyId, wrapped: wrapped.slice(1) })).toThrow(KeyFault);
    expect(() => keyring().unwrap({ keyId, wrapped: Buffer.concat([wrapped, Buffer.of(0)]) })).toThrow(KeyFault);
  });

  it('does not open under another id, an unknown one, or another key under the same id', () => {
    const wrapped = keyring(ROTATED).wrap(newBatchKey());
    expect(() => keyring(ROTATED).unwrap({ ...wrapped, keyId: 'published' })).toThrow(KeyFault);
    expect(() => keyring().unwrap(wrapped)).toThrow('no wrapping key with id k2');
    const impostor = keyring({ ...PUBLISHED_KEYS, MEREAU_WRAPPING_KEY_ID: 'k2' });
    expect(() => impostor.unwrap(wrapped)).toThrow('another key under that id');
    expect(impostor.checkValue()).not.toBe(keyring(ROTATED).checkValue());
  });
});

describe('a rotation of the wrapping key', () => {
  it('still opens what the old key wrapped, and wraps it again under the new one', () => {
    const key = newBatchKey();
    const old = keyring().wrap(key);
    const keys = keyring(ROTATED);
    const renewed = keys.rewrap(old);
    expect(keys.unwrap(old)).toEqual(key);
    expect(renewed.keyId).toBe('k2');
    expect(keys.unwrap(renewed)).toEqual(key);
    expect(keys.rewrap(renewed)).toBe(renewed);
    expect(keys.wrappingKeyIds()).toEqual(['k2', 'published']);
  });

  it('still finds the codes, serials and secrets of before by the old key id', () => {
    const keys = keyring(ROTATED);
    expect(keys.codeMac(CODE, 'published')).toEqual(keyring().codeMac(CODE));
    expect(keys.codeMac(CODE).mac).not.toBe(keyring().codeMac(CODE).mac);
    expect(keys.deriveSecret('iban-mac', 'published')).toEqual(keyring().deriveSecret('iban-mac'));
    const id = keyring().newSerialPermutationId();
    expect(keys.serials(id).serialOf(41)).toBe(keyring().serials(id).serialOf(41));
  });

  it('leaves hashed codes alone where the pepper is given apart', () => {
    const pepper = { MEREAU_PEPPER_ID: 'p1', MEREAU_PEPPER: base64(11) };
    const before = keyring({ ...PUBLISHED_KEYS, ...pepper });
    expect(keyring({ ...ROTATED, ...pepper }).codeMac(CODE)).toEqual(before.codeMac(CODE));
    expect(before.pepperKeyId).toBe('p1');
    // What was hashed before the pepper was given is still found.
    expect(before.codeMac(CODE, 'published')).toEqual(keyring().codeMac(CODE));
    expect(() => before.codeMac(CODE, 'p0')).toThrow(KeyFault);
  });

  it('replaces a given pepper too, and keeps the old one', () => {
    const first = { MEREAU_PEPPER_ID: 'p1', MEREAU_PEPPER: base64(11) };
    const second = { MEREAU_PEPPER_ID: 'p2', MEREAU_PEPPER: base64(13), MEREAU_PEPPERS_OLD: `p1:${base64(11)}` };
    const keys = keyring({ ...PUBLISHED_KEYS, ...second });
    expect(keys.codeMac(CODE).keyId).toBe('p2');
    expect(keys.codeMac(CODE, 'p1')).toEqual(keyring({ ...PUBLISHED_KEYS, ...first }).codeMac(CODE));
  });
});

describe('a serial permutation id', () => {
  it('is new each time, fits 40 characters and says which key it needs', () => {
    const ids = new Set(Array.from({ length: 100 }, () => keyring().newSerialPermutationId()));
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^published\.[0-9A-Z]{16}$/);
    expect(16 + 1 + 16).toBeLessThanOrEqual(40);
    expect(() => keyring().serials('k9.0000000000000000')).toThrow(KeyFault);
    expect(() => keyring().serials('no-dot')).toThrow(KeyFault);
  });

  it('gives each batch its own label and its own order', () => {
    const [one, two] = [keyring().newSerialPermutationId(), keyring().newSerialPermutationId()].map((id) => keyring().serials(id));
    expect(one?.label).not.toBe(two?.label);
    const numbers = (serials: typeof one) => Array.from({ length: 20 }, (_, index) => {
      const parts = parseSerial(serials?.serialOf(index) ?? '');
      return isRejected(parts) ? undefined : parts.number;
    });
    expect(numbers(one)).not.toEqual(numbers(two));
  });
});

describe('a signing key', () => {
  it('signs a token that jose verifies from the published key set', async () => {
    const keys = keyring();
    const { keyId, privateKey } = keys.signingKey('identity-token');
    const token = await new SignJWT({ org: 'x' }).setProtectedHeader({ alg: 'EdDSA', kid: keyId }).sign(privateKey);
    const published = JSON.parse(JSON.stringify(keys.jwks('identity-token')));
    const { payload } = await jwtVerify(token, createLocalJWKSet(published));
    expect(payload['org']).toBe('x');
    expect(published.keys[0]).not.toHaveProperty('d');
  });

  it('has the thumbprint of RFC 8037, appendix A.3, as its id', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpe3GTcDuv2AOq5/YG\n-----END PRIVATE KEY-----\n';
    const seed = Buffer.from('302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const rfc = pem.replace(/MC4[^\n]+/, seed.toString('base64'));
    const keys = keyring({ ...PUBLISHED_KEYS, MEREAU_SIGNING_KEY: Buffer.from(rfc).toString('base64') });
    expect(keys.signingKey('identity-token').keyId).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  it('stays in the key set after it was replaced, so that a token of five minutes ago still verifies', async () => {
    const before = keyring();
    const { keyId, privateKey } = before.signingKey('identity-token');
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid: keyId }).sign(privateKey);
    const after = keyring({
      ...PUBLISHED_KEYS, MEREAU_SIGNING_KEY: newSigningKey(), MEREAU_SIGNING_KEYS_OLD: PUBLISHED_KEYS.MEREAU_SIGNING_KEY,
    });
    const published = JSON.parse(JSON.stringify(after.jwks('identity-token')));
    expect(published.keys).toHaveLength(2);
    expect(after.signingKey('identity-token').keyId).not.toBe(keyId);
    await expect(jwtVerify(token, createLocalJWKSet(published))).resolves.toBeDefined();
  });

  it('of one purpose is not that of another', () => {
    const keys = keyring();
    const mark = Buffer.from('checkpoint');
    const signature = sign(null, mark, keys.signingKey('audit-checkpoint').privateKey);
    const { keyId } = keys.signingKey('audit-checkpoint');
    expect(verify(null, mark, keys.verifyingKey('audit-checkpoint', keyId)!.publicKey, signature)).toBe(true);
    expect(keys.verifyingKey('identity-token', keyId)).toBeUndefined();
    expect(verify(null, mark, keys.signingKey('identity-token').publicKey, signature)).toBe(false);
  });

  it('is not there for a service that does not sign', () => {
    const keys = new Keyring(readKeySettings(PUBLISHED_KEYS, [], false));
    expect(() => keys.signingKey('identity-token')).toThrow(KeyFault);
  });
});

describe('a keyring that somebody logs', () => {
  it('shows ids and no key', () => {
    const keys = keyring(ROTATED);
    const shown = `${inspect(keys, { depth: 9, showHidden: true })}${JSON.stringify(keys)}${String(keys)}`;
    expect(shown).toContain('k2');
    for (const secret of [PUBLISHED_KEYS.MEREAU_WRAPPING_KEY, base64(7)]) {
      const bytes = Buffer.from(secret, 'base64');
      expect(shown).not.toContain(secret.slice(0, 12));
      expect(shown).not.toContain(bytes.toString('hex').slice(0, 12));
      expect(shown).not.toContain([...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
    }
  });
});
