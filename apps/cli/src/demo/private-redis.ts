// A Redis that nobody else uses, for a play with the queue there; it goes with the play and keeps nothing.
import { spawn, spawnSync } from 'node:child_process';
import { checkRedis } from '#libs/messaging';
import { StartupFault } from '#libs/persistence';
import { waitFor } from '../world/wait.js';
import { freePort } from './free-port.js';

export type PrivateRedis = Readonly<{ url: string; stop(): Promise<void> }>;

const READY_MS = 10_000;

/** Throws StartupFault when none is installed. */
export async function startPrivateRedis(folder: string): Promise<PrivateRedis> {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status !== 0) {
    throw new StartupFault('there is no redis-server in the PATH: install one, or leave the queue in PostgreSQL');
  }
  const port = await freePort();
  const child = spawn('redis-server', [
    '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, '--maxmemory-policy', 'noeviction',
  ], { stdio: 'ignore' });
  const ended = new Promise<void>((done) => { child.once('exit', () => done()); });
  const kill = () => { child.kill('SIGKILL'); };
  // A play that is killed must not leave it behind.
  process.once('exit', kill);
  const stop = async () => {
    kill();
    await ended;
    process.off('exit', kill);
  };
  const url = `redis://127.0.0.1:${port}`;
  try {
    await waitFor('the private Redis answers', () => checkRedis(url).then(() => true, () => false), READY_MS);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
