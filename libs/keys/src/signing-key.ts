// Ed25519 keys that sign what others verify. A key's id is the RFC 7638 thumbprint of its public half, so that nobody
// has to choose one, and two keys cannot share one.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What a key may sign. Each has its own key: who can close an audit checkpoint cannot mint a token. */
export const SIGNING_PURPOSES = ['identity-token', 'audit-checkpoint'] as const;
export type SigningPurpose = (typeof SIGNING_PURPOSES)[number];

export type PublicJwk = Readonly<{ kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; alg: 'EdDSA'; use: 'sig' }>;
export type JsonWebKeySet = Readonly<{ keys: readonly PublicJwk[] }>;
export type VerifyingKey = Readonly<{ keyId: string; publicKey: KeyObject; jwk: PublicJwk }>;
export type SigningKey = VerifyingKey & Readonly<{ privateKey: KeyObject }>;

function verifyingKey(publicKey: KeyObject): VerifyingKey {
  const { x } = publicKey.export({ format: 'jwk' });
  if (publicKey.asymmetricKeyType !== 'ed25519' || !x) throw new TypeError('not an Ed25519 key');
  const keyId = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
  return { keyId, publicKey, jwk: { kty: 'OKP', crv: 'Ed25519', x, kid: keyId, alg: 'EdDSA', use: 'sig' } };
}

/** Reads base64 of a PKCS#8 PEM (`openssl genpkey -algorithm ed25519 | base64 -w0`). Throws on anything else. */
export function readSigningKey(base64Pem: string): SigningKey {
  const pem = Buffer.from(base64Pem, 'base64').toString('latin1');
  if (!pem.includes('-----BEGIN PRIVATE KEY-----')) throw new TypeError('not base64 of a PKCS#8 PEM');
  const privateKey = createPrivateKey(pem);
  return { ...verifyingKey(createPublicKey(privateKey)), privateKey };
}

/** Reads the key of a past signature: base64 of a PEM, public or private. Only its public half is kept. */
export function readVerifyingKey(base64Pem: string): VerifyingKey {
  return verifyingKey(createPublicKey(Buffer.from(base64Pem, 'base64').toString('latin1')));
}

/** A new key in the form that `readSigningKey` reads. */
export function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()).toString('base64');
}
