// The key pair of this device. Its private half cannot be taken out of the browser, not even by this page.
import { base64url, bytesOf, sha256Hex } from './bytes.js';

export type SignedRequest = Readonly<{ method: string; path: string; key: string; timestamp: string; body: string }>;

/** What a device signs with each request: the same lines as redemption's, which a spec compares. */
export const requestText = async ({ method, path, key, timestamp, body }: SignedRequest): Promise<string> =>
  ['mereau-till-request-1', method, path, key, timestamp, await sha256Hex(bytesOf(body))].join('\n');

/** What it signs once, to show that it has the private half; the code without dashes, in capitals. */
export const enrolmentText = (code: string): string => ['mereau-device-enrolment-1', code].join('\n');

/** As redemption reads an enrolment code; undefined for what none looks like. */
export function readEnrolmentCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? code : undefined;
}

/** Ed25519, or P-256 in browsers that do not know it yet. */
export async function newKeyPair(): Promise<CryptoKeyPair> {
  try {
    return await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']) as CryptoKeyPair;
  } catch {
    return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  }
}

export async function signText(privateKey: CryptoKey, text: string): Promise<string> {
  const algorithm = privateKey.algorithm.name === 'ECDSA' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: privateKey.algorithm.name };
  return base64url(await crypto.subtle.sign(algorithm, privateKey, bytesOf(text)));
}

/** The public half, with no more than redemption takes. */
export async function publicJwk(publicKey: CryptoKey): Promise<JsonWebKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  return { kty, crv, x, ...(y !== undefined && { y }) } as JsonWebKey;
}
