// A connection to PostgreSQL that goes silent without an end: nothing is refused, nothing answers.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { databaseClock } from '#libs/kernel';
import { isTransient, poolConfig, UnitOfWork, type SqlClient } from '#libs/persistence';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { PrismaClient } from '../../prisma/generated/redemption/client.js';
import { openLine, type Line } from './support/line.js';

jest.setTimeout(60_000);

/** In earnest it is longer than a statement may take. */
const SILENT_MS = 1_000;
const META = { kind: 'process', name: 'test', correlationId: 'silent-line' } as const;

describe('a connection to PostgreSQL that goes silent', () => {
  let database: TestDatabase;
  let line: Line;
  let client: SqlClient & { $disconnect(): Promise<void> };
  let work: UnitOfWork;
  beforeEach(async () => {
    database = await testDatabase();
    const url = new URL(database.urlFor('redemption'));
    line = await openLine(Number(url.port));
    url.port = String(line.port);
    client = new PrismaClient({ adapter: new PrismaPg(poolConfig(url.href, 'silent line', SILENT_MS)) }) as unknown as typeof client;
    work = new UnitOfWork(client, { schema: 'redemption', clock: databaseClock, ids: { next: () => uuidv7() } });
  });
  afterEach(async () => {
    await client.$disconnect();
    await line.close();
    await database.drop();
  });

  const request = (key: string) => ({
    kind: 'request', key, callerId: randomUUID(), route: 'POST /test', requestHash: 'x', actor: { kind: 'place', id: 'x' }, correlationId: 'silent-line',
  }) as unknown as Parameters<UnitOfWork['once']>[0];
  /** Counts how often it ran to its end. */
  const act = (meta: Parameters<UnitOfWork['once']>[0], midway = () => undefined as void) => work.once(meta, async (tx) => {
    const [row] = await tx.sql.$queryRaw<{ one: number }[]>`select 1 as one`;
    midway();
    await tx.sql.$queryRaw`select 2 as two`;
    return row!.one;
  });
  const refused = async (asked: Promise<unknown>): Promise<{ transient: boolean; seconds: number }> => {
    const began = performance.now();
    const error: unknown = await asked.then(() => undefined, (reason: unknown) => reason);
    return { transient: error !== undefined && isTransient(error), seconds: (performance.now() - began) / 1_000 };
  };

  it('ends what waits for it in time, as something that may be asked again; and the next one has another connection', async () => {
    expect(await act(META)).toBe(1);
    line.silence();
    const { transient, seconds } = await refused(act(META));
    expect(transient).toBe(true);
    expect(seconds).toBeLessThan(10);
    expect(await act(META)).toBe(1);
  });

  it('in the middle of a transaction leaves nothing behind: the same request is done when it is asked again', async () => {
    const asked = request(uuidv7());
    expect((await refused(act(asked, () => line.silence()))).transient).toBe(true);
    // The one of before still holds its key, as far as PostgreSQL knows; there a transaction may be idle for fifteen seconds.
    expect(await endLeftOpen()).toBeGreaterThan(0);
    expect(await act(asked)).toBe(1);
    expect(await act(asked)).toBe(1);
  });

  /** What PostgreSQL would do by itself after fifteen seconds of a silent client. */
  async function endLeftOpen(): Promise<number> {
    const admin = new pg.Client(database.adminUrl);
    await admin.connect();
    const { rowCount } = await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'silent line' and state = 'idle in transaction'`);
    await admin.end();
    return rowCount ?? 0;
  }
});
