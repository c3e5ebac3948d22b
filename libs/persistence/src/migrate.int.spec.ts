// An upgrade beside services that work: a file waits for its tables for seconds at a time, lets others pass, and is applied once, whole.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, testPasswordOf, type TestDatabase } from '#libs/testing';
import { migrate } from './migrate.js';

const folder = mkdtempSync(join(os.tmpdir(), 'mereau-upgrade-'));
const add = (name: string, sql: string) => {
  const path = join(folder, 'prisma', 'audit', 'migrations', name);
  mkdirSync(path);
  writeFileSync(join(path, 'migration.sql'), sql);
};
const upgrade = (log: (line: string) => void = () => undefined) =>
  migrate({ adminUrl: database.adminUrl, rootDir: folder, passwordOf: testPasswordOf, log, lockWaitMs: 100 });

let database: TestDatabase;
let reader: pg.Client;
beforeAll(async () => {
  cpSync('prisma', join(folder, 'prisma'), { recursive: true, filter: (path) => !path.includes('generated') });
  database = await testDatabase();
  reader = new pg.Client({ connectionString: database.adminUrl });
  await reader.connect();
});
afterAll(async () => {
  await reader.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('waits for tables that somebody reads, and lets whoever comes behind it pass', async () => {
  add('99990101000000_busy', 'create table audit.made_before (id int); alter table audit.event add column busy int;');
  const lines: string[] = [];
  await reader.query('begin');
  await reader.query('select count(*) from audit.event');
  const applied = await upgrade((line) => {
    lines.push(line);
    // It has let go of what it had: this is answered, and what held it up ends.
    if (lines.length === 1) void reader.query('select count(*) from audit.event').then(() => reader.query('commit'));
  });
  expect(applied).toBe(1);
  expect(lines).toEqual(['audit/99990101000000_busy waits for tables that are in use', 'applied audit/99990101000000_busy']);
  expect((await reader.query('select busy from audit.event')).rows).toEqual([]);
  expect(await upgrade()).toBe(0);
});

it('tells any other fault at once, and leaves nothing of the file', async () => {
  add('99990101000001_wrong', 'create table audit.made (id int); select 1 / 0;');
  const lines: string[] = [];
  await expect(upgrade((line) => lines.push(line))).rejects.toThrow('migration audit/99990101000001_wrong failed: division by zero');
  expect(lines).toEqual([]);
  expect((await reader.query(`select to_regclass('audit.made') as made`)).rows).toEqual([{ made: null }]);
});
