// npm run dev: starts the platform and starts it again when a source changed and still builds. What runs goes on running
// while the sources are broken.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { ROOT } from './root.mjs';

const LOOK_MS = 700;

await ensureInstalled();
const { build, fingerprint } = await import('./build.mjs');

const start = () => {
  const child = spawn(process.execPath, [join(ROOT, 'start.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
};

let stopping = false;
let running = start();
let built = fingerprint();

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopping = true;
    running.child.kill(signal);
    void running.ended.then((code) => process.exit(code ?? 0));
  });
}

// Looked at rather than watched: recursive watching is not to be had on every platform that Node 20 runs on.
while (!stopping) {
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const now = fingerprint();
  if (now === built || stopping) continue;
  built = now;
  try {
    await build();
  } catch (error) {
    console.error(error.message);
    continue;
  }
  running.child.kill('SIGTERM');
  await running.ended;
  if (!stopping) running = start();
}
