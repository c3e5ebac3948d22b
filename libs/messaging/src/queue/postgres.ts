// BullMQ on PostgreSQL, the default: no second server. One pool for all queues and workers of a service; each worker
// keeps one of its connections for LISTEN.
import { createPostgresBackend, withBackend, type Queue as AnyQueue, type Worker as AnyWorker } from 'bullmq';
import pg from 'pg';
import { StartupFault } from '#libs/persistence';
import type { Engine } from './engine.js';

export const QUEUE_SCHEMA = 'bullmq';
// Two workers listen; four connections are left for adding, taking and finishing jobs.
const POOL_MAX = 6;
// Nobody reads the library's events; 0 would not mean none here, but all of them for ever.
const STREAMS = { events: { maxLen: 1000 } } as const;
const END_MS = 2000;

const { Queue, Worker } = withBackend(createPostgresBackend);

/** Throws StartupFault when the schema is missing or nothing answers. */
export async function openPostgres(url: string, onError: (error: unknown) => void): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_MAX,
    application_name: 'mereau queue',
    keepAlive: true,
    // Without these an `add` hangs for as long as the server is silent.
    connectionTimeoutMillis: 5000,
    query_timeout: 10_000,
    // The library's SQL names no schema; service roles have an empty search path.
    options: `-c search_path=${QUEUE_SCHEMA} -c statement_timeout=8000 -c timezone=UTC`,
  });
  pool.on('error', onError);
  // For each connection as long as it lives: the library's own start-up check holds one without a listener, and a line
  // that breaks at that moment would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  const connections = new Set<pg.PoolClient>();
  pool.on('connect', (client) => connections.add(client));
  pool.on('remove', (client) => connections.delete(client));
  // Each queue and worker adds a listener of its own.
  pool.setMaxListeners(100);
  await checkSchema(pool);
  return {
    queue: (name) => new Queue(name, { connection: pool, streams: STREAMS }) as unknown as AnyQueue,
    worker: (name, process, options) =>
      new Worker(name, process, { connection: pool, ...options }) as unknown as AnyWorker,
    close: () => endPool(pool, connections),
  };
}

/**
 * A pool says that it has ended before its connections are down: a server that is stopped next would cut them off, and each
 * would be reported. After an outage the library may have lost a connection that it listened on: the pool would wait for
 * it for ever.
 */
async function endPool(pool: pg.Pool, connections: ReadonlySet<pg.PoolClient>): Promise<void> {
  const down = new Promise<void>((resolve) => {
    const look = () => { if (connections.size === 0) resolve(); };
    pool.on('remove', look);
    look();
  });
  const ended = Promise.all([pool.end(), down]);
  const late = new Promise<boolean>((resolve) => { setTimeout(resolve, END_MS, true).unref(); });
  if (!(await Promise.race([ended.then(() => false), late]))) return;
  await Promise.all([...connections].map((client) => (client as unknown as pg.Client).end()));
}

async function checkSchema(pool: pg.Pool): Promise<void> {
  try {
    await pool.query(`select max(version) from ${QUEUE_SCHEMA}.migration`);
  } catch (error) {
    await pool.end().catch(() => undefined);
    const { code, message } = error as { code?: string; message: string };
    if (code === '42P01' || code === '3F000') throw new StartupFault('The queue has no tables in this database: run `mereau migrate`.');
    throw new StartupFault(`Cannot use the queue in PostgreSQL: ${message || code}.`);
  }
}
