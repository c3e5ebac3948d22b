// A Redis that nobody else uses and that keeps nothing, for a play with the queue there. It may be emptied or killed at any
// moment, and Méreau must not care.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { checkRedis } from '#libs/messaging';
import { StartupFault } from '#libs/persistence';
import { freePort } from './free-port.js';
import { waitFor } from './world/wait.js';

export type PrivateRedis = Readonly<{
  url: string;
  /** Everything that it holds is gone. */
  empty(): Promise<void>;
  /** Killed, and started again with nothing. */
  restartEmpty(): Promise<void>;
  stop(): Promise<void>;
}>;

const READY_MS = 10_000;

export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

/** Throws StartupFault when none is installed. */
export async function startPrivateRedis(): Promise<PrivateRedis> {
  if (!hasRedisServer()) throw new StartupFault('there is no redis-server in the PATH: install one, or leave the queue in PostgreSQL');
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess;
  // A play that is killed must not leave it behind.
  const kill = () => { child.kill('SIGKILL'); };
  const start = async () => {
    child = spawn('redis-server', [
      '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction',
    ], { stdio: 'ignore' });
    await waitFor('the private Redis answers', () => checkRedis(url).then(() => true, () => false), READY_MS);
  };
  const end = async () => {
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    kill();
    await gone;
  };
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    await end();
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url, stop,
    empty: () => say(port, 'FLUSHALL'),
    async restartEmpty() {
      await end();
      await start();
    },
  };
}

/** One command in Redis's inline form; resolves with its answer. */
const say = (port: number, command: string): Promise<void> => new Promise((resolve, reject) => {
  const socket = connect(port, '127.0.0.1', () => { socket.write(`${command}\r\n`); });
  socket.once('error', reject).once('data', () => {
    socket.destroy();
    resolve();
  });
});
