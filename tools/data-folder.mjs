// The folder that holds one private PostgreSQL: `data` (the cluster), `superuser-password` (0600), `postgres.log`, and
// `owner.json`, which says which process runs the server, so that two starts never share it and a killed one is cleaned up.
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { canReach } from './postgres-programs.mjs';
import { birthOf, endProcess, isPostmasterOf } from './processes.mjs';
import { StartupFault } from './startup-fault.mjs';

const MAJOR = '18';
const ORPHAN_STOP_MS = 60_000;

export const pathsOf = (dir) => ({
  dir,
  data: join(dir, 'data'),
  fresh: join(dir, 'data.new'),
  password: join(dir, 'superuser-password'),
  log: join(dir, 'postgres.log'),
  owner: join(dir, 'owner.json'),
  movedTo: join(dir, 'moved-to'),
});

/**
 * Makes the folder, or, when the user as whom the server must run cannot walk to it, one under the temporary folder.
 * The choice is written down: a later start that could use the first folder must still find the data.
 */
export function openFolder(wanted, way, log) {
  const dir = makeFolder(resolve(wanted), way);
  const paths = pathsOf(dir);
  const moved = existsSync(paths.movedTo) ? readFileSync(paths.movedTo, 'utf8').trim() : undefined;
  if (!moved && canReach(dir, way.owner)) return paths;
  const elsewhere = moved ?? join(os.tmpdir(), `mereau-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`);
  refuseForeign(elsewhere);
  makeFolder(elsewhere, way);
  if (!canReach(elsewhere, way.owner)) {
    throw new StartupFault(`the user as whom PostgreSQL must run can reach neither ${dir} nor ${elsewhere}: `
      + 'set MEREAU_DATA to a folder that everyone may enter, or start as an ordinary user');
  }
  if (!moved) writeFileSync(paths.movedTo, `${elsewhere}\n`);
  log(`the database is kept in ${elsewhere}, because ${moved ? `${paths.movedTo} says so` : `the user as whom PostgreSQL runs cannot enter ${dir}`}`
    + ' (set MEREAU_DATA to a folder that everyone may enter to choose another place)');
  return pathsOf(elsewhere);
}

function makeFolder(dir, way) {
  // Passing through is all that another user gets: what is inside is 0600 or 0700.
  const mode = way.owner.uid === (process.getuid?.() ?? 0) ? 0o700 : 0o711;
  try {
    mkdirSync(dir, { recursive: true, mode });
    if (statSync(dir).uid === process.getuid?.() && (statSync(dir).mode & mode) !== mode) chmodSync(dir, mode);
  } catch (error) {
    throw new StartupFault(`the data folder ${dir} cannot be made or entered: ${error.message}`);
  }
  return dir;
}

/** The temporary folder is everybody's: a folder that another user laid there under our name is not used. */
function refuseForeign(dir) {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  if (stat && (!stat.isDirectory() || stat.uid !== process.getuid())) {
    throw new StartupFault(`${dir} was not made by this user: remove it and start again`);
  }
}

const readRecord = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};
export const readOwner = (paths) => readRecord(paths.owner);
const thisProcess = () => ({ pid: process.pid, birth: birthOf(process.pid) });
const lives = (owner) => owner !== undefined && owner.birth !== undefined && birthOf(owner.pid) === owner.birth;

/** Takes the folder for this process. Throws StartupFault, with the pid, while another one has it. */
export async function claimFolder(paths, log) {
  const claim = () => writeFileSync(paths.owner, JSON.stringify(thisProcess()), { flag: 'wx', mode: 0o600 });
  try {
    claim();
  } catch (error) {
    if (error.code !== 'EEXIST') throw new StartupFault(`the data folder ${paths.dir} cannot be written: ${error.message}`);
    const owner = readOwner(paths);
    if (lives(owner)) {
      throw new StartupFault(`the data folder ${paths.dir} is in use by process ${owner.pid}`
        + `${owner.postmaster ? ` (its PostgreSQL is process ${owner.postmaster})` : ''}: stop that one, or set MEREAU_DATA to another folder`);
    }
    rmSync(paths.owner, { force: true });
    claimAgain(paths, claim);
    await stopOrphan(paths, log, true);
    return;
  }
  await stopOrphan(paths, log, false);
}

function claimAgain(paths, claim) {
  try {
    claim();
  } catch {
    throw new StartupFault(`the data folder ${paths.dir} is being opened by another start at this moment`);
  }
}

/** A start that was killed leaves its server, or only the server's pid file, behind. */
async function stopOrphan(paths, log, ownerIsDead) {
  const pidFile = join(paths.data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!isPostmasterOf(pid, paths.data)) {
    // The number may belong to another program by now, and then PostgreSQL itself would refuse to start for ever.
    rmSync(pidFile, { force: true });
    return;
  }
  if (!ownerIsDead) {
    rmSync(paths.owner, { force: true });
    throw new StartupFault(`the data folder ${paths.dir} is in use by a PostgreSQL server, process ${pid}: stop it (kill -INT ${pid}) and start again`);
  }
  log(`stopping the PostgreSQL server (process ${pid}) of an earlier start that was killed`);
  if (await endProcess(pid, 'SIGINT', ORPHAN_STOP_MS)) return;
  rmSync(paths.owner, { force: true });
  throw new StartupFault(`the PostgreSQL server of an earlier start (process ${pid}) does not stop: end it and start again`);
}

export function recordServer(paths, server) {
  writeFileSync(paths.owner, JSON.stringify({ ...thisProcess(), ...server }), { mode: 0o600 });
}

export const releaseFolder = (paths) => rmSync(paths.owner, { force: true });

/** Is there a cluster? Throws StartupFault when there is something else. */
export function hasCluster(paths) {
  rmSync(paths.fresh, { recursive: true, force: true });
  if (!existsSync(paths.data)) return false;
  const broken = (what) => new StartupFault(`the data folder ${paths.data} is broken (${what}): restore a backup, or remove ${paths.dir} to begin empty`);
  if (!existsSync(join(paths.data, 'PG_VERSION'))) throw broken('PG_VERSION is missing');
  const version = readFileSync(join(paths.data, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) throw new StartupFault(`the data folder ${paths.data} was made by PostgreSQL ${version}, this is ${MAJOR}: set MEREAU_DATA to another folder`);
  if (!existsSync(join(paths.data, 'global', 'pg_control'))) throw broken('global/pg_control is missing');
  if (!existsSync(paths.password)) throw broken(`${paths.password} is missing`);
  return true;
}

export const readPassword = (paths) => readFileSync(paths.password, 'utf8').trim();

export function drawPassword(paths) {
  const password = randomBytes(24).toString('base64url');
  writeFileSync(paths.password, `${password}\n`, { mode: 0o600 });
  chmodSync(paths.password, 0o600);
  return password;
}

/** Removes the throw-away folder of a test run that was killed, and ends its servers; leaves one that is in use alone. */
export async function removeAbandoned(dir) {
  const paths = pathsOf(dir);
  const owner = readOwner(paths);
  const young = Date.now() - statSync(dir).mtimeMs < 60_000;
  if (lives(owner) || (owner === undefined && young)) return;
  if (owner?.postmaster && isPostmasterOf(owner.postmaster, paths.data)) await endProcess(owner.postmaster, 'SIGQUIT', 5_000);
  const redis = readRecord(join(dir, 'redis.json'));
  if (lives(redis)) await endProcess(redis.pid, 'SIGKILL', 5_000);
  rmSync(dir, { recursive: true, force: true });
}
