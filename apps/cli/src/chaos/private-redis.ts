// A Redis of the play's own, without persistence: it may be emptied or killed at any moment, and Méreau must not care.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from '../free-port.js';

export type PrivateRedis = Readonly<{
  url: string;
  /** Everything that it holds is gone. */
  empty(): Promise<void>;
  /** Killed, and started again with nothing. */
  restartEmpty(): Promise<void>;
  stop(): Promise<void>;
}>;

const READY_MS = 10_000;

export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** Throws when it does not answer in time. */
export async function startPrivateRedis(): Promise<PrivateRedis> {
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    child = spawn('redis-server', [
      '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction',
    ], { stdio: 'ignore' });
    await answers(port);
  };
  const stop = async () => {
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`, stop,
    async empty() { await say(port, 'FLUSHALL'); },
    async restartEmpty() {
      await stop();
      await start();
    },
  };
}

async function answers(port: number): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (await say(port, 'PING').catch(() => '') !== '+PONG') {
    if (performance.now() > deadline) throw new Error(`redis-server does not answer on port ${port}`);
    await new Promise((resume) => { setTimeout(resume, 20); });
  }
}

/** One command in Redis's inline form; the first line of the answer. */
const say = (port: number, command: string): Promise<string> => new Promise((resolve, reject) => {
  const socket = connect(port, '127.0.0.1', () => { socket.write(`${command}\r\n`); });
  socket.once('error', reject).once('data', (data) => {
    socket.destroy();
    resolve(data.toString().split('\r\n', 1)[0]!);
  });
});
