// Redemption's consumer host in a process of its own, to be frozen or killed while it holds a batch. A fact whose number
// is in HOLD says so to the parent and waits for its word before it goes on; one whose number is in DIE ends the process.
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import pino from 'pino';
import { uuidv7 } from 'uuidv7';
import { databaseClock } from '#libs/kernel';
import type { Contract } from '#libs/contracts';
import { createMessaging, defineConsumer, type QueueSettings, type Timing } from '#libs/messaging';
import { poolConfig, UnitOfWork } from '#libs/persistence';
import { PrismaClient } from '../../../prisma/generated/redemption/client.js';
import { FactV1, routingOf } from './messages.js';

export type HostOrder = Readonly<{
  databaseUrl: string; queue: QueueSettings; timing: Partial<Timing>; hold: readonly number[]; die: readonly number[];
  /** Instead of the 15 s after which PostgreSQL ends the transaction of a frozen process. */
  idleInTransactionMs: number;
}>;

const order = JSON.parse(process.env.HOST_ORDER!) as HostOrder;
const say = (word: string) => process.send!(word);
const parentsWord = () => new Promise<void>((resolve) => { process.once('message', () => resolve()); });

const config = poolConfig(order.databaseUrl, 'frozen');
const options = `${config.options} -c idle_in_transaction_session_timeout=${order.idleInTransactionMs}`;
const client = new PrismaClient({ adapter: new PrismaPg({ ...config, options }) });
const pool = new pg.Pool({ ...config, options });
pool.on('error', () => undefined);

const consumer = defineConsumer(FactV1 as unknown as Contract, async (message, tx, sender) => {
  const { n } = message.body as { n: number };
  const write = () => tx.sql.$executeRawUnsafe(
    `insert into redemption.test_effect (sender, seq, n) values ($1, $2::bigint, $3::int)`, sender, message.seq, n,
  );
  if (order.die.includes(n)) process.kill(process.pid, 'SIGKILL');
  await write();
  if (!order.hold.includes(n)) return;
  say('holding');
  await parentsWord();
  await tx.sql.$queryRawUnsafe('select 1').then(() => say('went on'), () => say('was too late'));
});

const messaging = createMessaging({
  service: 'redemption', pool, queue: order.queue, timing: order.timing, consumers: [consumer], routing: routingOf(false),
  work: new UnitOfWork(client, { schema: 'redemption', clock: databaseClock, ids: { next: () => uuidv7() } }),
  log: pino({ level: process.env.MEREAU_TEST_LOG ?? 'silent' }),
});
await messaging.start();
say('started');
process.on('disconnect', () => process.exit(0));
