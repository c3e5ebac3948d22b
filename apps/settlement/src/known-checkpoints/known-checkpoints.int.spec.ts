// Checkpoints as audit tells them, kept by somebody else: an honest chain is quiet, and one that was made anew lets no money go.
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckpointPublishedV1, type BodyOf } from '#libs/contracts';
import { EMPTY_ROOT, LeafTree, leafHash } from '#libs/proofs';
import type { MessagingLifecycle } from '#libs/service';
import { SettlementWorld } from '../../../../test/builders/settlement-world.js';

type Told = BodyOf<typeof CheckpointPublishedV1>;
const leaves = ['a', 'b', 'c'].map((leaf) => Buffer.from(leaf));
const rootOf = (over: readonly Buffer[]): string => {
  const tree = new LeafTree();
  for (const leaf of over) tree.add(leaf);
  return tree.root();
};
const hex = (leaf: Buffer): string => leafHash(leaf).toString('hex');
const checkpoint = (size: number, root: string, follows: Told['follows']): Told => ({ ...CheckpointPublishedV1.sample, size, root, follows });

const FIRST = checkpoint(1, rootOf(leaves.slice(0, 1)), { size: 0, root: EMPTY_ROOT, path: [] });
const SECOND = checkpoint(2, rootOf(leaves.slice(0, 2)), { size: 1, root: FIRST.root, path: [hex(leaves[1]!)] });
const THIRD = checkpoint(3, rootOf(leaves), { size: 2, root: SECOND.root, path: [hex(leaves[2]!)] });

let world: SettlementWorld;
beforeEach(async () => {
  await world?.close();
  world = await SettlementWorld.create();
}, 60_000);
afterAll(() => world?.close());

const tell = async (...told: Told[]) => { for (const body of told) await world.take(CheckpointPublishedV1, body); };
/** What settlement finds of its own, as it tells it to itself and to audit. */
async function found(): Promise<string[]> {
  await (world.lifecycle as MessagingLifecycle).checkInvariants();
  const { broken } = { broken: (await world.inspector.query<{ message: { body: { invariant: string; rowNamed: string } } }>(
    `select m.message from settlement.outbox, jsonb_array_elements(messages) m(message) where m.message ->> 'type' = 'invariant.broken.v1'`)).rows };
  return broken.map(({ message: { body } }) => `${body.invariant} ${body.rowNamed}`).sort();
}

describe('checkpoints that settlement was told of', () => {
  it('that follow each other stop nothing, in whatever order they come', async () => {
    await tell(FIRST, THIRD, SECOND);
    expect(await found()).toEqual([]);
  });

  it('of before proofs were told stop nothing', async () => {
    const { follows: _first, ...first } = FIRST;
    const { follows: _second, ...second } = SECOND;
    await tell(first, second, THIRD);
    expect(await found()).toEqual([]);
  });

  it.each<[string, () => Told[], string]>([
    ['with a proof that does not hold', () => [FIRST, { ...SECOND, follows: { ...SECOND.follows!, path: ['ab'.repeat(32)] } }], 'A8 checkpoint:2'],
    ['that begin anew, as if nothing had been signed before', () => [FIRST, checkpoint(3, rootOf(leaves.toReversed()), { size: 0, root: EMPTY_ROOT, path: [] })], 'A8 checkpoint:3'],
    ['that go back to an older one', () => [FIRST, SECOND, checkpoint(3, rootOf([leaves[0]!, leaves[2]!, leaves[1]!]), {
      size: 1, root: FIRST.root, path: [hex(leaves[2]!), hex(leaves[1]!)],
    })], 'A8 checkpoint:3'],
    ['of one size with two roots', () => [FIRST, SECOND, checkpoint(2, rootOf([leaves[0]!, leaves[2]!]), { size: 1, root: FIRST.root, path: [hex(leaves[2]!)] })], 'A8 checkpoint:2'],
    ['that follow one of another root than was told', () => [FIRST, SECOND, checkpoint(3, rootOf([leaves[0]!, leaves[2]!, leaves[1]!]), {
      size: 2, root: rootOf([leaves[0]!, leaves[2]!]), path: [hex(leaves[1]!)],
    })], 'A8 checkpoint:3'],
  ])('%s are a broken invariant, which lets no money go', async (_what, told, wanted) => {
    await tell(...told());
    expect(await found()).toEqual([wanted]);
  });
});
