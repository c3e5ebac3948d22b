// BullMQ on Redis, for more than one machine. Two clients per service: one that fails fast, for adding jobs, and one that
// waits for ever, for workers. Everything in Redis may be lost at any time; nothing is kept there alone.
import { createRedisBackend, withBackend, type Queue as AnyQueue, type Worker as AnyWorker } from 'bullmq';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { StartupFault } from '#libs/persistence';
import type { Engine } from './engine.js';

// The braces put all keys of all queues into one slot: BullMQ's scripts touch several keys at once.
const PREFIX = '{mereau}';
const NAMED = { prefix: PREFIX, streams: { events: { maxLen: 1000 } } } as const;
const RETRY_MAX_MS = 2000;
const COMMAND_TIMEOUT_MS = 2000;
const CONNECT_TIMEOUT_MS = 5000;

type Client = Redis | Cluster;

const { Queue, Worker } = withBackend(createRedisBackend);

// The library's own answer grows to 20 s, and a worker would sleep on after a short outage.
const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 6), RETRY_MAX_MS);

/** An `add` fails within seconds when Redis is away or frozen; the relay sends it again. */
const PRODUCER: RedisOptions = {
  retryStrategy, enableOfflineQueue: false, commandTimeout: COMMAND_TIMEOUT_MS, maxRetriesPerRequest: 1,
  connectTimeout: CONNECT_TIMEOUT_MS, lazyConnect: true,
};
/** No command timeout: a worker's commands block on purpose. */
const WORKER: RedisOptions = {
  retryStrategy, maxRetriesPerRequest: null, connectTimeout: CONNECT_TIMEOUT_MS, lazyConnect: true,
};

/** Throws StartupFault when Redis cannot be reached or may throw keys away. */
export async function openRedis(url: string, onError: (error: unknown) => void): Promise<Engine> {
  await checkRedis(url);
  const producer = clientOf(url, PRODUCER);
  const worker = clientOf(url, WORKER);
  for (const client of [producer, worker]) client.on('error', onError).setMaxListeners(100);
  await Promise.all([producer.connect(), worker.connect()]);
  return {
    queue: (name) => new Queue(name, { connection: producer, ...NAMED }) as unknown as AnyQueue,
    worker: (name, process, options) =>
      new Worker(name, process, { connection: worker, prefix: PREFIX, ...options }) as unknown as AnyWorker,
    async close() {
      for (const client of [producer, worker]) client.disconnect();
    },
  };
}

/** Throws StartupFault, in one line, when nothing answers or the server may evict keys. */
export async function checkRedis(url: string): Promise<void> {
  const client = clientOf(url, { ...PRODUCER, retryStrategy: () => null });
  let reason: unknown;
  client.on('error', (error) => { reason = error; });
  try {
    await client.connect();
    const memory = await client.info('memory');
    const policy = /maxmemory_policy:(\S+)/.exec(memory)?.[1];
    // Any other policy deletes locks and jobs when memory runs short, without a word.
    if (policy !== 'noeviction') {
      throw new StartupFault(`Redis at ${shown(url)} may evict keys (maxmemory-policy ${policy}): set it to noeviction.`);
    }
  } catch (error) {
    if (error instanceof StartupFault) throw error;
    const { message, code } = (reason ?? error) as { message?: string; code?: string };
    const told = (message || code || 'no answer').replace(/\.$/, '');
    throw new StartupFault(`Cannot use Redis at ${shown(url)}: ${told}. Check REDIS_URL.`);
  } finally {
    client.disconnect();
  }
}

/** Cluster and Sentinel are told by the scheme, so that one setting is enough. */
function clientOf(url: string, options: RedisOptions): Client {
  const { scheme, username, password, nodes, path } = parts(url);
  if (scheme === 'redis+cluster') {
    const { lazyConnect, retryStrategy: retry, enableOfflineQueue, ...redisOptions } = options;
    return new Cluster(nodes, {
      lazyConnect, enableOfflineQueue, redisOptions: { ...redisOptions, username, password },
      clusterRetryStrategy: (times) => retry?.(times) ?? null,
    });
  }
  if (scheme === 'redis+sentinel') {
    const sentinelRetryStrategy = options.retryStrategy ?? undefined;
    return new Redis({ ...options, sentinels: nodes, name: path, username, password, sentinelRetryStrategy });
  }
  return new Redis(url, options);
}

function parts(url: string) {
  const match = /^(redis|rediss|redis\+cluster|redis\+sentinel):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]+)(?:\/([^?]*))?/.exec(url);
  if (!match) throw new StartupFault('REDIS_URL is not a URL like redis://user:password@host:6379.');
  const [, scheme, username, password, hosts, path] = match;
  const nodes = hosts!.split(',').map((host) => {
    const [name, port] = host.split(':');
    return { host: name!, port: Number(port ?? 6379) };
  });
  const decoded = (text: string | undefined) => (text ? decodeURIComponent(text) : undefined);
  return { scheme, username: decoded(username), password: decoded(password), nodes, path };
}

/** Without its password. */
const shown = (url: string): string => parts(url).nodes.map(({ host, port }) => `${host}:${port}`).join(',');
