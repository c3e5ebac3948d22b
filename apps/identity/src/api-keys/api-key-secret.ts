// The key itself: made here, shown once, and kept nowhere but as its hash. 256 random bits need no salt and no slow hash.
import { createHash, randomBytes } from 'node:crypto';

const PREFIX_BYTES = 5;
const SECRET_BYTES = 32;
const FORM = /^mereau_([0-9a-f]{10})_[\w-]{43}$/;

/** `prefix` is public, and part of the key: who finds one in a file can say which it is. */
export type NewKey = Readonly<{ key: string; prefix: string; sha256: Uint8Array<ArrayBuffer> }>;

export function makeKey(): NewKey {
  const prefix = randomBytes(PREFIX_BYTES).toString('hex');
  const key = `mereau_${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { key, prefix, sha256: sha256Of(key) };
}

/** Undefined when what was brought has not the form of a key. */
export const prefixOf = (brought: string): string | undefined => FORM.exec(brought)?.[1];

export const sha256Of = (key: string): Uint8Array<ArrayBuffer> => new Uint8Array(createHash('sha256').update(key).digest());
