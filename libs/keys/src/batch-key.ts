// A batch key makes every code of its batch. It is drawn at random, stored only wrapped by a key that the database does
// not hold, and destroyed when the last range is delivered: after that a lost voucher is replaced, never reprinted.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KeyFault } from './key-fault.js';

export type BatchKey = Buffer & { readonly __secret: 'batch key' };
export type WrappedKey = Readonly<{ keyId: string; wrapped: Uint8Array }>;

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const WRAPPED_BYTES = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES;

export const newBatchKey = (): BatchKey => randomBytes(KEY_BYTES) as BatchKey;

/** Format byte, nonce, AES-256-GCM of the key, tag; the key id is authenticated with them. */
export function wrapKey(wrappingKey: Uint8Array, keyId: string, key: BatchKey): WrappedKey {
  if (key.length !== KEY_BYTES) throw new RangeError(`a batch key has ${KEY_BYTES} bytes`);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce);
  cipher.setAAD(Buffer.from(keyId));
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  return { keyId, wrapped: Buffer.concat([Buffer.of(FORMAT), nonce, sealed, cipher.getAuthTag()]) };
}

/** Throws KeyFault when the bytes were not made by this key under this id. */
export function unwrapKey(wrappingKey: Uint8Array, { keyId, wrapped }: WrappedKey): BatchKey {
  const bytes = Buffer.from(wrapped);
  if (bytes.length !== WRAPPED_BYTES || bytes[0] !== FORMAT) throw new KeyFault('these bytes are no wrapped batch key');
  const tagAt = WRAPPED_BYTES - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, bytes.subarray(1, 1 + NONCE_BYTES));
  decipher.setAAD(Buffer.from(keyId));
  decipher.setAuthTag(bytes.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES, tagAt)), decipher.final()]) as BatchKey;
  } catch {
    throw new KeyFault(`a batch key does not open with ${keyId}: another key under that id, or altered bytes`);
  }
}
