// Checks proofs of the log as RFC 9162 (2.1.3.2 and 2.1.4.2) writes it down. Hashes are hex.
import { EMPTY_ROOT, leafHash, nodeHash } from './leaf-tree.js';

/** Numbers of leaves go beyond what a shift of 32 bits can halve. */
const half = (number: number): number => Math.floor(number / 2);
const isOdd = (number: number): boolean => number % 2 === 1;
const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

export type Inclusion = Readonly<{ index: number; size: number; leaf: Uint8Array; path: readonly string[]; root: string }>;

/** True when the leaf is at this place in the log of this size and root. */
export function isIncluded({ index, size, leaf, path, root }: Inclusion): boolean {
  if (index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leafHash(leaf)];
  for (const beside of path.map(bytesOf)) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = nodeHash(beside, hash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, beside);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hash.toString('hex') === root;
}

export type Consistency = Readonly<{ from: number; to: number; fromRoot: string; toRoot: string; path: readonly string[] }>;

/** True when the log of the first size and root is the beginning of the log of the second. Any log begins with nothing. */
export function isConsistent({ from, to, fromRoot, toRoot, path }: Consistency): boolean {
  if (from === 0) return path.length === 0 && fromRoot === EMPTY_ROOT;
  if (from > to) return false;
  if (from === to) return path.length === 0 && fromRoot === toRoot;
  const [first, ...rest] = (Number.isInteger(Math.log2(from)) ? [fromRoot, ...path] : path).map(bytesOf);
  if (!first) return false;
  let [at, last, older, newer] = [from - 1, to - 1, first, first];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  for (const beside of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      [older, newer] = [nodeHash(beside, older), nodeHash(beside, newer)];
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newer = nodeHash(newer, beside);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && older.toString('hex') === fromRoot && newer.toString('hex') === toRoot;
}
