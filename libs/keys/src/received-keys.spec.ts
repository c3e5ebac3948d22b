import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { newBatchKey } from './batch-key.js';
import { KeyConfigurationFault, KeyFault } from './key-fault.js';
import { loadKeyring } from './load-keyring.js';
import { PUBLISHED_KEYS } from './published-keys.js';
import { RECEIVED_KEYS_FILE } from './received-keys.js';
import { newSigningKey } from './signing-key.js';
import { deriveCode } from './voucher-code.js';

const SIGNS = ['audit-checkpoint'] as const;
const NOWHERE = { dataDirectory: '/nonexistent', signs: SIGNS };
const pepper = { MEREAU_PEPPER: Buffer.alloc(32, 'a pepper that was given by hand!').toString('base64'), MEREAU_PEPPER_ID: 'given' };
const giver = loadKeyring({ env: { ...PUBLISHED_KEYS, ...pepper }, ...NOWHERE });
const own = {
  MEREAU_WRAPPING_KEY: randomBytes(32).toString('base64'), MEREAU_WRAPPING_KEY_ID: 'receiver-1', MEREAU_CHECKPOINT_SIGNING_KEY: newSigningKey(),
};
const release = randomBytes(32);

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(os.tmpdir(), 'mereau-received-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

describe('keys that change hands', () => {
  const receiver = loadKeyring({ env: own, ...NOWHERE });
  const sealed = giver.sealForReceiver(receiver.receivingKey().pem, release);

  it('recognise the codes, serials and checkpoints of before, and make nothing new', () => {
    writeFileSync(join(folder, RECEIVED_KEYS_FILE), receiver.receive(sealed, release));
    const after = loadKeyring({ env: own, dataDirectory: folder, signs: SIGNS });
    const code = deriveCode(newBatchKey(), 7);
    expect(after.codeMac(code, 'given')).toEqual(giver.codeMac(code, 'given'));
    expect(after.codeMac(code, 'published')).toEqual(giver.codeMac(code, 'published'));
    const serials = giver.newSerialPermutationId();
    expect(after.serials(serials).label).toBe(giver.serials(serials).label);
    const batchKey = newBatchKey();
    expect(after.unwrap(giver.wrap(batchKey)).equals(batchKey)).toBe(true);
    const { keyId } = giver.signingKey('audit-checkpoint');
    expect(after.verifyingKey('audit-checkpoint', keyId)?.keyId).toBe(keyId);
    expect([after.wrappingKeyId, after.pepperKeyId]).toEqual(['receiver-1', 'receiver-1']);
    expect(after.signingKey('audit-checkpoint').keyId).not.toBe(keyId);
  });

  it('lie nowhere in clear, neither on their way nor at rest', () => {
    const secrets = [PUBLISHED_KEYS.MEREAU_WRAPPING_KEY, pepper.MEREAU_PEPPER];
    for (const text of [JSON.stringify(sealed), readFileSync(join(folder, RECEIVED_KEYS_FILE), 'utf8')]) {
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }
  });

  it.each<[string, () => unknown]>([
    ['without the release', () => receiver.receive(sealed, randomBytes(32))],
    ['by another receiver', () => loadKeyring({ env: { ...own, MEREAU_WRAPPING_KEY: randomBytes(32).toString('base64') }, ...NOWHERE }).receive(sealed, release)],
    ['when they were altered', () => receiver.receive({ ...sealed, nonce: randomBytes(12).toString('base64') }, release)],
  ])('do not open %s', (_what, receive) => {
    expect(receive).toThrow(KeyFault);
  });

  it('are refused where the receiver has a key of the same name', () => {
    const twin = loadKeyring({ env: { ...own, MEREAU_WRAPPING_KEY_ID: 'published' }, ...NOWHERE });
    expect(() => twin.receive(giver.sealForReceiver(twin.receivingKey().pem, release), release)).toThrow(/both installations name a key published/);
  });

  it('stop the start where the own wrapping key is not the one that they lie under', () => {
    const other = { ...own, MEREAU_WRAPPING_KEY: randomBytes(32).toString('base64') };
    expect(() => loadKeyring({ env: other, dataDirectory: folder, signs: SIGNS })).toThrow(KeyConfigurationFault);
  });
});
