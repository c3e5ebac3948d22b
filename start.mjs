// npm start: brings a fresh clone to a running platform. Installs what package-lock.json says, builds what changed, and runs
// `mereau start` (or the command given) as a child. Node's built-ins only: nothing else is there yet.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(fileURLToPath(import.meta.url));
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
const MAIN = join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js');
/** In MB. Without a bound V8 lets the text of messages lie until a machine's memory calls for it (docs/adr/0025). */
const HEAP_MAX_MB = 1_024;

/** One line that says what is wrong with this machine, or undefined. */
function unfit() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  if (!supported) return `Node ${process.versions.node} is too old: Méreau needs 20.19 or newer (22.12 or newer, or 24)`;
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform) && !process.env.DATABASE_URL) {
    return `no PostgreSQL is shipped for ${platform}: set DATABASE_URL to a PostgreSQL 18 server, or use docker compose`;
  }
  return undefined;
}

/** Runs the command line with the signals and the exit code passed on. */
function runMain(args) {
  // The channel tells the child when this process is gone without having been able to send a signal.
  const isHeapBound = (process.env.NODE_OPTIONS ?? '').includes('--max-old-space-size');
  const flags = ['--enable-source-maps', ...(isHeapBound ? [] : [`--max-old-space-size=${HEAP_MAX_MB}`])];
  const child = spawn(process.execPath, [...flags, MAIN, ...args], { cwd: ROOT, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (error) => { console.error(error.message); resolve(1); });
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

async function main() {
  const reason = unfit();
  if (reason) {
    console.error(reason);
    return 1;
  }
  // Loaded only now: an old Node could not even read them.
  const { ensureInstalled } = await import('./tools/install.mjs');
  const { build } = await import('./tools/build.mjs');
  try {
    await ensureInstalled();
    await build();
  } catch (error) {
    console.error(error.name === 'StartupFault' ? error.message : error);
    return 1;
  }
  const [command = 'start', ...args] = process.argv.slice(2);
  return runMain([command, ...args]);
}

process.exitCode = await main();
