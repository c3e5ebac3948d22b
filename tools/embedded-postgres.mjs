// Starts a private PostgreSQL 18 from the programs that npm brought: no root, no Docker and no system package needed.
// It listens on 127.0.0.1 only, asks for a password (scram-sha-256), and stops with the process that started it.
import {
  chmodSync, closeSync, lchownSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  claimFolder, drawPassword, hasCluster, openFolder, pathsOf, readOwner, readPassword, recordServer, releaseFolder,
} from './data-folder.mjs';
import { chooseWay, findPrograms } from './postgres-programs.mjs';
import { birthOf, endProcess } from './processes.mjs';
import { isStartupFault, StartupFault } from './startup-fault.mjs';

const READY_MS = 120_000;
const STOP_MS = 60_000;
const LOG_BYTES_MAX = 5_000_000;

const SETTINGS = {
  listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200,
  wal_compression: 'on', timezone: 'UTC', log_timezone: 'UTC',
  // A log line never carries the values of a row: a failed constraint would print an IBAN.
  log_error_verbosity: 'terse', log_min_error_statement: 'panic', log_checkpoints: 'off',
};
// For data that nobody will miss: tests and demos that are thrown away.
const UNSAFE = {
  fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: 0,
  // A copy of a database goes through the log page by page: compressing them took two seconds of a processor per copy.
  wal_compression: 'off',
};

const urlOf = (password, port, database) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {{ dir: string, port?: number, database?: string, durable?: boolean, settings?: Record<string, string | number>,
 *   as?: string, log?: (line: string) => void }} options
 * @returns the superuser's `url`, and `stop()`; `exited` resolves when the server is gone, wanted or not.
 */
export async function startPostgres({ dir: wanted, port, database = 'mereau', durable = true, settings = {}, as, log = () => {} }) {
  const way = chooseWay(findPrograms(), { force: as });
  const paths = openFolder(wanted, way, log);
  await claimFolder(paths, log);
  try {
    const password = hasCluster(paths) ? readPassword(paths) : await makeCluster(paths, way, durable, log);
    giveData(paths, way);
    const server = await launch(paths, way, { ...SETTINGS, ...(durable ? {} : UNSAFE), ...settings }, password, port);
    recordServer(paths, { postmaster: server.pid, port: server.port });
    await ensureDatabase(urlOf(password, server.port, 'postgres'), database);
    return {
      url: urlOf(password, server.port, database), port: server.port, pid: server.pid, how: way.how, dir: paths.dir,
      exited: server.exited, stop: () => server.stop().finally(() => releaseFolder(paths)),
    };
  } catch (error) {
    releaseFolder(paths);
    throw error;
  }
}

/** The superuser's URL of the server that runs in this folder now, for a second program such as `mereau inspect`. */
export function runningUrl(wanted, database = 'mereau') {
  let paths = pathsOf(wanted);
  const moved = statSync(paths.movedTo, { throwIfNoEntry: false });
  if (moved) paths = pathsOf(readFileSync(paths.movedTo, 'utf8').trim());
  const owner = readOwner(paths);
  return owner?.port && birthOf(owner.pid) === owner.birth ? urlOf(readPassword(paths), owner.port, database) : undefined;
}

const firstLines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);
const finished = (child) => new Promise((resolve) => {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
  child.once('error', (error) => resolve({ code: -1, output: error.message })).once('close', (code) => resolve({ code, output }));
});

/** Made under another name and renamed: a killed initdb leaves nothing that looks like a cluster. */
async function makeCluster(paths, way, durable, log) {
  log('making a new database');
  const password = drawPassword(paths);
  // The server's user may not be the one who may read the password file.
  const handed = join(paths.dir, 'initdb-password');
  rmSync(handed, { force: true });
  writeFileSync(handed, password, { mode: 0o600 });
  way.own(handed);
  mkdirSync(paths.fresh, { mode: 0o700 });
  way.own(paths.fresh);
  const { code, output } = await finished(way.spawn('initdb', [
    '-D', paths.fresh, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${handed}`, '-E', 'UTF8', '--locale=C',
    '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync']),
  ], { stdio: ['ignore', 'pipe', 'pipe'] }));
  rmSync(handed, { force: true });
  if (code !== 0) {
    const why = firstLines(output).find((line) => /error|fatal|could not|invalid/i.test(line)) ?? `initdb ended with ${code}`;
    throw new StartupFault(`the database cannot be made in ${paths.dir}: ${why}`);
  }
  renameSync(paths.fresh, paths.data);
  return password;
}

/** An earlier start may have run the server as another user (as nobody, then in a namespace): root hands the data over. */
function giveData(paths, way) {
  const found = statSync(paths.data);
  // A copy or a restored backup often comes back readable by others, which PostgreSQL refuses.
  if ((found.mode & 0o077) !== 0 && [found.uid, 0].includes(process.getuid?.())) chmodSync(paths.data, 0o700);
  if (found.uid === way.owner.uid) return;
  if (process.getuid?.() !== 0) {
    throw new StartupFault(`the data folder ${paths.data} belongs to user ${found.uid}: start as that user, or set MEREAU_DATA to another folder`);
  }
  for (const name of readdirSync(paths.data, { recursive: true })) lchownSync(join(paths.data, name), way.owner.uid, way.owner.gid);
  lchownSync(paths.data, way.owner.uid, way.owner.gid);
}

async function launch(paths, way, settings, password, wantedPort) {
  // Another program may take the free port between the look and the bind.
  for (let attempt = 1; ; attempt += 1) {
    const port = wantedPort ?? (await freePort());
    const log = openSync(paths.log, (lstatSync(paths.log, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX ? 'w' : 'a', 0o600);
    const logFrom = statSync(paths.log).size;
    const args = ['-D', paths.data, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    // Detached: a Ctrl-C in the terminal must not reach the server before the services have let go of it.
    const child = way.spawn('postgres', args, { stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    const server = supervise(child, port);
    try {
      await ready(server, urlOf(password, port, 'postgres'), paths, logFrom);
      return server;
    } catch (error) {
      await server.stop();
      if (wantedPort || attempt === 3 || !/could not bind|Address already in use/.test(error.message)) throw error;
    }
  }
}

function supervise(child, port) {
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal })).once('error', (error) => resolve({ code: -1, signal: null, error }));
  });
  // Last resort when our own process ends without stop(): the server shuts down by itself.
  const onExit = () => child.kill('SIGINT');
  process.once('exit', onExit);
  void exited.then(() => process.removeListener('exit', onExit));
  child.unref();
  let stopping;
  const stop = async () => {
    // Fast shutdown: sessions are ended, transactions rolled back, a checkpoint is written. Then ever more bluntly.
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (await endProcess(child.pid, 'SIGINT', STOP_MS)) return;
    if (await endProcess(child.pid, 'SIGQUIT', 5_000)) return;
    await endProcess(child.pid, 'SIGKILL', 5_000);
  };
  return { pid: child.pid, port, exited, stop: () => (stopping ??= stop()) };
}

async function ready(server, url, paths, logFrom) {
  const { default: pg } = await import('pg');
  let gone;
  void server.exited.then((how) => { gone = how; });
  for (const until = Date.now() + READY_MS; ;) {
    if (gone) {
      const why = reason(paths, logFrom) ?? gone.error?.message ?? `it ended with ${gone.code ?? gone.signal}`;
      throw new StartupFault(`PostgreSQL does not start in ${paths.dir}: ${why}`);
    }
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      await client.end().catch(() => {});
      if (error.code === '28P01') throw new StartupFault(`the password in ${paths.password} is not the one of the server in ${paths.data}`);
      if (Date.now() > until) throw new StartupFault(`PostgreSQL was not ready after ${READY_MS / 1000} s: see ${paths.log}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
}

/** The first line of the server's own log, since this start, that says why it gave up. */
function reason(paths, from) {
  const lines = firstLines(readFileSync(paths.log).subarray(from).toString('utf8'));
  const line = lines.find((text) => /\b(FATAL|PANIC):/.test(text)) ?? lines.find((text) => /\bERROR:|could not/.test(text));
  const cause = lines.find((text) => /could not bind/.test(text));
  return (cause ?? line)?.replace(/^.*?\b(FATAL|PANIC|ERROR|LOG|WARNING):\s*/, '');
}

async function ensureDatabase(url, database) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_catalog.pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const began = performance.now();
  try {
    const [dir = '.mereau/postgres', how] = process.argv.slice(2);
    const server = await startPostgres({ dir, durable: how !== 'fast', log: console.log });
    console.log(`${server.url} (as ${server.how}, process ${server.pid}, ${Math.round(performance.now() - began)} ms); Ctrl-C stops it`);
    const stop = () => void server.stop();
    process.on('SIGINT', stop).on('SIGTERM', stop);
    const alive = setInterval(() => {}, 60_000);
    await server.exited;
    clearInterval(alive);
  } catch (error) {
    console.error(isStartupFault(error) ? error.message : error);
    process.exitCode = 1;
  }
}
