// Proofs over HTTP, checked by somebody who knows only the RFC.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditWorld, OPERATOR } from '../../../../test/builders/audit-world.js';
import { isConsistent, isIncluded, rootOf, type ConsistencyProof, type InclusionProof } from '../../../../test/builders/stranger.js';

let world: AuditWorld;
let ids: string[];
const sizes: number[] = [];
const take = (count: number) => world.take('redemption', Array.from({ length: count }, (_, number) => ({ type: 'test.said.v1', body: { number } })));
beforeAll(async () => {
  world = await AuditWorld.create();
  ids = [];
  for (const count of [1, 6, 13]) {
    ids.push(...await take(count));
    sizes.push(Number((await world.post('checkpoints')).body['size']));
  }
});
afterAll(async () => { await world.close(); });

const inclusion = async (id: string, query = '') => (await world.get(`events/evt_${id}/inclusion${query}`)).body as unknown as InclusionProof & { checkpoint: { note: string } | null };

describe('a proof that an event is in the log', () => {
  it('convinces a stranger, for every event and every size that has it', async () => {
    const roots = new Map<number, Set<string>>();
    for (const [index, id] of ids.entries()) {
      for (const size of [...sizes, 11].filter((size) => size > index)) {
        const proof = await inclusion(id, `?size=${size}`);
        expect([index, size, proof.index, isIncluded(proof)]).toEqual([index, size, index, true]);
        expect(proof.leaf).toContain(id);
        roots.set(size, (roots.get(size) ?? new Set()).add(proof.root));
      }
    }
    expect([...roots.values()].map((found) => found.size)).toEqual([1, 1, 1, 1]);
    const leaves = await Promise.all(ids.map(async (id) => (await inclusion(id)).leaf));
    expect(roots.get(20)).toEqual(new Set([rootOf(leaves)]));
  });

  it('comes with the newest checkpoint when no size is asked for', async () => {
    const proof = await inclusion(ids[3]!);
    expect(proof.size).toBe(20);
    expect(proof.checkpoint!.note).toContain(`\n20\n${Buffer.from(proof.root, 'hex').toString('base64')}\n`);
    expect((await inclusion(ids[3]!, '?size=11')).checkpoint).toBeNull();
  });

  it('is refused where there is none', async () => {
    const [late] = await take(1);
    const code = async (path: string) => (await world.get(path)).body.code;
    expect(await code(`events/evt_${late}/inclusion`)).toBe('event_not_in_log');
    await world.seal();
    expect(await code(`events/evt_${late}/inclusion`)).toBe('event_not_in_log');
    expect(isIncluded(await inclusion(late!, '?size=21'))).toBe(true);
    expect(await code(`events/evt_${ids[5]}/inclusion?size=5`)).toBe('event_not_in_log');
    expect(await code(`events/evt_${ids[5]}/inclusion?size=22`)).toBe('log_shorter');
    expect(await code(`events/evt_${world.newId()}/inclusion`)).toBe('event_not_found');
    expect((await world.get(`events/evt_${ids[5]}/inclusion?size=0`)).status).toBe(400);
    expect((await world.get(`events/evt_${ids[5]}/inclusion`, OPERATOR)).status).toBe(403);
  });
});

describe('a proof that the log only grew', () => {
  it('convinces a stranger who has two checkpoints', async () => {
    for (const from of sizes) {
      const proof = (await world.get(`consistency?from=${from}`, null)).body as unknown as ConsistencyProof;
      expect([from, proof.to, isConsistent(proof)]).toEqual([from, 20, true]);
      expect(isConsistent({ ...proof, fromRoot: rootOf(['other']) })).toBe(false);
    }
    const between = (await world.get('consistency?from=7&to=11', null)).body as unknown as ConsistencyProof;
    expect(isConsistent(between)).toBe(true);
  });

  it('is refused beyond the log', async () => {
    expect((await world.get('consistency?from=7&to=99', null)).body.code).toBe('log_shorter');
    expect((await world.get('consistency?from=21&to=20', null)).body.code).toBe('log_shorter');
    expect((await world.get('consistency?from=0&to=20', null)).status).toBe(400);
  });
});
