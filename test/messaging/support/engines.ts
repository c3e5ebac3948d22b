// The two engines under the queue. The suite asks the same of both.
import pg from 'pg';
import type { QueueSettings } from '#libs/messaging';
import type { Schema } from '#libs/persistence';
import type { TestDatabase } from '#libs/testing';
import { hasRedisServer, startRedis, type RedisServer } from './redis-server.js';

export type Engine = Readonly<{
  settingsFor(service: Schema): QueueSettings;
  /** Everything that the queue holds is gone; it goes on working. */
  loseEverything(): Promise<void>;
  /** Connections break, and what the queue held is gone. */
  restartEmpty(): Promise<void>;
  stop(): Promise<void>;
}>;
export type EngineName = 'postgres' | 'redis';

/** For describe.each; says so when Redis cannot be tested here. */
export function engineNames(): EngineName[] {
  if (hasRedisServer()) return ['postgres', 'redis'];
  process.stderr.write('skipped: messaging on Redis, because there is no redis-server in the PATH\n');
  return ['postgres'];
}

const DEADLOCK = '40P01';

export async function openEngine(name: EngineName, database: TestDatabase): Promise<Engine> {
  return name === 'postgres' ? onPostgres(database) : onRedis(await startRedis());
}

export function onRedis(server: RedisServer): Engine {
  return {
    settingsFor: () => ({ kind: 'redis', url: server.url }),
    loseEverything: () => server.flush(),
    restartEmpty: () => server.restartEmpty(),
    stop: () => server.stop(),
  };
}

function onPostgres(database: TestDatabase): Engine {
  /** The queue's own statements take the locks of these tables in orders of their own: whoever is chosen to give way tries again. */
  const asAdmin = async (sql: string): Promise<void> => {
    const client = new pg.Client(database.adminUrl);
    await client.connect();
    try {
      await client.query(sql);
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK) throw error;
      await asAdmin(sql);
    } finally {
      await client.end();
    }
  };
  const empty = `truncate bullmq.job, bullmq.event, bullmq.meta, bullmq.job_log, bullmq.job_dependency`;
  return {
    settingsFor: (service) => ({ kind: 'postgres', url: database.urlFor(service) }),
    loseEverything: () => asAdmin(empty),
    restartEmpty: () => asAdmin(`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and (application_name like '%.inbox' or application_name like '%.acks' or application_name = 'mereau queue');
      ${empty}`),
    stop: async () => undefined,
  };
}
