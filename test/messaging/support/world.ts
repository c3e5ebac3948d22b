// Two services and the audit on a throw-away database, with messages of their own and a table in which every effect of a
// message is a row: an effect that is lost or happens twice can be counted.
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import pino, { type Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { databaseClock } from '#libs/kernel';
import type { Contract } from '#libs/contracts';
import { createMessaging, defineConsumer, type Consumer, type Messaging, type Routing, type Timing } from '#libs/messaging';
import { poolConfig, UnitOfWork, type SqlClient } from '#libs/persistence';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { PrismaClient as AuditClient } from '../../../prisma/generated/audit/client.js';
import { PrismaClient as IssuanceClient } from '../../../prisma/generated/issuance/client.js';
import { PrismaClient as RedemptionClient } from '../../../prisma/generated/redemption/client.js';
import { openEngine, type Engine, type EngineName } from './engines.js';
import { EchoV1, FactV1, routingOf } from './messages.js';

/** Short enough for a test, in the same proportions as in earnest. */
export const QUICK: Partial<Timing> = { resendMs: 400, retryMs: 50, lockMs: 1500, stalledMs: 500, pollMinMs: 5, pollMaxMs: 50 };

const CLIENTS = {
  issuance: (adapter: PrismaPg): SqlClient => new IssuanceClient({ adapter }),
  redemption: (adapter: PrismaPg): SqlClient => new RedemptionClient({ adapter }),
  audit: (adapter: PrismaPg): SqlClient => new AuditClient({ adapter }),
} as const;
type Tested = keyof typeof CLIENTS;

export type Running = Readonly<{
  messaging: Messaging;
  work: UnitOfWork;
  pool: pg.Pool;
  stop(): Promise<void>;
}>;

export type Options = Readonly<{
  consumers?: readonly Consumer[]; timing?: Partial<Timing>; routing?: Routing; log?: Logger; started?: boolean;
}>;

export class World {
  private readonly running: Running[] = [];

  private constructor(readonly database: TestDatabase, readonly engine: Engine, readonly admin: pg.Pool) {}

  /** `engine` in place of a name: one of the spec's own making. */
  static async open(engine: EngineName | Engine): Promise<World> {
    const database = await testDatabase();
    const admin = new pg.Pool({ connectionString: database.adminUrl, max: 4 });
    admin.on('error', () => undefined);
    for (const service of Object.keys(CLIENTS)) {
      await admin.query(`
        create table ${service}.test_effect (sender text not null, seq bigint not null, n int not null);
        grant insert, select on ${service}.test_effect to mereau_${service}`);
    }
    return new World(database, typeof engine === 'string' ? await openEngine(engine, database) : engine, admin);
  }

  /** Another process of `service`, as far as the database and the queue can tell. */
  async start(service: Tested, options: Options = {}): Promise<Running> {
    const { consumers, timing, routing = routingOf(false), log = SILENT, started = true } = options;
    const url = this.database.urlFor(service);
    const client = CLIENTS[service](new PrismaPg(poolConfig(url, `${service} work`)));
    const work = new UnitOfWork(client, { schema: service, clock: databaseClock, ids: { next: () => uuidv7() } });
    const pool = new pg.Pool(poolConfig(url, `${service} messaging`));
    pool.on('error', () => undefined);
    const messaging = createMessaging({
      service, work, pool, queue: this.engine.settingsFor(service), log, routing,
      consumers: consumers ?? defaultConsumers(service), timing: { ...QUICK, ...timing },
    });
    if (started) await messaging.start();
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await messaging.stop();
      await client.$disconnect();
      await pool.end();
    };
    const running: Running = { messaging, work, pool, stop: () => (stopping ??= stop()) };
    this.running.push(running);
    return running;
  }

  async count(sql: string): Promise<number> {
    const { rows } = await this.admin.query<{ n: string }>(sql);
    return Number(rows[0]!.n);
  }

  /** Numbers of the facts whose effects are there, with repetitions. */
  async effects(service: Tested = 'redemption'): Promise<number[]> {
    const { rows } = await this.admin.query<{ n: number }>(`select n from ${service}.test_effect order by n`);
    return rows.map(({ n }) => n);
  }

  effectCount = (service: Tested = 'redemption'): Promise<number> => this.count(`select count(*) n from ${service}.test_effect`);

  async close(): Promise<void> {
    await Promise.allSettled(this.running.map((one) => one.stop()));
    await this.engine.stop();
    await this.admin.end();
    await this.database.drop();
  }
}

export const SILENT = pino({ level: process.env.MEREAU_TEST_LOG ?? 'silent' });

/** One row per handling: nothing but the inbox keeps a second one out. */
export const effectOf = (contract: Contract) => defineConsumer(contract, async (message, tx, sender) => {
  await tx.sql.$executeRawUnsafe(
    `insert into ${tx.schema}.test_effect (sender, seq, n) values ($1, $2::bigint, $3::int)`,
    sender, message.seq, (message.body as { n: number }).n,
  );
});

function defaultConsumers(service: Tested): readonly Consumer[] {
  if (service === 'redemption') return [effectOf(FactV1 as unknown as Contract)];
  return service === 'issuance' ? [effectOf(EchoV1 as unknown as Contract)] : [];
}

/** One transaction of issuance that emits facts with these numbers. */
export function emitFacts({ work }: Running, numbers: readonly number[], text?: string): Promise<unknown> {
  return work.once({ kind: 'process', name: 'test', correlationId: randomUUID() }, async (tx) => {
    for (const n of numbers) await tx.emit(FactV1, { subject: `test:${n}`, body: text ? { n, text } : { n } });
    return null;
  });
}

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
