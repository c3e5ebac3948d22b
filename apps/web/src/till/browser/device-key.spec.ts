import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as server from '../../../../redemption/src/device-signature/device-key.js';
import { readEnrolmentCode as readOnServer } from '../../../../redemption/src/enrol-device/enrolment-code.js';
import { enrolmentText, newKeyPair, publicJwk, readEnrolmentCode, requestText, signText } from './device-key.js';

const ask = { method: 'POST', path: '/redemption/redemptions', key: '01902c7b-5d2a-7c3e-9f00-000000000001', timestamp: '2026-11-24T13:32:00.000Z', body: '{"code":"é"}' };

describe('the key of a device', () => {
  it('signs the very lines that redemption checks', async () => {
    expect(await requestText(ask)).toBe(server.requestText({ ...ask, body: Buffer.from(ask.body) }));
    expect(enrolmentText('ABC')).toBe(server.enrolmentText('ABC'));
  });

  it.each(['Ed25519', 'P-256'])('is proved to redemption, on the curve %s', async (curve) => {
    const keys = curve === 'Ed25519' ? await newKeyPair()
      : await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const jwk = server.jwkOf(server.publicKeyIn.parse(await publicJwk(keys.publicKey)));
    const signature = await signText(keys.privateKey, await requestText(ask));
    expect(jwk.crv).toBe(curve);
    expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
    const text = server.requestText({ ...ask, body: Buffer.from(ask.body) });
    expect(server.isSignedBy(server.keyOf(jwk)!, text, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(server.isSignedBy(server.keyOf(jwk)!, `${text} `, Buffer.from(signature, 'base64url'))).toBe(false);
  });

  it('has a private half that nobody takes out', async () => {
    const { privateKey } = await newKeyPair();
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow();
  });

  it('is enrolled by codes as redemption reads them', () => {
    const typed = fc.oneof(fc.string({ unit: fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzOIL- '), minLength: 14, maxLength: 20 }), fc.string());
    fc.assert(fc.property(typed, (text) => { expect(readEnrolmentCode(text)).toBe(readOnServer(text)); }), { numRuns: 1_000 });
  });
});
