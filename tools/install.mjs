// Brings node_modules to what package-lock.json says. Built-ins only: it runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, seconds } from './commands.mjs';
import { ROOT } from './root.mjs';
import { StartupFault } from './startup-fault.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.cache', 'mereau-lock');
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
const PROGRESS_MS = 10_000;

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const hashOf = (text) => createHash('sha256').update(text).digest('hex');
const packagesOf = (text) => Object.entries(JSON.parse(text || '{}').packages ?? {}).filter(([path]) => path !== '');

/** Who ran npm by hand has no stamp of ours; then the two locks are compared. Optional packages of other platforms may lack. */
export function isSame(wanted, installed) {
  const found = new Map(packagesOf(installed));
  return packagesOf(wanted).every(([path, { version, optional, devOptional, link }]) => link
    || (found.has(path) ? found.get(path).version === version : optional === true || devOptional === true));
}

export function isInstalled() {
  const wanted = read(LOCK);
  if (!existsSync(INSTALLED)) return false;
  if (read(STAMP) === hashOf(wanted)) return true;
  if (!isSame(wanted, read(INSTALLED))) return false;
  stamp(wanted);
  return true;
}

function stamp(lock) {
  try {
    mkdirSync(join(STAMP, '..'), { recursive: true });
    writeFileSync(STAMP, hashOf(lock));
  } catch {
    // A read-only node_modules (an image): the locks are compared again next time.
  }
}

/** Runs `npm ci` when something is missing. No package's own script is run: none is needed, and none is trusted. */
export async function ensureInstalled(log = console.log) {
  if (isInstalled()) return false;
  const began = performance.now();
  const paths = packagesOf(read(LOCK)).map(([path]) => join(ROOT, path, 'package.json'));
  log('installing the packages of package-lock.json (npm ci, a minute or so)');
  const progress = setInterval(() => log(`  ${seconds(began)}: ${paths.filter((path) => existsSync(path)).length} of at most ${paths.length} packages`), PROGRESS_MS);
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const { code, output } = await run(npm[0], [...npm.slice(1), 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    // `npm start --omit=dev` and NODE_ENV=production would leave out what the build needs.
    env: { NODE_ENV: 'development', npm_config_omit: '', npm_config_include: 'dev' },
  }).finally(() => clearInterval(progress));
  if (code !== 0) throw new StartupFault(`npm ci failed (${code}):\n${output.trim().split('\n').slice(-20).join('\n')}`);
  stamp(read(LOCK));
  log(`installed in ${seconds(began)}, node_modules takes ${Math.round(sizeOf(join(ROOT, 'node_modules')) / 1e6)} MB`);
  return true;
}

function sizeOf(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += sizeOf(path);
    else if (entry.isFile()) bytes += statSync(path).size;
  }
  return bytes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureInstalled();
