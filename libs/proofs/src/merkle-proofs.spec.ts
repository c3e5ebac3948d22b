// Every proof of every log of up to 40 leaves, made by definition, is believed; and no other is.
import { describe, expect, it } from '@jest/globals';
import { leafHash, LeafTree, nodeHash } from './leaf-tree.js';
import { isConsistent, isIncluded } from './merkle-proofs.js';

const SIZE_MAX = 40;
const leaves = Array.from({ length: SIZE_MAX }, (_, at) => Buffer.from(`leaf ${at}`));

/** MTH, PATH and PROOF as RFC 6962 (2.1) defines them: slow, and plainly right. */
const splitOf = (count: number) => 2 ** Math.floor(Math.log2(count - 1));
const root = (over: readonly Buffer[]): Buffer => (over.length === 1 ? leafHash(over[0]!)
  : nodeHash(root(over.slice(0, splitOf(over.length))), root(over.slice(splitOf(over.length)))));
function path(at: number, over: readonly Buffer[]): string[] {
  if (over.length === 1) return [];
  const split = splitOf(over.length);
  const [left, right] = [over.slice(0, split), over.slice(split)];
  const [own, beside] = at < split ? [path(at, left), right] : [path(at - split, right), left];
  return [...own, root(beside).toString('hex')];
}
function proof(from: number, over: readonly Buffer[], isWhole = true): string[] {
  if (from === over.length) return isWhole ? [] : [root(over).toString('hex')];
  const split = splitOf(over.length);
  return from <= split
    ? [...proof(from, over.slice(0, split), isWhole), root(over.slice(split)).toString('hex')]
    : [...proof(from - split, over.slice(split), false), root(over.slice(0, split)).toString('hex')];
}
const rootOf = (size: number): string => root(leaves.slice(0, size)).toString('hex');
const changed = (hashes: readonly string[]): string[][] => hashes.map((_, at) => hashes.toSpliced(at, 1, 'ab'.repeat(32)));

describe('a proof of inclusion', () => {
  it('is believed for each leaf of each log, and for no other leaf, place, root or path', () => {
    for (let size = 1; size <= SIZE_MAX; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const right = { index, size, leaf: leaves[index]!, path: path(index, leaves.slice(0, size)), root: rootOf(size) };
        expect([size, index, isIncluded(right)]).toEqual([size, index, true]);
        expect(isIncluded({ ...right, leaf: Buffer.from('another') })).toBe(false);
        expect(isIncluded({ ...right, path: [...right.path, right.root] })).toBe(false);
        expect(isIncluded({ ...right, index: size })).toBe(false);
        for (const wrong of changed(right.path)) expect(isIncluded({ ...right, path: wrong })).toBe(false);
      }
    }
  });
});

describe('a proof of consistency', () => {
  it('is believed for each two sizes, and for no other root or path', () => {
    for (let to = 1; to <= SIZE_MAX; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const right = { from, to, fromRoot: rootOf(from), toRoot: rootOf(to), path: proof(from, leaves.slice(0, to)) };
        expect([from, to, isConsistent(right)]).toEqual([from, to, true]);
        expect(isConsistent({ ...right, fromRoot: 'ab'.repeat(32) })).toBe(false);
        expect(isConsistent({ ...right, toRoot: 'ab'.repeat(32) })).toBe(false);
        expect(isConsistent({ ...right, path: [...right.path, right.toRoot] })).toBe(false);
        for (const wrong of changed(right.path)) expect(isConsistent({ ...right, path: wrong })).toBe(false);
      }
    }
  });

  it('lets any log begin with nothing, and none with more than it has', () => {
    const empty = new LeafTree().root();
    expect(isConsistent({ from: 0, to: 5, fromRoot: empty, toRoot: rootOf(5), path: [] })).toBe(true);
    expect(isConsistent({ from: 0, to: 5, fromRoot: rootOf(5), toRoot: rootOf(5), path: [] })).toBe(false);
    expect(isConsistent({ from: 6, to: 5, fromRoot: rootOf(6), toRoot: rootOf(5), path: [] })).toBe(false);
  });
});
