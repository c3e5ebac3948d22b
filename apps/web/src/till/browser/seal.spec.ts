import { describe, expect, it } from '@jest/globals';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { OfflineKeys } from '../../../../redemption/src/redeem-offline/offline-keys.js';
import { seal } from './seal.js';

const CODE = '000000000000000000';
const to = { id: '01902c7b-5d2a-7c3e-9f00-000000000001', capturedAt: '2026-11-24T13:32:00.000Z' };
const server = new OfflineKeys(loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' }));
const { keyId, publicKey } = server.current();
const sealed = () => seal(CODE, to, { keyId, publicKey });

describe('a code that is sealed for the time without a network', () => {
  it('is opened by the server’s private key, and by nothing that stands on the device', async () => {
    const one = await sealed();
    expect(server.open({ ...to, sealed: one })).toBe(CODE);
    expect(one.keyId).toBe(keyId);
    expect(Buffer.from(one.ephemeralKey, 'base64url')).toHaveLength(65);
    expect(JSON.stringify(one)).not.toContain(CODE);
  });

  it.each([{ id: '01902c7b-5d2a-7c3e-9f00-000000000002' }, { capturedAt: '2026-11-24T13:32:00.001Z' }])('is bound to its id and its moment: not opened as %p', async (other) => {
    expect(server.open({ ...to, ...other, sealed: await sealed() })).toBeUndefined();
  });

  it('is sealed by another key each time', async () => {
    const [one, two] = [await sealed(), await sealed()];
    for (const part of ['ephemeralKey', 'iv', 'ciphertext'] as const) expect(one[part]).not.toBe(two[part]);
  });
});
