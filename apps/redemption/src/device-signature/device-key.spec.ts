import { describe, expect, it } from '@jest/globals';
import { webcrypto } from 'node:crypto';
import { isSignedBy, jwkOf, keyOf, publicKeyIn, requestText, thumbprintOf } from './device-key.js';

const request = { method: 'POST', path: '/redemption/redemptions', key: 'k', timestamp: '2026-03-10T12:00:00Z', body: Buffer.from('{"a":1}') };
const ALGORITHMS = {
  Ed25519: { make: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
  'P-256': { make: { name: 'ECDSA', namedCurve: 'P-256' }, sign: { name: 'ECDSA', hash: 'SHA-256' } },
};

describe.each(Object.entries(ALGORITHMS))('a key on %s, made and used by WebCrypto', (_, { make, sign }) => {
  it('is taken as the browser exports it, and signs one request and no other', async () => {
    const pair = await webcrypto.subtle.generateKey(make, false, ['sign', 'verify']) as webcrypto.CryptoKeyPair;
    const exported = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
    const jwk = jwkOf(publicKeyIn.parse(exported));
    const key = keyOf(jwk)!;
    const signature = Buffer.from(await webcrypto.subtle.sign(sign, pair.privateKey, Buffer.from(requestText(request))));
    expect(isSignedBy(key, requestText(request), signature)).toBe(true);
    const others = [
      { method: 'PUT' }, { path: '/redemption/sessions' }, { key: 'l' }, { timestamp: '2026-03-10T12:00:01Z' }, { body: Buffer.from('{"a":2}') },
    ];
    for (const other of others) expect(isSignedBy(key, requestText({ ...request, ...other }), signature)).toBe(false);
    expect(isSignedBy(key, requestText(request), Buffer.alloc(64))).toBe(false);
  });
});

describe('the public key of a device', () => {
  it('has the thumbprint of RFC 8037, whatever is written beside it', () => {
    const published = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const;
    expect(thumbprintOf(jwkOf({ ...published, ext: true, key_ops: ['verify'] }))).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  it('is no private one, no other curve, and a point of its curve', () => {
    const x = 'A'.repeat(43);
    for (const bad of [{ kty: 'OKP', crv: 'Ed25519', x, d: x }, { kty: 'OKP', crv: 'X25519', x }, { kty: 'EC', crv: 'P-384', x, y: x }, { kty: 'EC', crv: 'P-256', x }]) {
      expect(publicKeyIn.safeParse(bad).success).toBe(false);
    }
    expect(keyOf({ kty: 'EC', crv: 'P-256', x, y: x })).toBeUndefined();
  });

  it.each(Object.entries(ALGORITHMS))('on %s is written in one way only, so that a revoked one is known again', async (_, { make }) => {
    const pair = await webcrypto.subtle.generateKey(make, false, ['sign', 'verify']) as webcrypto.CryptoKeyPair;
    const exported = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const again = (text: string): string => text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)!) + 1]!;
    for (const name of ['x', ...(exported.y === undefined ? [] : ['y'])] as const) {
      const other = { ...exported, [name]: again(exported[name as 'x']!) };
      expect(keyOf(other as never)?.equals(keyOf(jwkOf(publicKeyIn.parse(exported)))!)).toBe(true);
      expect(publicKeyIn.safeParse(other).success).toBe(false);
    }
  });
});
