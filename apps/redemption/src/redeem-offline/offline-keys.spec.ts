import { webcrypto } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadKeyring, PUBLISHED_KEYS, normaliseCode, type VoucherCode } from '#libs/keys';
import { sealAs } from '../../../../test/builders/till-device.js';
import { OfflineKeys, type SealedCapture } from './offline-keys.js';

const keys = new OfflineKeys(loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' }));
const CODE = normaliseCode('0000-0000-0000-0000-00') as VoucherCode;
const capture = { id: '01900000-0000-7000-8000-00000000000a', capturedAt: '2026-03-10T09:30:00.000Z' };

async function sealed(text: string = CODE): Promise<SealedCapture> {
  return { ...capture, sealed: await sealAs(keys.current(), { ...capture, text }) };
}

describe('the key of captures', () => {
  it('is a point that a browser imports, and stays the same one', async () => {
    const { publicKey } = keys.current();
    await webcrypto.subtle.importKey('jwk', publicKey, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
    expect(new OfflineKeys(loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' })).current()).toEqual(keys.current());
  });

  it('opens what a browser sealed to it', async () => {
    expect(keys.open(await sealed())).toBe(CODE);
  });

  it('opens nothing for another capture, another moment, or another key', async () => {
    const one = await sealed();
    expect(keys.open({ ...one, id: capture.id.replace(/a$/, 'b') })).toBeUndefined();
    expect(keys.open({ ...one, capturedAt: '2026-03-10T09:30:00.001Z' })).toBeUndefined();
    expect(keys.open({ ...one, sealed: { ...one.sealed, keyId: 'of-nobody' } })).toBeUndefined();
    expect(keys.open({ ...one, sealed: { ...one.sealed, ephemeralKey: keys.current().publicKey.x } })).toBeUndefined();
    expect(keys.open({ ...one, sealed: { ...one.sealed, ephemeralKey: Buffer.alloc(65, 4).toString('base64url') } })).toBeUndefined();
    expect(keys.open({ ...one, sealed: { ...one.sealed, ciphertext: 'AAAA' } })).toBeUndefined();
    const [first, ...rest] = Buffer.from(one.sealed.ciphertext, 'base64url');
    const changed = Buffer.from([first! ^ 1, ...rest]).toString('base64url');
    expect(keys.open({ ...one, sealed: { ...one.sealed, ciphertext: changed } })).toBeUndefined();
  });

  it('answers nothing where what was sealed is no code', async () => {
    for (const text of ['', 'ABC', '000000000000000001']) expect(keys.open(await sealed(text))).toBeUndefined();
  });
});
