// A Redis of our own, to be emptied, killed and started again.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

export type RedisServer = Readonly<{
  url: string;
  flush(): Promise<void>;
  /** Killed, and started again without anything that it held. */
  restartEmpty(): Promise<void>;
  kill(): Promise<void>;
  /** Holds its connections and answers nothing, until it is thawed. */
  freeze(): void;
  thaw(): void;
  /** In bytes; nought: as much as there is. What is held is more than a byte: nothing can be written then. */
  limitMemory(bytes: number): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}>;

export async function startRedis(policy = 'noeviction'): Promise<RedisServer> {
  const dir = mkdtempSync(join(os.tmpdir(), 'mereau-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess;
  const start = async () => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'];
    child = spawn('redis-server', [...options, '--maxmemory-policy', policy], { stdio: 'ignore' });
    await ask(url, (client) => client.ping());
  };
  const kill = async () => {
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url, start, kill,
    freeze: () => { child.kill('SIGSTOP'); },
    thaw: () => { child.kill('SIGCONT'); },
    limitMemory: (bytes) => ask(url, async (client) => { await client.config('SET', 'maxmemory', String(bytes)); }),
    flush: () => ask(url, async (client) => { await client.flushall(); }),
    async restartEmpty() {
      await kill();
      await start();
    },
    async stop() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Retries until the server answers. */
async function ask<T>(url: string, what: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { maxRetriesPerRequest: 100, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  try {
    return await what(client);
  } finally {
    client.disconnect();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
