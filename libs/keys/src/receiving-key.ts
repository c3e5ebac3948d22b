// Keys that change hands when an installation goes to another operator. They are sealed to the receiver's public key and, beside
// it, under a secret that the giver keeps until it lets go: neither of the two alone opens them (ADR 0059).
import {
  createCipheriv, createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { KeyFault } from './key-fault.js';

/** base64 each; the ephemeral key as SPKI. */
export type SealedKeys = Readonly<{ ephemeralKey: string; nonce: string; sealed: string }>;
export type ReceivingKey = Readonly<{ keyId: string; pem: string; privateKey: KeyObject }>;

const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const RELEASE_BYTES = 32;

/** The pair of 32 secret bytes; its public half may go anywhere. */
export function receivingKeyOf(secret: Uint8Array): ReceivingKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_X25519, secret]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return { keyId: receivingKeyId(publicKey), pem: publicKey.export({ format: 'pem', type: 'spki' }).toString(), privateKey };
}

/** Throws TypeError on anything but the public half of an X25519 key. */
export function readReceivingKey(pem: string): KeyObject {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'x25519' || pem.includes('PRIVATE')) throw new TypeError('not the public half of an X25519 key');
  return key;
}

/** RFC 7638 thumbprint, as for the keys that sign. */
export function receivingKeyId(publicKey: KeyObject): string {
  const { x } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(`{"crv":"X25519","kty":"OKP","x":"${x}"}`).digest('base64url');
}

export function sealTo(receiver: KeyObject, release: Uint8Array, text: string): SealedKeys {
  const ephemeral = generateKeyPairSync('x25519');
  const key = sharedKey(diffieHellman({ privateKey: ephemeral.privateKey, publicKey: receiver }), release, ephemeral.publicKey, receiver);
  const nonce = randomBytes(NONCE_BYTES);
  return {
    ephemeralKey: ephemeral.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    nonce: nonce.toString('base64'), sealed: seal(key, nonce, text).toString('base64'),
  };
}

/** Throws KeyFault: another receiver, another release, or altered bytes. They cannot be told apart. */
export function openSealed({ privateKey }: ReceivingKey, release: Uint8Array, { ephemeralKey, nonce, sealed }: SealedKeys): string {
  try {
    const ephemeral = createPublicKey({ key: Buffer.from(ephemeralKey, 'base64'), format: 'der', type: 'spki' });
    const key = sharedKey(diffieHellman({ privateKey, publicKey: ephemeral }), release, ephemeral, createPublicKey(privateKey));
    return open(key, Buffer.from(nonce, 'base64'), Buffer.from(sealed, 'base64'));
  } catch {
    throw new KeyFault('the keys do not open: they are sealed to another receiver, this is not their release, or they were altered');
  }
}

function sharedKey(shared: Buffer, release: Uint8Array, ephemeral: KeyObject, receiver: KeyObject): Buffer {
  const raw = (key: KeyObject): string => key.export({ format: 'jwk' }).x!;
  return Buffer.from(hkdfSync('sha256', shared, release, `mereau/cession/v1/${raw(ephemeral)}/${raw(receiver)}`, 32));
}

export function seal(key: Uint8Array, nonce: Uint8Array, text: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** Throws on a wrong key or altered bytes. */
export function open(key: Uint8Array, nonce: Uint8Array, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
}
