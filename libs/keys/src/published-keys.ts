// Keys that stand in a public text, and therefore protect nothing: our own for tests and examples, and the ones that
// people copy from standards or make from a word. Production refuses every one of them.
import { createHash } from 'node:crypto';

const hashOf = (word: string): Buffer => createHash('sha256').update(word).digest();

const PKCS8_ED25519 = '302e020100300506032b657004220420';

/** The seed of an Ed25519 key in the form that `MEREAU_SIGNING_KEY` takes. */
function signingKeyOf(seed: Buffer): string {
  const der = Buffer.concat([Buffer.from(PKCS8_ED25519, 'hex'), seed]).toString('base64');
  return Buffer.from(`-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`).toString('base64');
}

const TEST_WRAPPING_KEY = hashOf('mereau: published wrapping key, for tests');
const TEST_SIGNING_SEED = hashOf('mereau: published signing key, for tests');
const TEST_CHECKPOINT_SEED = hashOf('mereau: published checkpoint key, for tests');

/** A whole set for specs, benchmarks and examples: the same codes and tokens everywhere and every time. */
export const PUBLISHED_KEYS = {
  MEREAU_WRAPPING_KEY_ID: 'published',
  MEREAU_WRAPPING_KEY: TEST_WRAPPING_KEY.toString('base64'),
  MEREAU_SIGNING_KEY: signingKeyOf(TEST_SIGNING_SEED),
  MEREAU_CHECKPOINT_SIGNING_KEY: signingKeyOf(TEST_CHECKPOINT_SEED),
} as const;

const WORDS = ['', 'secret', 'password', 'changeme', 'change-me', 'change me', 'mereau', 'test', 'development', 'key'];

const OURS = [TEST_WRAPPING_KEY, TEST_SIGNING_SEED, TEST_CHECKPOINT_SEED];

const PUBLISHED: ReadonlySet<string> = new Set([
  ...[...OURS, ...WORDS.map(hashOf)].map((key) => key.toString('hex')),
  // The first three test vectors of RFC 8032; the first is also the example key of RFC 8037 (JOSE).
  '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
]);

const DISTINCT_BYTES_MIN = 16; // 32 random bytes hold 30 distinct values on average; fewer than 16 does not happen

/** Why these 32 bytes were typed, copied or counted, not drawn; undefined when nothing speaks against them. */
export function weaknessOf(key: Uint8Array): string | undefined {
  const steps = new Set(key.slice(1).map((byte, at) => byte - (key[at] ?? 0)));
  if (new Set(key).size === 1) return 'has all bytes equal';
  if (steps.size === 1) return 'counts up or down';
  if (PUBLISHED.has(Buffer.from(key).toString('hex'))) return 'is published, so everybody has it';
  if (key.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'is text that somebody typed, not random bytes';
  if (new Set(key).size < DISTINCT_BYTES_MIN) return 'repeats itself';
  return undefined;
}
