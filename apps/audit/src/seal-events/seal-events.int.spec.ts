// The log on a real database: its order, its end, who may write it, and what happens when somebody does all the same.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CATALOGUE, inspect } from '#libs/invariants';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { isConsistent, isIncluded, rootOf, type ConsistencyProof, type InclusionProof } from '../../../../test/builders/stranger.js';

const said = (count: number) => Array.from({ length: count }, (_, at) => ({ type: 'test.said.v1', body: { number: at, text: 'été – \u2028 "x"', list: [1, { b: 1, a: null }] } }));
const RULES = CATALOGUE.filter(({ id }) => /^A[1-5]$/.test(id));

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(async () => { await world.close(); });

/** Every place of the log, with what stands there. */
const LEAVES = `select s.first_index + n as log_index, s.sender, s.first_seq + n as seq, substr(s.hashes, n * 32 + 1, 32) as hash
  from audit.sealed_stretch s cross join lateral generate_series(0, s.count - 1) n`;
const leaves = async () => (await world.admin.query<{ log_index: string; sender: string; seq: string }>(`${LEAVES} order by log_index`)).rows;
const head = async () => (await world.admin.query<{ size: string; root: string }>(`select size, encode(root, 'hex') as root from audit.sealing order by size desc limit 1`)).rows[0]!;
const broken = async () => (await inspect(world.database.inspectorUrl, RULES)).broken.map(({ invariant, rowNamed }) => `${invariant} ${rowNamed}`);

describe('sealing', () => {
  it('gives each event its place once, however many sealers are at work', async () => {
    await world.take('issuance', said(300));
    await world.take('redemption', said(20));
    await Promise.all(Array.from({ length: 4 }, () => world.seal()));
    const placed = await leaves();
    expect(placed.map(({ log_index: index }) => Number(index))).toEqual(Array.from({ length: 320 }, (_, at) => at));
    expect(new Set(placed.map(({ sender, seq }) => `${sender}/${seq}`)).size).toBe(320);
    expect(Number((await head()).size)).toBe(320);
    expect(await broken()).toEqual([]);
  });

  it('has the root that the exported leaves have by the definition of the RFC', async () => {
    const { rows } = await world.admin.query<{ leaf: string }>(`
      select audit.canonical_json(audit.leaf_json(e)) as leaf from (${LEAVES}) l join audit.event e using (sender, seq) order by log_index`);
    expect((await head()).root).toBe(rootOf(rows.map(({ leaf }) => leaf)));
    expect(rows[0]!.leaf).toContain('"occurredAt":"2026-03-02T10:00:00.000000Z"');
    expect(rows[0]!.leaf).toContain('"subjectVersion":2');
  });

  it('waits at a number that is missing, and goes on when it comes', async () => {
    const [missing, ...later] = said(3).map(({ type, body }) => world.envelope('settlement', type, body));
    await world.deliver('settlement', later);
    await world.seal();
    expect((await leaves()).filter(({ sender }) => sender === 'settlement')).toEqual([]);
    const { body } = await world.get('completeness');
    expect((body as { senders: unknown[] }).senders).toContainEqual(expect.objectContaining({
      sender: 'settlement', events: 2, lastSeq: 3, missing: 1, sealed: 0, gaps: [expect.objectContaining({ firstSeq: 1, lastSeq: 1, deadLetters: 0 })],
    }));
    expect(await broken()).toEqual([]);
    await world.deliver('settlement', [missing!]);
    await world.seal();
    expect((await leaves()).filter(({ sender }) => sender === 'settlement').map(({ seq }) => Number(seq))).toEqual([1, 2, 3]);
  });

  it('names an event that waits for an hour', async () => {
    const [, late] = said(2).map(({ type, body }) => world.envelope('identity', type, body));
    await world.deliver('identity', [late!]);
    await world.tamper(`update audit.event set received_at = received_at - interval '2 hours' where sender = 'identity'`);
    expect(await broken()).toEqual(['A1 event:identity/2']);
    await world.tamper(`delete from audit.event where sender = 'identity'`);
  });
});

const NEXT = 'insert into audit.sealed_stretch select max(first_index + count),';

describe('the database, under the role of audit', () => {
  beforeAll(async () => { await world.take('settlement', said(1)); });

  it.each([
    ['edit a stretch', `update audit.sealed_stretch set count = 1`, /permission denied/],
    ['delete a node', `delete from audit.tree_node`, /permission denied/],
    ['leave a place of the log empty', `insert into audit.sealed_stretch values (1000, 'issuance', 301, 1)`, /next index only/],
    ['take an event that is not there', `${NEXT} 'redemption', 21, 1 from audit.sealed_stretch`, /events that are there/],
    ['take an event twice', `${NEXT} 'issuance', 1, 1 from audit.sealed_stretch`, /next number of a sender/],
    ['take another hash than that of the event', `${NEXT} 'settlement', 4, 1, sha256('x') from audit.sealed_stretch`, /hashes of its events/],
    ['take a node over places that are empty', `insert into audit.tree_node values (8, 1)`, /hash over the 256 below/],
    ['take a node that is not the hash over those below it', `insert into audit.tree_node values (8, 0, sha256('x'))`, /hash over the 256 below/],
    ['seal a root that the tree does not have', `insert into audit.sealing select max(size) + 1, max(size), sha256('x'), now() from audit.sealing`, /size and the root/],
    ['seal again what was sealed', `insert into audit.sealing select 324, 320, audit.root_at(323), now()`, /size and the root|unique/],
    ['sign what was not sealed', `insert into audit.checkpoint (size, root, signed_at, origin, key_id, signature, note, event_id)
      select 323, sha256('x'), now(), 'o', 'k', sha512('x'), E'o\\n323\\n' || encode(sha256('x'), 'base64') || E'\\n', gen_random_uuid()`, /foreign key/],
  ])('refuses to %s', async (_what, sql, message) => {
    const service = new pg.Client({ connectionString: world.database.urlFor('audit') });
    await service.connect();
    await expect(service.query(sql)).rejects.toThrow(message);
    await service.end();
  });

  it('refuses a number of a sender out of its order', async () => {
    await world.take('issuance', said(2));
    const service = new pg.Client({ connectionString: world.database.urlFor('audit') });
    await service.connect();
    await expect(service.query(`${NEXT} 'issuance', 302, 1 from audit.sealed_stretch`)).rejects.toThrow(/next number of a sender/);
    await service.end();
    await world.seal();
  });

  it.each(['sealed_stretch', 'tree_node', 'sealing'])('refuses even its owner to delete from audit.%s', async (table) => {
    await expect(world.admin.query(`delete from audit.${table}`)).rejects.toThrow(/append-only/);
  });
});

/** Of all events what their hash would have to be. */
const REHASH = `update audit.event e set leaf_hash = sha256('\\x00'::bytea || convert_to(audit.canonical_json(audit.leaf_json(e)), 'UTF8'))`;

describe('a superuser whom nothing stops', () => {
  it.each([
    ['edits what an event says', `update audit.event set body = '{"number": 7}' where sender = 'issuance' and seq = 5`, /^A3 leaf:\d+$/],
    ['edits when it happened', `update audit.event set occurred_at = occurred_at + interval '1 microsecond' where sender = 'issuance' and seq = 5`, /^A3 leaf:\d+$/],
    ['edits who did it', `update audit.event set actor = '{"kind": "user", "id": "else"}' where sender = 'issuance' and seq = 5`, /^A3 leaf:\d+$/],
    ['edits an event and its hash', `update audit.event e set body = '{"number": 7}' where sender = 'issuance' and seq = 5; ${REHASH}`, /^A3 stretch:\d+$/],
    ['edits an event, its hash and that of its stretch', `update audit.event e set body = '{"number": 7}' where sender = 'issuance' and seq = 5; ${REHASH};
      update audit.sealed_stretch s set hashes = overlay(hashes placing e.leaf_hash from (e.seq - s.first_seq)::int * 32 + 1)
        from audit.event e where e.sender = 'issuance' and e.seq = 5 and s.sender = e.sender and s.first_seq = 1`, /^A4 (node|sealing):/],
    ['deletes an event', `delete from audit.event where sender = 'issuance' and seq = 5`, /^A1 stretch:\d+$/],
    ['deletes a stretch', `delete from audit.sealed_stretch where first_index = 0`, /^A2 stretch:\d+$/],
    ['deletes the newest events with their stretch', `delete from audit.event e using audit.sealed_stretch s where e.sender = s.sender and e.seq >= s.first_seq
      and s.first_index = (select max(first_index) from audit.sealed_stretch);
      delete from audit.sealed_stretch where first_index = (select max(first_index) from audit.sealed_stretch)`, /^A2 sealing:/],
    ['swaps two stretches', `update audit.sealed_stretch set first_index = 900000 where first_index = 0;
      update audit.sealed_stretch set first_index = 0 where first_index = 300; update audit.sealed_stretch set first_index = 20 where first_index = 900000`, /^A4 node:8\/0$/],
    ['deletes a node', `delete from audit.tree_node where level = 8 and position = 0`, /^A4 /],
  ])('%s, and is found', async (_what, sql, named) => {
    const service = new pg.Client({ connectionString: world.database.inspectorUrl });
    await service.connect();
    try {
      await world.admin.query(`begin; set local session_replication_role = replica; ${sql}`);
      const found: string[] = [];
      for (const { id, sql: rule } of RULES) {
        const { rows } = await world.admin.query<{ row_named: string }>(rule);
        found.push(...rows.map(({ row_named: row }) => `${id} ${row}`));
      }
      expect(found.some((one) => named.test(one))).toBe(true);
    } finally {
      await world.admin.query('rollback');
      await service.end();
    }
    expect(await broken()).toEqual([]);
  });
});

describe('a long log', () => {
  const COUNT = process.env.MEREAU_SIZES === 'full' ? 100_000 : 6_000;

  it(`is sealed in one go, ${COUNT} events, with a memory that does not grow with it`, async () => {
    await world.admin.query(`
      insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, causation_id, correlation_id, body)
      select 'issuance', n, gen_random_uuid(), 'test.said.v1', 'voucher:' || n, now(), '{"kind":"place","id":"01900000-0000-7000-8000-000000000001"}',
        'request:' || n, 'req-' || n, jsonb_build_object('redemptionId', gen_random_uuid(), 'voucherId', gen_random_uuid(), 'programmeId', gen_random_uuid(),
          'batchId', gen_random_uuid(), 'placeId', gen_random_uuid(), 'siteId', gen_random_uuid(), 'amountCents', n, 'currency', 'EUR', 'serviceDate', '2026-03-10')
      from generate_series(303, 302 + ${COUNT}) n`);
    await world.admin.query('analyze audit.event');
    const before = process.memoryUsage().heapUsed;
    const began = performance.now();
    expect(await world.sealer.sealPresent()).toBe(COUNT);
    const seconds = (performance.now() - began) / 1000;
    const grownMb = (process.memoryUsage().heapUsed - before) / 1_000_000;
    process.stdout.write(`sealed ${COUNT} events in ${seconds.toFixed(1)} s, heap grew by ${grownMb.toFixed(0)} MB\n`);
    expect(grownMb).toBeLessThan(120);
    expect(await broken()).toEqual([]);
  }, 300_000);

  it('has at every size the root of the definition, and proofs that a stranger believes', async () => {
    const { rows } = await world.admin.query<{ id: string; leaf: string }>(`
      select e.id, audit.canonical_json(audit.leaf_json(e)) as leaf from (${LEAVES}) l join audit.event e using (sender, seq) order by log_index limit 3000`);
    for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 1_023, 2_048, 2_999]) {
      const { rows: [at] } = await world.admin.query<{ root: string }>(`select encode(audit.root_at($1), 'hex') as root`, [size]);
      expect([size, at!.root]).toEqual([size, rootOf(rows.slice(0, size).map(({ leaf }) => leaf))]);
    }
    for (const index of [0, 255, 256, 511, 700, 2_815, 2_816, 2_998]) {
      const proof = (await world.get(`events/evt_${rows[index]!.id}/inclusion?size=2999`)).body as unknown as InclusionProof;
      expect([index, proof.index, isIncluded(proof)]).toEqual([index, index, true]);
    }
    for (const from of [1, 256, 300, 2_560, 2_999]) {
      const proof = (await world.get(`consistency?from=${from}&to=3000`, null)).body as unknown as ConsistencyProof;
      expect([from, isConsistent(proof)]).toEqual([from, true]);
    }
  });
});
