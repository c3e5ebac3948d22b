// The tree against the definition of RFC 6962 and a verifier that shares no code with it, over every small size.
import { describe, expect, it } from '@jest/globals';
import { isConsistent, isIncluded, rootOf } from '../../../../test/builders/stranger.js';
import { joined, type TreeNode } from './hash-tree.js';
import { consistencyRanges, inclusionRanges, subtreesOf, type Range, type Subtree } from './subtrees.js';

const SIZE = 65;
const leaves = Array.from({ length: SIZE }, (_, at) => `leaf ${at}`);
const roots: string[] = Array.from({ length: SIZE + 1 }, (_, size) => rootOf(leaves.slice(0, size)));

/** The tree over a power of two of leaves, as its definition has it. */
const nodeOf = ({ level, position }: Subtree): TreeNode => (
  { level, position, hash: Buffer.from(rootOf(leaves.slice(position * 2 ** level, (position + 1) * 2 ** level)), 'hex') });
const nodesOf = (range: Range): TreeNode[] => subtreesOf(range).map(nodeOf);
const hashOver = (range: Range): string => joined(nodesOf(range).map(({ hash }) => hash)).toString('hex');

describe('the tree', () => {
  it('has the roots that RFC 6962 defines', () => {
    expect(roots.slice(1)).toEqual(Array.from({ length: SIZE }, (_, before) => hashOver({ first: 0, end: before + 1 })));
  });

  it('proves every leaf in every size, with a logarithm of hashes, to somebody who knows only the RFC', () => {
    for (let size = 1; size <= SIZE; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const path = inclusionRanges(index, size).map(hashOver);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        const proof = { index, size, leaf: leaves[index]!, path, root: roots[size]! };
        expect([index, size, isIncluded(proof)]).toEqual([index, size, true]);
        expect(isIncluded({ ...proof, leaf: 'another' })).toBe(false);
        if (size > 1) expect(isIncluded({ ...proof, index: (index + 1) % size })).toBe(false);
      }
    }
  });

  it('proves every size to be the beginning of every later one, and no other tree to be', () => {
    for (let to = 1; to <= SIZE; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const path = consistencyRanges(from, to).map(hashOver);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(to)) + 1);
        const proof = { from, to, fromRoot: roots[from]!, toRoot: roots[to]!, path };
        expect([from, to, isConsistent(proof)]).toEqual([from, to, true]);
        expect(isConsistent({ ...proof, fromRoot: roots[from - 1]! })).toBe(false);
      }
    }
  });
});
