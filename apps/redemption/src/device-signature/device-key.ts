// The public key of a device, as WebCrypto exports it (JWK), and what its signatures are over.
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/**
 * 32 bytes in base64url, written in their one way: two bits of the last character say nothing, and a key that was revoked would come
 * back by another thumbprint.
 */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'expected 32 bytes in base64url')
  .refine((text) => Buffer.from(text, 'base64url').toString('base64url') === text, 'expected unused bits of zero');
/** Written by browsers beside the key; nothing is read from it. */
const said = { alg: z.string().max(20).optional(), ext: z.boolean().optional(), key_ops: z.array(z.string().max(20)).max(4).optional(), use: z.literal('sig').optional() };

export const publicKeyIn = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate, ...said }),
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate, ...said }),
]).describe('JWK of an Ed25519 or a P-256 key, public half only');

/** Its members in the order of RFC 7638, without what browsers write beside. */
export type DeviceJwk = Readonly<{ crv: 'Ed25519'; kty: 'OKP'; x: string } | { crv: 'P-256'; kty: 'EC'; x: string; y: string }>;

export const jwkOf = (key: z.output<typeof publicKeyIn>): DeviceJwk => (key.kty === 'OKP'
  ? { crv: key.crv, kty: key.kty, x: key.x } : { crv: key.crv, kty: key.kty, x: key.x, y: key.y });

export const thumbprintOf = (jwk: DeviceJwk): string => createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');

/** Undefined where the coordinates are no point of the curve. */
export function keyOf(jwk: DeviceJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** What a device signs with each request, line by line; the first says what for, so that no signature means two things. */
export const requestText = (request: Readonly<{ method: string; path: string; key: string; timestamp: string; body: Buffer }>): string => [
  'mereau-till-request-1', request.method, request.path, request.key, request.timestamp,
  createHash('sha256').update(request.body).digest('hex'),
].join('\n');

/** What it signs once, to show that it has the private half. */
export const enrolmentText = (code: string): string => ['mereau-device-enrolment-1', code].join('\n');

/** As WebCrypto signs: Ed25519 as it is, P-256 over SHA-256 with the two numbers one after the other. */
export function isSignedBy(key: KeyObject, text: string, signature: Buffer): boolean {
  const bytes = Buffer.from(text);
  return key.asymmetricKeyType === 'ed25519' ? verify(null, bytes, key, signature)
    : verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
}
