// Why messaging does not start, in one line each, and what its role may not do.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { checkRedis, createMessaging, prepareQueueSchema } from '#libs/messaging';
import type { UnitOfWork } from '#libs/persistence';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { TIMING } from '../../libs/messaging/src/limits.js';
import { Queues } from '../../libs/messaging/src/queue/queues.js';
import { engineNames } from './support/engines.js';
import { freePort, startRedis } from './support/redis-server.js';
import { SILENT } from './support/world.js';

// A process of our own, a restarted server or a stalled job takes its seconds on a busy machine.
jest.setTimeout(90_000);

const messagingOn = (url: string) => createMessaging({
  service: 'issuance', work: {} as UnitOfWork, pool: {} as pg.Pool, queue: { kind: 'postgres', url }, log: SILENT,
  consumers: [], routing: { contractOf: () => undefined, receiversOf: () => [], typesFor: () => [] },
});

describe('the queue in PostgreSQL', () => {
  let database: TestDatabase;
  let service: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    service = new pg.Client({ connectionString: database.urlFor('issuance'), options: '-c search_path=bullmq' });
    await service.connect();
  });
  afterAll(async () => {
    await service.end();
    await database.drop();
  });

  it('can be prepared again and again, by many at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => prepareQueueSchema(database.adminUrl)));
  });

  it.each([
    ['create a table in its schema', 'create table bullmq.mine (id int)', 'permission denied for schema bullmq'],
    ['add jobs in bulk, which creates a sequence', `select add_jobs_bulk('x', '[]')`, 'permission denied for schema bullmq'],
    ['let the queue draw an id, which creates a sequence', `select next_job_id('x')`, 'permission denied for schema bullmq'],
    ['change what migrations were applied', 'delete from bullmq.migration', 'permission denied for table migration'],
  ])('does not let a service %s', async (_, sql, refusal) => {
    await expect(service.query(sql)).rejects.toThrow(refusal);
  });

  it('has let go of the server when it is closed, so that the server can be stopped next', async () => {
    const lines = `select count(*)::int as open from pg_stat_activity where application_name = 'mereau queue' and datname = current_database()`;
    for (let round = 0; round < 10; round += 1) {
      const queues = await Queues.open({ kind: 'postgres', url: database.urlFor('issuance') }, SILENT, TIMING);
      const worker = await queues.consume('closing.inbox', () => Promise.resolve());
      await queues.send('closing.inbox', { id: `closing-${round}`, name: 'batch', data: {}, keep: false });
      await worker.close();
      await queues.close();
      expect((await service.query<{ open: number }>(lines)).rows).toEqual([{ open: 0 }]);
    }
  });

  it('says what to do when it has no tables', async () => {
    const admin = new pg.Client(database.adminUrl);
    await admin.connect();
    await admin.query('alter schema bullmq rename to elsewhere');
    await expect(messagingOn(database.urlFor('issuance')).start())
      .rejects.toThrow('The queue has no tables in this database: run `mereau migrate`.');
    await admin.query('alter schema elsewhere rename to bullmq');
    await admin.end();
  });

  it('says so when nothing answers', async () => {
    const url = new URL(database.urlFor('issuance'));
    url.port = String(await freePort());
    await expect(messagingOn(url.href).start()).rejects.toThrow(/^Cannot use the queue in PostgreSQL: .*ECONNREFUSED/);
  });
});

const withRedis = engineNames().includes('redis') ? describe : describe.skip;

withRedis('the queue in Redis', () => {
  it('says so, without the password, when nothing answers', async () => {
    const port = await freePort();
    await expect(checkRedis(`redis://:secret@127.0.0.1:${port}`)).rejects.toThrow(
      new RegExp(`^Cannot use Redis at 127.0.0.1:${port}: .*ECONNREFUSED.* Check REDIS_URL.$`),
    );
  });

  it('is refused when Redis may throw keys away', async () => {
    const server = await startRedis('allkeys-lru');
    try {
      await expect(checkRedis(server.url)).rejects.toThrow('may evict keys (maxmemory-policy allkeys-lru): set it to noeviction.');
    } finally {
      await server.stop();
    }
  });

  it('is refused when its address is not one', async () => {
    await expect(checkRedis('http://127.0.0.1:6379')).rejects.toThrow('REDIS_URL is not a URL like redis://user:password@host:6379.');
  });
});
