// The SQL of the hashes of the tree: leaves are level 0, nodes the levels above. Every eighth level is stored, the others follow from it.
import { assert } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { joined, type TreeNode } from './hash-tree.js';
import { consistencyRanges, inclusionRanges, subtreesOf, type Range, type Subtree } from './subtrees.js';

/** In the order asked for. Throws AssertionFault when one is missing. */
async function readNodes(sql: Sql, wanted: readonly Subtree[]): Promise<TreeNode[]> {
  if (wanted.length === 0) return [];
  const [levels, positions] = [wanted.map(({ level }) => level), wanted.map(({ position }) => position)];
  const rows = await sql.$queryRaw<{ hash: string | null }[]>`
    select encode(audit.subtree_hash(w.level, w.position), 'hex') as hash
    from unnest(${levels}::int[], ${positions}::bigint[]) with ordinality as w(level, position, place) order by w.place`;
  return wanted.map(({ level, position }, at) => {
    const hash = rows[at]?.hash;
    assert(hash, `the log has no hash at level ${level}, position ${position}`);
    return { level, position, hash: Buffer.from(hash, 'hex') };
  });
}

/** The hash over each range; all of them in one question. */
export async function hashesOver(sql: Sql, ranges: readonly Range[]): Promise<Buffer[]> {
  const parts = ranges.map(subtreesOf);
  const nodes = await readNodes(sql, parts.flat());
  return parts.map((part) => joined(nodes.splice(0, part.length).map(({ hash }) => hash)));
}

/** For each place in the log of a size the proof that what stands there is in it, hex; all in one question. */
export const inclusionPaths = (sql: Sql, indexes: readonly number[], size: number): Promise<string[][]> =>
  pathsOver(sql, indexes.map((index) => inclusionRanges(index, size)));

/** For each pair of sizes the proof that the log of the first is the beginning of that of the second, hex; all in one question. */
export const consistencyPaths = (sql: Sql, pairs: readonly Readonly<{ from: number; to: number }>[]): Promise<string[][]> =>
  pathsOver(sql, pairs.map(({ from, to }) => consistencyRanges(from, to)));

async function pathsOver(sql: Sql, paths: readonly (readonly Range[])[]): Promise<string[][]> {
  const hashes = await hashesOver(sql, paths.flat());
  return paths.map((own) => hashes.splice(0, own.length).map((hash) => hash.toString('hex')));
}

/** `size` is above 0 and at most that of the log. */
export async function rootAt(sql: Sql, size: number): Promise<Buffer> {
  const [root] = await hashesOver(sql, [{ first: 0, end: size }]);
  return root!;
}
