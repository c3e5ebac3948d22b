// The hashes of RFC 6962: a leaf and a node can never be taken for each other. And a tree that grows at its right edge.
import { createHash } from 'node:crypto';
import { assert } from '#libs/kernel';
import type { Subtree } from './subtrees.js';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export const leafHash = (text: string): Buffer => createHash('sha256').update(LEAF).update(text).digest();
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** The hash over subtrees of falling size, side by side. There is at least one. */
export function joined(hashes: readonly Buffer[]): Buffer {
  assert(hashes.length > 0, 'a tree without leaves is not asked for');
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

export type TreeNode = Subtree & Readonly<{ hash: Buffer }>;

/** Knows the right edge only, one hash per level at most: memory does not grow with the log. */
export class GrowingTree {
  /** By level: the full subtree that waits for a neighbour. */
  private readonly edge: (Buffer | undefined)[] = [];

  /** `edge`: the full subtrees of the tree so far (`subtreesOf`), with their hashes. */
  constructor(private leaves: number, edge: readonly TreeNode[]) {
    for (const { level, hash } of edge) this.edge[level] = hash;
  }

  get size(): number {
    return this.leaves;
  }

  /** Adds a leaf and returns the subtrees that it completes, the lowest first. */
  add(leaf: Buffer): TreeNode[] {
    const completed: TreeNode[] = [];
    let hash = leaf;
    let level = 0;
    for (let waiting = this.edge[0]; waiting; waiting = this.edge[level]) {
      this.edge[level] = undefined;
      level += 1;
      hash = nodeHash(waiting, hash);
      completed.push({ level, position: Math.floor(this.leaves / 2 ** level), hash });
    }
    this.edge[level] = hash;
    this.leaves += 1;
    return completed;
  }

  root(): Buffer {
    return joined([...this.edge].reverse().filter((hash) => hash !== undefined));
  }
}
