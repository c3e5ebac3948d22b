// The keys of the operator before, which its vouchers, serials and checkpoints still need: they open, recognise and verify, and
// make nothing new. At rest they are sealed under the own wrapping key, in `received-keys.json` of the data folder.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyConfigurationFault } from './key-fault.js';
import { derive } from './derive.js';
import type { KeySettings, NamedKey } from './key-settings.js';
import { open, seal } from './receiving-key.js';
import { readVerifyingKey } from './signing-key.js';

export const RECEIVED_KEYS_FILE = 'received-keys.json';

/** `checkpoints`: base64 of a PEM each, as MEREAU_CHECKPOINT_SIGNING_KEYS_OLD takes them. */
export type ReceivedKeys = Readonly<{
  wrapping: readonly Readonly<{ keyId: string; key: string }>[];
  peppers: readonly Readonly<{ keyId: string; key: string }>[];
  checkpoints: readonly string[];
}>;

const NONCE_BYTES = 12;
const PURPOSE = 'received-keys';

/** The text of the file. */
export function storedKeys(received: ReceivedKeys, { keyId, bytes }: NamedKey): string {
  const nonce = randomBytes(NONCE_BYTES);
  const sealed = seal(derive(bytes, 'secret', PURPOSE), nonce, JSON.stringify(received));
  return `${JSON.stringify({ keyId, nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }, null, 1)}\n`;
}

/** What this installation received is added to what it has; as it is where it received nothing. Throws KeyConfigurationFault. */
export function withReceived(settings: KeySettings, dataDirectory: string): KeySettings {
  const path = join(dataDirectory, RECEIVED_KEYS_FILE);
  if (!existsSync(path)) return settings;
  const received = readStored(path, settings.wrapping);
  const named = (keys: ReceivedKeys['wrapping']): NamedKey[] => keys.map(({ keyId, key }) => ({ keyId, bytes: Buffer.from(key, 'base64') }));
  const signer = settings.signers['audit-checkpoint'];
  return {
    wrapping: [...settings.wrapping, ...named(received.wrapping)],
    peppers: settings.peppers,
    receivedPeppers: named(received.peppers),
    signers: signer
      ? { ...settings.signers, 'audit-checkpoint': { ...signer, old: [...signer.old, ...received.checkpoints.map(readVerifyingKey)] } }
      : settings.signers,
  };
}

function readStored(path: string, wrapping: readonly NamedKey[]): ReceivedKeys {
  try {
    const { keyId, nonce, sealed } = JSON.parse(readFileSync(path, 'utf8')) as Record<'keyId' | 'nonce' | 'sealed', string>;
    const own = wrapping.find((key) => key.keyId === keyId);
    if (!own) throw new KeyConfigurationFault([`${path} is sealed under ${keyId}: is it missing from MEREAU_WRAPPING_KEYS_OLD?`]);
    return JSON.parse(open(derive(own.bytes, 'secret', PURPOSE), Buffer.from(nonce, 'base64'), Buffer.from(sealed, 'base64'))) as ReceivedKeys;
  } catch (error) {
    if (error instanceof KeyConfigurationFault) throw error;
    // The parser's own message would quote the file.
    throw new KeyConfigurationFault([`${path} does not open under the wrapping key: restore it, without it no voucher of before is recognised.`]);
  }
}
