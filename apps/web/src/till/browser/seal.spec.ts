import { describe, expect, it } from '@jest/globals';
import { newServerKey, opened } from '../../../../../test/builders/offline-server.js';
import { seal } from './seal.js';

const CODE = 'KW6DKEA0JZZ4JACH4H';
const to = { id: '01902c7b-5d2a-7c3e-9f00-000000000001', capturedAt: '2026-11-24T13:32:00.000Z' };

describe('a code that is sealed for the time without a network', () => {
  it('is opened by the server’s private key, and by nothing that stands on the device', async () => {
    const { pair, offlineKey } = newServerKey();
    const sealed = await seal(CODE, to, offlineKey);
    expect(opened({ ...to, sealed }, pair)).toBe(CODE);
    expect(sealed.keyId).toBe('key-1');
    expect(Buffer.from(sealed.ephemeralKey, 'base64url')).toHaveLength(65);
    expect(JSON.stringify(sealed)).not.toContain(CODE);
    expect(() => opened({ ...to, sealed }, newServerKey().pair)).toThrow();
  });

  it.each([{ id: '01902c7b-5d2a-7c3e-9f00-000000000002' }, { capturedAt: '2026-11-24T13:32:00.001Z' }])('is bound to its id and its moment: not opened as %p', async (other) => {
    const { pair, offlineKey } = newServerKey();
    const sealed = await seal(CODE, to, offlineKey);
    expect(() => opened({ ...to, ...other, sealed }, pair)).toThrow();
  });

  it('is sealed by another key each time', async () => {
    const { offlineKey } = newServerKey();
    const [one, two] = [await seal(CODE, to, offlineKey), await seal(CODE, to, offlineKey)];
    for (const part of ['ephemeralKey', 'iv', 'ciphertext'] as const) expect(one[part]).not.toBe(two[part]);
  });
});
