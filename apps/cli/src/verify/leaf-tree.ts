// The root over leaves, one after the other (RFC 6962). Written for the verifier alone: it must not share a mistake with
// the log that it checks.
import { createHash } from 'node:crypto';

const digest = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export class LeafTree {
  /** Full subtrees from the left, each larger than the next. */
  private readonly stack: { hash: Buffer; leaves: number }[] = [];
  size = 0;

  /** Returns the hash of the leaf, hex. */
  add(bytes: Uint8Array): string {
    const leaf = digest(LEAF, bytes);
    let right = { hash: leaf, leaves: 1 };
    for (let left = this.stack.at(-1); left?.leaves === right.leaves; left = this.stack.at(-1)) {
      right = { hash: digest(NODE, left.hash, right.hash), leaves: left.leaves * 2 };
      this.stack.pop();
    }
    this.stack.push(right);
    this.size += 1;
    return leaf.toString('hex');
  }

  root(): string {
    const hashes = this.stack.map(({ hash }) => hash);
    const top = hashes.length > 0 ? hashes.reduceRight((right, left) => digest(NODE, left, right)) : digest();
    return top.toString('hex');
  }
}
