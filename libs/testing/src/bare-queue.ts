// The reference of a bench: jobs as the library's own `addBulk` puts them into its queue, with nothing of ours around it.
import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Jobs a second. `adminUrl`: on PostgreSQL `addBulk` makes temporary tables, which no role of a service may. */
export async function addBulkBarely(
  to: Readonly<{ redisUrl: string } | { adminUrl: string }>, jobs: Readonly<{ count: number; perCall: number; data: object }>,
): Promise<number> {
  const { count, perCall, data } = jobs;
  const { queue, close } = 'redisUrl' in to ? onRedis(to.redisUrl) : onPostgres(to.adminUrl);
  try {
    await queue.waitUntilReady();
    const began = performance.now();
    for (let at = 0; at < count; at += perCall) {
      await queue.addBulk(Array.from({ length: Math.min(perCall, count - at) }, (_, n) => ({ name: 'event', data: { ...data, n: at + n } })));
    }
    return count / ((performance.now() - began) / 1_000);
  } finally {
    await queue.obliterate({ force: true });
    await queue.close();
    await close();
  }
}

function onRedis(url: string) {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const { Queue } = withBackend(createRedisBackend);
  return { queue: new Queue('bare', { connection }), close: async () => { connection.disconnect(); } };
}

function onPostgres(url: string) {
  const connection = new pg.Pool({ connectionString: url, max: 4, options: '-c search_path=bullmq' });
  const { Queue } = withBackend(createPostgresBackend);
  return { queue: new Queue('bare', { connection }), close: () => connection.end() };
}
