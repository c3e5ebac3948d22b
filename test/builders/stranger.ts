// Somebody who has only the RFC: checks proofs as RFC 9162 (2.1.3.2, 2.1.4.2) writes them down, and shares no code with
// the log that makes them.
import { createHash } from 'node:crypto';

const sha256 = (...parts: (string | Buffer)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const node = (left: Buffer, right: Buffer): Buffer => sha256('\x01', left, right);
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** MTH, by its definition: slow, and plainly right. */
export function rootOf(leaves: readonly string[]): string {
  const over = (hashes: readonly Buffer[]): Buffer => {
    if (hashes.length === 0) return sha256('');
    if (hashes.length === 1) return hashes[0]!;
    const split = 2 ** Math.floor(Math.log2(hashes.length - 1));
    return node(over(hashes.slice(0, split)), over(hashes.slice(split)));
  };
  return over(leaves.map((leaf) => sha256('\x00', leaf))).toString('hex');
}

export type InclusionProof = Readonly<{ index: number; size: number; leaf: string; path: readonly string[]; root: string }>;

export function isIncluded({ index, size, leaf, path, root }: InclusionProof): boolean {
  if (index >= size) return false;
  let [fn, sn, r] = [index, size - 1, sha256('\x00', leaf)];
  for (const p of path.map(bytes)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = node(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      r = node(r, p);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && r.toString('hex') === root;
}

export type ConsistencyProof = Readonly<{ from: number; to: number; fromRoot: string; toRoot: string; path: readonly string[] }>;

export function isConsistent({ from, to, fromRoot, toRoot, path }: ConsistencyProof): boolean {
  if (from === to) return path.length === 0 && fromRoot === toRoot;
  const isPower = Number.isInteger(Math.log2(from));
  const [first, ...rest] = (isPower ? [fromRoot, ...path] : path).map(bytes);
  if (!first) return false;
  let [fn, sn, fr, sr] = [from - 1, to - 1, first, first];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  for (const c of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [node(c, fr), node(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      sr = node(sr, c);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && fr.toString('hex') === fromRoot && sr.toString('hex') === toRoot;
}
