import { createHmac } from 'node:crypto';
import type { Keyring } from '#libs/keys';
import type { HashIban } from './read-entries.js';

const MAC_BYTES = 16;

/**
 * `<key id>.<128 bits>`: tells whether two credits came from one account, and tells nobody which. The key id stands in
 * front, because the key changes when the wrapping key does.
 */
export function hashIbanWith(keyring: Keyring): HashIban {
  const secret = keyring.deriveSecret('iban-mac');
  return (iban) => `${keyring.wrappingKeyId}.${createHmac('sha256', secret).update(iban).digest().subarray(0, MAC_BYTES).toString('base64url')}`;
}
