// A code that is taken without a network is sealed to the server's public key at once: whoever steals the device reads nothing.
// ECDH on P-256 with a key for this one capture, HKDF-SHA-256, AES-256-GCM.
import { base64url, bytesOf, type Bytes } from './bytes.js';

export type OfflineKey = Readonly<{ keyId: string; publicKey: JsonWebKey; codesPerDeviceDayMax: number; capturedWithinHours: number }>;
export type Sealed = Readonly<{ keyId: string; ephemeralKey: string; iv: string; ciphertext: string }>;
export type SealedTo = Readonly<{ id: string; capturedAt: string }>;

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const PURPOSE = 'mereau-offline-code-1';

/** `code`: the eighteen characters without dashes. The id and the moment are bound to it, so that neither can be exchanged. */
export async function seal(code: string, { id, capturedAt }: SealedTo, { keyId, publicKey }: Pick<OfflineKey, 'keyId' | 'publicKey'>): Promise<Sealed> {
  const ephemeral = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const server = await crypto.subtle.importKey('jwk', publicKey, CURVE, false, []);
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, ephemeral.privateKey, 256);
  const key = await sealingKey(secret, id);
  const iv: Bytes = crypto.getRandomValues(new Uint8Array(12));
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(`${id}\n${capturedAt}`) }, key, bytesOf(code));
  const point = await crypto.subtle.exportKey('raw', ephemeral.publicKey);
  return { keyId, ephemeralKey: base64url(point), iv: base64url(iv), ciphertext: base64url(ciphertext) };
}

async function sealingKey(secret: ArrayBuffer, id: string): Promise<CryptoKey> {
  const master = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: bytesOf(`${PURPOSE}\n${id}`) };
  return crypto.subtle.deriveKey(how, master, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
}
