// The proof of a statement, told by audit behind a checkpoint and served beside the statement: a reader needs no second answer.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckpointPublishedV1, StatementsProvedV1 } from '#libs/contracts';
import { isIncluded, LeafTree, leafHash } from '#libs/proofs';
import { shown, SettlementWorld } from '../../../../test/builders/settlement-world.js';

type Shown = Readonly<{
  sha256: string; proof: Readonly<{ size: number; root: string; index: number; leaf: string; path: string[] }> | null }>;
type Row = Readonly<{ id: string; sha256: string }>;

let world: SettlementWorld;
let first: Row;
let second: Row;
beforeAll(async () => {
  world = await SettlementWorld.create();
  await world.owedPlace();
  await world.owedPlace(2_000);
  await world.closeStatements();
  [first, second] = await world.rows<Row>('select id::text, sha256 from settlement.statement order by id') as [Row, Row];
}, 60_000);
afterAll(() => world.close());

const leafOf = ({ id, sha256 }: Row) => JSON.stringify({ type: 'statement.closed.v1', body: { statementId: id, sha256 } });
const statement = async ({ id }: Row) => (await world.get(`statements/${shown('statement', id)}`)).body as unknown as Shown;
/** A log of these two leaves. */
const log = (one: string, other: string) => {
  const tree = new LeafTree();
  for (const leaf of [one, other]) tree.add(Buffer.from(leaf));
  return { size: 2, root: tree.root(), pathTo: [leafHash(Buffer.from(other)), leafHash(Buffer.from(one))].map((hash) => [hash.toString('hex')]) };
};
const sign = ({ size, root }: { size: number; root: string }) =>
  world.take(CheckpointPublishedV1, { ...CheckpointPublishedV1.sample, size, root });
const prove = (of: ReturnType<typeof log>, ...told: (readonly [Row, number, string])[]) => world.take(StatementsProvedV1, {
  size: of.size, root: of.root,
  proofs: told.map(([{ id }, index, leaf]) => ({ statementId: id, eventId: world.newId(), index, leaf, path: of.pathTo[index]! })),
});

describe('the proof of a statement', () => {
  it('is not there before the next checkpoint, and the statement says so', async () => {
    expect((await statement(first)).proof).toBeNull();
  });

  it('is kept under no root that was not told before', async () => {
    const forged = log(leafOf(first), 'another log');
    await expect(prove(forged, [first, 0, leafOf(first)])).rejects.toThrow(/is not the one that was told/);
    expect((await statement(first)).proof).toBeNull();
  });

  it('stands beside the statement from the checkpoint on, and convinces a stranger', async () => {
    const signed = log(leafOf(first), leafOf(second));
    await sign(signed);
    await prove(signed, [first, 0, leafOf(first)], [second, 1, leafOf(second)]);
    for (const one of [first, second]) {
      const { sha256, proof } = await statement(one);
      expect(proof).toMatchObject({ size: 2, root: signed.root });
      expect(isIncluded({ ...proof!, leaf: Buffer.from(proof!.leaf) })).toBe(true);
      expect((JSON.parse(proof!.leaf) as { body: { sha256: string } }).body.sha256).toBe(sha256);
    }
  });

  it('is kept under no other root of a size that was told', async () => {
    const forged = log('another log', leafOf(second));
    await expect(prove(forged, [second, 1, leafOf(second)])).rejects.toThrow(/is not the one that was told/);
  });

  it('stays the first that was told, and the others beside it are kept', async () => {
    const { proof } = await statement(first);
    const later = log(leafOf(first), 'later');
    await sign({ ...later, size: 2 });
    await prove(later, [first, 0, leafOf(first)]);
    expect(proof).not.toBeNull();
    expect((await statement(first)).proof).toEqual(proof);
  });

  it('of a statement with another digest is kept by nobody', async () => {
    const other = leafOf({ ...second, sha256: first.sha256 });
    const signed = log('a leaf', other);
    await sign(signed);
    await expect(prove(signed, [second, 1, other])).rejects.toThrow(/as it closed/);
  });
});
