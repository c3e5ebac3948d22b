// Behind each checkpoint settlement is told the proofs of the statements that it signed: each once, in messages of a bounded size.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROOFS_PER_MESSAGE, StatementClosedV1, StatementsProvedV1, type BodyOf } from '#libs/contracts';
import { isIncluded } from '#libs/proofs';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { ProofTeller } from './proof-teller.js';

type Told = BodyOf<typeof StatementsProvedV1>;
let world: AuditWorld;
let teller: ProofTeller;
beforeAll(async () => {
  world = await AuditWorld.create();
  teller = new ProofTeller(world.work);
});
afterAll(() => world.close());

async function close(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => world.newId());
  await world.take('settlement', ids.map((statementId) => ({ type: 'statement.closed.v1', body: { ...StatementClosedV1.sample, statementId } })));
  return ids;
}
const told = async (): Promise<Told[]> => (await world.admin.query<{ body: Told }>(`
  select m.message -> 'body' as body from audit.outbox, jsonb_array_elements(messages) with ordinality m(message, at)
  where m.message ->> 'type' = 'statements.proved.v1' order by outbox.id, m.at`)).rows.map(({ body }) => body);

describe('the proofs of statements', () => {
  it('wait for a checkpoint', async () => {
    await close(2);
    await world.seal();
    expect(await teller.tellProved()).toBe(0);
    expect(await told()).toEqual([]);
  });

  it('are told behind it, once, and hold under what it signed', async () => {
    const { body: { size, root } } = await world.post('checkpoints');
    expect([await teller.tellProved(), await teller.tellProved()]).toEqual([2, 0]);
    const [message, ...more] = await told();
    expect([message!.size, message!.root, message!.proofs.length, more]).toEqual([size, root, 2, []]);
    for (const { index, leaf, path, statementId } of message!.proofs) {
      expect(isIncluded({ index, leaf: Buffer.from(leaf), path, size: message!.size, root: message!.root })).toBe(true);
      expect(leaf).toContain(statementId);
    }
  });

  it('of many statements are told in parts, none twice and none left out', async () => {
    const ids = await close(PROOFS_PER_MESSAGE + 3);
    await world.post('checkpoints');
    const before = (await told()).length;
    expect(await teller.tellProved()).toBe(PROOFS_PER_MESSAGE + 3);
    const since = (await told()).slice(before);
    expect(since.map(({ proofs }) => proofs.length)).toEqual([PROOFS_PER_MESSAGE, 3]);
    expect(since.flatMap(({ proofs }) => proofs.map(({ statementId }) => statementId)).sort()).toEqual([...ids].sort());
    expect(await teller.tellProved()).toBe(0);
  });

  it('of long statements are told in more messages, one of them at least in each', async () => {
    const share = (n: number) => ({ programmeId: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`, sharingRuleVersion: 1, localCents: 1, nationalCents: 1 });
    const ids = [world.newId(), world.newId()];
    await world.take('settlement', ids.map((statementId) => ({
      type: 'statement.closed.v1', body: { ...StatementClosedV1.sample, statementId, commonsShares: Array.from({ length: 1_000 }, (_, n) => share(n)) },
    })));
    await world.post('checkpoints');
    const before = (await told()).length;
    expect(await teller.tellProved()).toBe(2);
    expect((await told()).slice(before).map(({ proofs }) => proofs.map(({ statementId }) => statementId))).toEqual(ids.map((id) => [id]));
  });
});
