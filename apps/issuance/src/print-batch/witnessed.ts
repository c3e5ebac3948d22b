import { createHash } from 'node:crypto';
import type { Digest } from './print-file.store.js';

/**
 * The same pieces, one piece late: the last one leaves only after `note` has the digest of all. Not called for a file
 * whose reader went away before its end.
 */
export async function* witnessed(
  pieces: AsyncIterable<Uint8Array>, note: (digest: Digest) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let byteCount = 0;
  let held: Uint8Array | undefined;
  for await (const piece of pieces) {
    if (held) yield held;
    held = piece;
    hash.update(piece);
    byteCount += piece.length;
  }
  await note({ sha256: hash.digest('hex'), byteCount });
  if (held) yield held;
}
