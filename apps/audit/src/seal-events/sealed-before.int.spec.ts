// A log that was sealed leaf by leaf, before stretches: it keeps its places, its hashes, its roots and what was signed, and grows on.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CATALOGUE, inspect } from '#libs/invariants';
import { migrate } from '#libs/persistence';
import { fixedClock, testDatabase, testPasswordOf, type TestDatabase } from '#libs/testing';
import { isConsistent, rootOf } from '../../../../test/builders/stranger.js';
import { openWork } from '../audit.lifecycle.js';
import { consistencyPaths, rootAt } from '../merkle/tree.store.js';
import { Sealer } from './sealer.js';

const SEALED = 700;
const SIZES = [1, 255, 300, SEALED];
const folder = mkdtempSync(join(os.tmpdir(), 'mereau-before-'));

/** Two senders in turn, three events more than are sealed. */
const EVENTS = `
  insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, correlation_id, body)
  select (array['issuance', 'redemption'])[1 + n % 2], 1 + n / 2, gen_random_uuid(), 'test.said.v1', 'test:' || n, '2026-03-02T10:00:00.123Z',
    '{"kind": "user", "id": "usr"}', 'test', jsonb_build_object('number', n, 'text', 'été')
  from generate_series(0, ${SEALED + 2}) n`;
/** As the sealer of that time wrote them. */
const LEAVES = `
  insert into audit.leaf
  select n, e.sender, e.seq, sha256('\\x00'::bytea || convert_to(audit.canonical_json(audit.leaf_json(e)), 'UTF8'))
  from audit.event e cross join lateral (select (e.seq - 1) * 2 + (e.sender = 'redemption')::int as n) p where n < ${SEALED} order by n`;
const NODES = `
  insert into audit.tree_node
  select $1, n, sha256('\\x01'::bytea || audit.subtree_hash($1 - 1, n * 2) || audit.subtree_hash($1 - 1, n * 2 + 1))
  from generate_series(0, ${SEALED} / (1 << $1) - 1) n`;
const signed = (size: number) => `
  insert into audit.checkpoint select size, root, now(), 'o', 'k', sha512('x'), E'o\\n' || size || E'\\n' || encode(root, 'base64') || E'\\ntime x', gen_random_uuid()
  from audit.sealing where size = ${size}`;

let database: TestDatabase;
let admin: pg.Client;
let before: { index: string; sender: string; seq: string; hash: string }[];
let roots: string[];

beforeAll(async () => {
  cpSync('prisma', join(folder, 'prisma'), { recursive: true, filter: (path) => !/generated|20260101000780_sealed_stretch/.test(path) });
  database = await testDatabase(folder);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query(EVENTS);
  await admin.query(LEAVES);
  for (let level = 1; 2 ** level <= SEALED; level += 1) await admin.query(NODES.replaceAll('$1', String(level)));
  // The trigger of that time lets the newest size in only; the others were sealed when they were that.
  for (const [at, size] of SIZES.entries()) {
    await admin.query(`begin; set local session_replication_role = replica;
      insert into audit.sealing values (${size}, ${SIZES[at - 1] ?? 0}, audit.root_at(${size}), now()); commit`);
  }
  await admin.query(signed(300));
  before = (await admin.query(`select log_index as index, sender, seq, encode(hash, 'hex') as hash from audit.leaf order by log_index`)).rows;
  roots = (await admin.query<{ root: string }>(`select encode(root, 'hex') as root from audit.sealing where size > 0 order by size`)).rows.map(({ root }) => root);
  await migrate({ adminUrl: database.adminUrl, rootDir: process.cwd(), passwordOf: testPasswordOf });
}, 120_000);
afterAll(async () => {
  await admin?.end();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const broken = async () => (await inspect(database.inspectorUrl, CATALOGUE.filter(({ id }) => /^A[1-5]$/.test(id)))).broken;

describe('a log that was sealed before', () => {
  it('keeps each event in its place, with its hash', async () => {
    const { rows } = await admin.query(`
      select p.log_index as index, e.sender, e.seq, encode(e.leaf_hash, 'hex') as hash
      from audit.event e cross join lateral audit.place_of(e.sender, e.seq) p order by 1`);
    expect(before).toHaveLength(SEALED);
    expect(rows).toEqual(before);
    expect((await admin.query('select max(level) as level, count(*)::int as count from audit.tree_node')).rows).toEqual([{ level: 8, count: 2 }]);
  });

  it('has the roots that were signed, and breaks no rule', async () => {
    const { rows } = await admin.query<{ root: string }>(`select encode(audit.root_at(s), 'hex') as root from unnest($1::bigint[]) s`, [SIZES]);
    expect(rows.map(({ root }) => root)).toEqual(roots);
    expect(await broken()).toEqual([]);
  });

  it('grows on, and what was signed is its beginning', async () => {
    const work = openWork({ databaseUrl: database.urlFor('audit'), clock: fixedClock('2026-03-02T10:00:00.000Z') });
    try {
      expect(await new Sealer(work).sealPresent()).toBe(3);
      const [from, to] = [300, SEALED + 3];
      const [path] = await consistencyPaths(work.client, [{ from, to }]);
      const toRoot = (await rootAt(work.client, to)).toString('hex');
      expect(isConsistent({ from, to, fromRoot: roots[2]!, toRoot, path: path! })).toBe(true);
      const { rows } = await admin.query<{ leaf: string }>(`
        select audit.canonical_json(audit.leaf_json(e)) as leaf from audit.event e cross join lateral audit.place_of(e.sender, e.seq) p order by p.log_index`);
      expect(toRoot).toBe(rootOf(rows.map(({ leaf }) => leaf)));
      expect(await broken()).toEqual([]);
    } finally {
      await work.client.$disconnect();
    }
  });
});
