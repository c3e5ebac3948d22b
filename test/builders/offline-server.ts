// The server's side of the offline queue as its contract has it: a key that tills seal codes to, and how a capture is opened.
import { createDecipheriv, createECDH, hkdfSync, type ECDH } from 'node:crypto';

export type Sealed = Readonly<{ keyId: string; ephemeralKey: string; iv: string; ciphertext: string }>;
export type Capture = Readonly<{ id: string; capturedAt: string; sealed: Sealed }>;

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

/** A key pair, and what `GET /redemption/offline-key` tells of it. */
export function newServerKey() {
  const pair = createECDH('prime256v1');
  const point = pair.generateKeys();
  const publicKey = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  return { pair, offlineKey: { keyId: 'key-1', publicKey, codesPerDeviceDayMax: 20, capturedWithinHours: 72 } };
}

/** The eighteen characters, by node:crypto alone. Throws for another id, moment or key. */
export function opened({ id, capturedAt, sealed: { ephemeralKey, iv, ciphertext } }: Capture, pair: ECDH): string {
  const key = Buffer.from(hkdfSync('sha256', pair.computeSecret(bytes(ephemeralKey)), Buffer.alloc(32), `mereau-offline-code-1\n${id}`, 32));
  const sealed = bytes(ciphertext);
  const opener = createDecipheriv('aes-256-gcm', key, bytes(iv)).setAAD(Buffer.from(`${id}\n${capturedAt}`)).setAuthTag(sealed.subarray(-16));
  return opener.update(sealed.subarray(0, -16)).toString() + opener.final().toString();
}
