import { createHash } from 'node:crypto';

/**
 * An id that follows from a key and a word: a UUIDv7 with the time of the key and, where chance would stand, a digest of both.
 * So the same request always names the same ids.
 */
export function derivedId(key: string, word: string | number): string {
  const digest = createHash('sha256').update(`${key}:${word}`).digest('hex');
  const variant = '89ab'[Number.parseInt(digest[3]!, 16) % 4]!;
  return `${key.slice(0, 13)}-7${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`;
}
