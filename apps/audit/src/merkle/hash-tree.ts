// The hashes over hashes of RFC 6962, of which a proof is put together. The tree itself grows in the database (ADR 0066).
import { createHash } from 'node:crypto';
import { assert } from '#libs/kernel';
import type { Subtree } from './subtrees.js';

const NODE = Buffer.from([1]);

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** The hash over subtrees of falling size, side by side. There is at least one. */
export function joined(hashes: readonly Buffer[]): Buffer {
  assert(hashes.length > 0, 'a tree without leaves is not asked for');
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

export type TreeNode = Subtree & Readonly<{ hash: Buffer }>;
