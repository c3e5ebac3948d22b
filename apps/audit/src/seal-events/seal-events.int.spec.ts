// The log on a real database: its order, its end, who may write it, and what happens when somebody does all the same.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CATALOGUE, inspect } from '#libs/invariants';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { rootOf } from '../../../../test/builders/stranger.js';

const said = (count: number) => Array.from({ length: count }, (_, at) => ({ type: 'test.said.v1', body: { number: at, text: 'été – \u2028 "x"', list: [1, { b: 1, a: null }] } }));
const RULES = CATALOGUE.filter(({ id }) => /^A[1-5]$/.test(id));

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(async () => { await world.close(); });

const leaves = async () => (await world.admin.query<{ log_index: string; sender: string; seq: string }>('select log_index, sender, seq from audit.leaf order by log_index')).rows;
const head = async () => (await world.admin.query<{ size: string; root: string }>(`select size, encode(root, 'hex') as root from audit.sealing order by size desc limit 1`)).rows[0]!;
const broken = async () => (await inspect(world.database.inspectorUrl, RULES)).broken.map(({ invariant, rowNamed }) => `${invariant} ${rowNamed}`);

describe('sealing', () => {
  it('gives each event its place once, however many sealers are at work', async () => {
    await world.take('issuance', said(30));
    await world.take('redemption', said(20));
    await Promise.all(Array.from({ length: 4 }, () => world.seal()));
    const placed = await leaves();
    expect(placed.map(({ log_index: index }) => Number(index))).toEqual(Array.from({ length: 50 }, (_, at) => at));
    expect(new Set(placed.map(({ sender, seq }) => `${sender}/${seq}`)).size).toBe(50);
    expect(Number((await head()).size)).toBe(50);
    expect(await broken()).toEqual([]);
  });

  it('has the root that the exported leaves have by the definition of the RFC', async () => {
    const { rows } = await world.admin.query<{ leaf: string }>(`
      select audit.canonical_json(audit.leaf_json(e)) as leaf from audit.leaf l join audit.event e using (sender, seq) order by log_index`);
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

describe('the database, under the role of audit', () => {
  it.each([
    ['edit a leaf', `update audit.leaf set hash = sha256('x')`, /permission denied/],
    ['delete a node', `delete from audit.tree_node`, /permission denied/],
    ['leave a place of the log empty', `insert into audit.leaf values (1000, 'issuance', 1, sha256('x'))`, /next index only|unique/],
    ['take an event that is not there', `insert into audit.leaf select max(log_index) + 1, 'redemption', 21, sha256('x') from audit.leaf`, /foreign key/],
    ['take an event twice', `insert into audit.leaf select max(log_index) + 1, 'issuance', 1, sha256('x') from audit.leaf`, /unique/],
    ['take a node that is not the hash of the two below it', `insert into audit.tree_node values (1, 26, sha256('x'))`, /hash of the two below/],
    ['seal a root that the tree does not have', `insert into audit.sealing select max(size) + 1, max(size), sha256('x'), now() from audit.sealing`, /size and the root/],
    ['seal again what was sealed', `insert into audit.sealing select 54, 50, audit.root_at(53), now()`, /size and the root|unique/],
    ['sign what was not sealed', `insert into audit.checkpoint (size, root, signed_at, origin, key_id, signature, note, event_id)
      select 53, sha256('x'), now(), 'o', 'k', sha512('x'), E'o\\n53\\n' || encode(sha256('x'), 'base64') || E'\\n', gen_random_uuid()`, /foreign key/],
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
    await expect(service.query(`insert into audit.leaf select max(log_index) + 1, 'issuance', 32, sha256('x') from audit.leaf`)).rejects.toThrow(/next number of a sender/);
    await service.end();
    await world.seal();
  });

  it.each(['leaf', 'tree_node', 'sealing'])('refuses even its owner to delete from audit.%s', async (table) => {
    await expect(world.admin.query(`delete from audit.${table}`)).rejects.toThrow(/append-only/);
  });
});

describe('a superuser whom nothing stops', () => {
  it.each([
    ['edits what an event says', `update audit.event set body = '{"number": 7}' where sender = 'issuance' and seq = 5`, /^A3 leaf:\d+$/],
    ['edits when it happened', `update audit.event set occurred_at = occurred_at + interval '1 microsecond' where sender = 'issuance' and seq = 5`, /^A3 leaf:\d+$/],
    ['edits who did it', `update audit.event set actor = '{"kind": "user", "id": "else"}' where sender = 'issuance' and seq = 5`, /^A3 leaf:\d+$/],
    ['edits an event and its leaf', `update audit.event set body = '{"number": 7}' where sender = 'issuance' and seq = 5;
      update audit.leaf l set hash = sha256('\\x00'::bytea || convert_to(audit.canonical_json(audit.leaf_json(e)), 'UTF8'))
        from audit.event e where e.sender = l.sender and e.seq = l.seq`, /^A4 (node|sealing):/],
    ['deletes a leaf', `delete from audit.leaf where log_index = 7`, /^A1 event:/],
    ['deletes the newest event with its leaf', `delete from audit.event e using audit.leaf l where e.sender = l.sender and e.seq = l.seq
      and l.log_index = (select max(log_index) from audit.leaf); delete from audit.leaf where log_index = (select max(log_index) from audit.leaf)`, /^A2 sealing:/],
    ['swaps two events', `update audit.leaf set log_index = 900 where log_index = 3; update audit.leaf set log_index = 3 where log_index = 4;
      update audit.leaf set log_index = 4 where log_index = 900`, /^A4 node:1\/\d+$/],
    ['deletes a node', `delete from audit.tree_node where level = 2 and position = 1`, /^A4 /],
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
      from generate_series(33, 32 + ${COUNT}) n`);
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
});
