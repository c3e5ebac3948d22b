// What tests run against: one PostgreSQL for all suites, on data that nobody will miss, and a Redis when there is one.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import { removeAbandoned } from './data-folder.mjs';
import { freePort, startPostgres } from './embedded-postgres.mjs';
import { birthOf, endProcess } from './processes.mjs';

const PREFIX = 'mereau-test-';
const REDIS_READY_MS = 10_000;
const MEMORY = '/dev/shm';
/** A gigabyte of log, and the databases of a few files at a time; the largest imports take some hundred megabytes. */
const MEMORY_BYTES_MIN = 4 * 2 ** 30;

/** In memory where there is plenty: a database is thirteen hundred files, and a disk takes seconds to make them for each copy. */
function home() {
  if (!existsSync(MEMORY) || os.freemem() < MEMORY_BYTES_MIN) return os.tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize < MEMORY_BYTES_MIN ? os.tmpdir() : MEMORY;
}

async function removeWhatWasLeft() {
  for (const place of [os.tmpdir(), MEMORY].filter(existsSync)) {
    for (const name of readdirSync(place).filter((entry) => entry.startsWith(PREFIX))) await removeAbandoned(join(place, name));
  }
}

/** @returns `env` for the suites, `stop()`, and `notes`: what a reader must know, e.g. why Redis is not tested. */
export async function startServices(log, { needed = true } = {}) {
  if (!needed) return { env: {}, notes: [], stop: async () => {} };
  await removeWhatWasLeft();
  const folder = mkdtempSync(join(home(), PREFIX));
  chmodSync(folder, 0o711);
  const stops = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => { for (const each of stops.splice(0).reverse()) await each(); };
  try {
    const postgres = process.env.MEREAU_TEST_DATABASE_URL ? undefined : await startPostgres({ dir: folder, durable: false, log });
    if (postgres) stops.push(postgres.stop);
    const redis = process.env.MEREAU_TEST_REDIS_URL ? undefined : await startRedis(folder);
    if (redis?.stop) stops.push(redis.stop);
    return {
      env: {
        // Where tests put servers of their own.
        MEREAU_TEST_FOLDER: folder,
        MEREAU_TEST_DATABASE_URL: process.env.MEREAU_TEST_DATABASE_URL ?? postgres.url,
        ...(redis?.url && { MEREAU_TEST_REDIS_URL: redis.url }),
      },
      notes: redis?.missing ? [redis.missing] : [],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startRedis(folder) {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status !== 0) {
    return { missing: 'no redis-server in PATH: what needs Redis is skipped (apt-get install redis-server), the queue runs on PostgreSQL' };
  }
  const port = await freePort();
  const child = spawn('redis-server', [
    '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, '--maxmemory-policy', 'noeviction',
  ], { stdio: 'ignore', detached: true });
  child.unref();
  // For the run after this one, should this one be killed.
  writeFileSync(join(folder, 'redis.json'), JSON.stringify({ pid: child.pid, birth: birthOf(child.pid) }));
  process.once('exit', () => child.kill('SIGKILL'));
  await answers(port);
  return { url: `redis://127.0.0.1:${port}`, stop: () => endProcess(child.pid, 'SIGTERM', 5_000) };
}

async function answers(port) {
  for (const until = Date.now() + REDIS_READY_MS; ;) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); }).once('error', () => resolve(false));
    });
    if (open) return;
    if (Date.now() > until) throw new Error(`redis-server was not ready after ${REDIS_READY_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
