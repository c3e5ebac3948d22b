// The embedded server is what a fresh clone stands on: these cases are the ways in which a first start, a second one or
// one after a crash went wrong. They start their own servers, in folders of their own.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { runningUrl, startPostgres } from './embedded-postgres.mjs';
import { findPrograms } from './postgres-programs.mjs';
import { birthOf } from './processes.mjs';

jest.setTimeout(60_000);

const made: string[] = [];
const folder = () => {
  const dir = mkdtempSync(join(process.env.MEREAU_TEST_FOLDER ?? os.tmpdir(), 'mereau-epg-'));
  // As a data folder in a clone would be: root's servers must be able to enter it as nobody.
  chmodSync(dir, 0o711);
  made.push(dir);
  return join(dir, 'postgres');
};
/** A cluster that is stopped, copied from one that was made once: initdb takes most of a second. */
const template = folder();
const cluster = () => {
  const dir = folder();
  cpSync(template, dir, { recursive: true });
  return dir;
};
beforeAll(async () => (await start(template)).stop());
afterAll(() => made.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

const start = (dir: string, more = {}) => startPostgres({ dir, durable: false, ...more });
async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query({ text, rowMode: 'array' });
  await client.end();
  return rows.length === 1 ? rows[0].length === 1 ? rows[0][0] : rows[0] : rows.map((row: unknown[]) => row[0]);
}
const failure = (promise: Promise<unknown>) => promise.then(() => 'it started', (error: Error) => error);
const line = (error: unknown) => {
  expect(error).toMatchObject({ name: 'StartupFault' });
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
};
const isRoot = process.getuid?.() === 0;

describe('the embedded PostgreSQL', () => {
  it('asks for the password, which stands in a file that only its owner reads', async () => {
    const dir = folder();
    const server = await start(dir);
    try {
      const wrong = server.url.replace(/postgres:[^@]+@/, 'postgres:guess@');
      expect(await failure(ask(wrong, 'select 1'))).toMatchObject({ code: '28P01' });
      expect(statSync(join(dir, 'superuser-password')).mode & 0o777).toBe(0o600);
      expect(await ask(server.url, "select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256'")).toBe(0);
    } finally {
      await server.stop();
    }
    expect(birthOf(server.pid)).toBeUndefined();
  });

  it('is version 18 with checksums, French sorting and, unless told otherwise, fsync', async () => {
    const dir = folder();
    const server = await startPostgres({ dir });
    try {
      expect(Number(await ask(server.url, 'show server_version_num'))).toBeGreaterThanOrEqual(180000);
      const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'wal_compression', 'data_checksums', 'max_connections', 'TimeZone'];
      const found = await Promise.all(names.map((name) => ask(server.url, `show ${name}`)));
      expect(found).toEqual(['on', 'on', 'on', 'pglz', 'on', '200', 'UTC']);
      const sorted = await ask(server.url, `select n from unnest(array['Zoé','Éric','eau','Ève']) n order by n collate "fr-x-icu"`);
      expect(sorted).toEqual(['eau', 'Éric', 'Ève', 'Zoé']);
      expect(await ask(server.url, "select lower('ÉTÉ')")).toBe('été');
    } finally {
      await server.stop();
    }
  });

  it('keeps data and password from one start to the next', async () => {
    const dir = cluster();
    const first = await start(dir);
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start(dir);
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
    await second.stop();
  });

  it('refuses a folder in use, names the process, and tells a second program where the server is', async () => {
    const dir = cluster();
    const server = await start(dir);
    try {
      const message = line(await failure(start(dir)));
      expect(message).toContain(`process ${process.pid}`);
      expect(message).toContain(String(server.pid));
      expect(await ask(runningUrl(dir) ?? '', 'select 1')).toBe(1);
    } finally {
      await server.stop();
    }
    expect(runningUrl(dir)).toBeUndefined();
  });

  it('comes back after kill -9 of the server', async () => {
    const dir = cluster();
    const first = await startPostgres({ dir });
    await ask(first.url, 'create table kept as select 1 as answer');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    await first.stop();
    expect(existsSync(join(dir, 'data', 'postmaster.pid'))).toBe(true);
    const second = await start(dir);
    expect(await ask(second.url, 'select answer from kept')).toBe(1);
    await second.stop();
  });

  it('ends the server that a killed start left behind, says so, and starts', async () => {
    const dir = cluster();
    const child = spawn(process.execPath, ['tools/embedded-postgres.mjs', dir, 'fast'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => { text += chunk; if (text.includes('Ctrl-C')) resolve(text); });
    });
    const orphan = Number(/process (\d+)/.exec(said)?.[1]);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(birthOf(orphan)).toBeDefined();
    const lines: string[] = [];
    const server = await start(dir, { log: (text: string) => lines.push(text) });
    expect(lines).toEqual([expect.stringContaining(`process ${orphan}`)]);
    expect(birthOf(orphan)).toBeUndefined();
    await server.stop();
  });

  it('is not held up by a pid file whose number belongs to another program now', async () => {
    const dir = cluster();
    writeFileSync(join(dir, 'data', 'postmaster.pid'), `${process.pid}\n`);
    await (await start(dir)).stop();
  });

  it('starts on data that a copy left readable by others', async () => {
    const dir = cluster();
    chmodSync(join(dir, 'data'), 0o755);
    await (await start(dir)).stop();
    expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700);
  });

  it('begins again after a killed initdb', async () => {
    const dir = folder();
    mkdirSync(join(dir, 'data.new', 'base'), { recursive: true });
    await (await start(dir)).stop();
    expect(existsSync(join(dir, 'data.new'))).toBe(false);
  });

  it('says in one line what is broken in a data folder', async () => {
    const dir = cluster();
    const control = join(dir, 'data', 'global', 'pg_control');
    const bytes = readFileSync(control);
    const password = readFileSync(join(dir, 'superuser-password'));

    bytes.writeUInt8(bytes.readUInt8(40) ^ 0xff, 40);
    writeFileSync(control, bytes);
    expect(line(await failure(start(dir)))).toMatch(/does not start in .*: .*(checksum|control file)/);
    rmSync(control);
    expect(line(await failure(start(dir)))).toContain('broken (global/pg_control is missing)');
    writeFileSync(join(dir, 'data', 'PG_VERSION'), '15\n');
    expect(line(await failure(start(dir)))).toContain('made by PostgreSQL 15');
    rmSync(join(dir, 'data', 'PG_VERSION'));
    expect(line(await failure(start(dir)))).toContain('broken (PG_VERSION is missing)');
    expect(readFileSync(join(dir, 'superuser-password'))).toEqual(password);
  });

  it('says in one line that the password file is missing or wrong', async () => {
    const dir = cluster();
    writeFileSync(join(dir, 'superuser-password'), 'another');
    expect(line(await failure(start(dir)))).toContain('is not the one of the server');
    rmSync(join(dir, 'superuser-password'));
    expect(line(await failure(start(dir)))).toContain('superuser-password is missing');
  });

  it('says in one line that a platform has no server', () => {
    expect(() => findPrograms('win32-x64')).toThrow('no PostgreSQL is shipped for win32-x64: set DATABASE_URL');
  });

  it('says in one line that the data folder cannot be made', async () => {
    const dir = folder();
    writeFileSync(dir, 'a file');
    expect(line(await failure(start(dir)))).toContain(`the data folder ${dir} cannot be made`);
  });
});

// PostgreSQL refuses to run as root; these are the ways round it. An ordinary user needs none of them.
(isRoot ? describe : describe.skip)(`the embedded PostgreSQL, started by root${isRoot ? '' : ' (skipped: not root)'}`, () => {
  it.each(['unshare', 'nobody', 'copy'])('starts by way of %s, on data that another way made', async (as) => {
    const dir = cluster();
    for (const how of ['nobody', as, 'unshare']) {
      const server = await start(dir, { as: how });
      expect(server.how).toBe(how);
      expect(await ask(server.url, 'select 1')).toBe(1);
      await server.stop();
    }
  });

  it('keeps the data in the temporary folder when nobody cannot enter the wanted one, and finds it again', async () => {
    const dir = folder();
    chmodSync(join(dir, '..'), 0o700);
    const lines: string[] = [];
    const first = await start(dir, { as: 'nobody', log: (text: string) => lines.push(text) });
    made.push(first.dir);
    expect(first.dir.startsWith(os.tmpdir())).toBe(true);
    expect(lines[0]).toContain(`kept in ${first.dir}`);
    await ask(first.url, 'create table kept as select 7 as answer');
    await first.stop();
    const second = await start(dir, { as: 'unshare' });
    expect(await ask(runningUrl(dir) ?? '', 'select answer from kept')).toBe(7);
    expect(second.dir).toBe(first.dir);
    await second.stop();
  });
});
