// The hash that an event is kept with: the same whether this process computes it or the database does, over what was stored.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contractOf, SERVICES, typesFor, type Envelope } from '#libs/contracts';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { leafOf } from '../seal-events/leaf.js';
import { keepEvents } from './event.store.js';

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(async () => { await world.close(); });

/** Of each event that is kept: its hash, and what the database makes of the row. */
async function hashes(): Promise<{ kept: string; computed: string }[]> {
  const { rows } = await world.admin.query<{ kept: string; computed: string }>(`
    select encode(e.leaf_hash, 'hex') as kept, encode(sha256('\\x00'::bytea || convert_to(audit.canonical_json(audit.leaf_json(e)), 'UTF8')), 'hex') as computed
    from audit.event e order by e.sender, e.seq`);
  return rows;
}
const keep = (messages: readonly Envelope[]): Promise<void> => world.work.transaction(
  { actor: { kind: 'service', id: 'issuance' }, correlationId: 'test', causationId: null }, (tx) => keepEvents(tx, 'issuance', messages));

describe('the hash of a kept event', () => {
  it('is that of its row, for the sample of every message there is and for what JSON allows', async () => {
    const odd = [
      null, [], {}, 'text', 0, -0, 1e-6, 1.5, 123456789012345680000, { b: 1, a: { d: null, c: [true, { f: 'é\u2028"\\/\u0001', e: '' }] } },
      { 'Z': 1, 'a': 2, '_': 3, '10': 4, '9': 5 }, { text: '😀 é e\u0301', zero: 0.0, tiny: 0.000125 },
    ];
    const types = [...new Set(SERVICES.flatMap((service) => typesFor(service)))];
    const samples = types.map((type) => world.envelope('issuance', type, JSON.parse(JSON.stringify(contractOf(type)!.sample))));
    const messages = [...samples, ...odd.map((body) => world.envelope('issuance', 'test.said.v1', body))];
    await keep(messages);
    const found = await hashes();
    expect(found).toHaveLength(messages.length);
    expect(found.map(({ kept }) => kept)).toEqual(found.map(({ computed }) => computed));
    expect(found.map(({ kept }) => kept)).toEqual(messages.map((message) => leafOf('issuance', message).hash));
  });

  it.each([
    ['milliseconds', '2026-03-02T10:00:00.120Z', false], ['microseconds', '2026-03-02T10:00:00.123456Z', false],
    ['no decimals', '2026-03-02T10:00:00Z', true], ['one decimal', '2026-03-02T10:00:00.1Z', true], ['no seconds', '2026-03-02T10:00Z', true],
    ['more decimals than are kept', '2026-03-02T10:00:00.123456789Z', true],
  ])('is that of its row when its time has %s', async (_what, occurredAt, isLeftToDatabase) => {
    const message = { ...world.envelope('issuance', 'test.said.v1', {}), occurredAt };
    expect(leafOf('issuance', message).hash === null).toBe(isLeftToDatabase);
    await keep([message]);
    const last = (await hashes()).at(-1)!;
    expect(last.kept).toBe(last.computed);
  });

  it('does not depend on how the id is written', async () => {
    const message = world.envelope('issuance', 'test.said.v1', {});
    await keep([{ ...message, id: message.id.toUpperCase() }]);
    expect((await hashes()).at(-1)!.kept).toBe(leafOf('issuance', message).hash);
  });
});
