// What audit does besides answering: it takes messages. It emits nothing yet.
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { createMessaging, type Messaging } from '#libs/messaging';
import { poolConfig } from '#libs/persistence';
import { OrderlyStop, type Lifecycle, type ServiceSettings } from '#libs/service';
import { PrismaClient } from '../../../prisma/generated/audit/client.js';
import { AuditWork } from './audit.work.js';
import { keepEventConsumer } from './keep-event/keep-event.consumer.js';

export class AuditLifecycle implements Lifecycle {
  readonly name = 'audit';

  constructor(
    private readonly messaging: Messaging,
    private readonly pool: pg.Pool,
    private readonly parts: OrderlyStop,
    private readonly log: ServiceSettings['log'],
  ) {}

  async start(): Promise<void> {
    await this.messaging.start();
  }

  async stop(): Promise<void> {
    for (const { name, reason } of await this.parts.run()) this.log.error({ err: reason }, `${name} did not stop in order`);
  }

  checks(): Record<string, () => Promise<boolean>> {
    return {
      database: async () => (await this.pool.query('select 1')).rowCount === 1,
      messages: async () => (await this.messaging.health()).isWell,
    };
  }

  idle(): Promise<boolean> {
    return this.messaging.idle();
  }
}

/** Connects lazily: nothing is asked of the database before the lifecycle starts. */
export function openAudit({ databaseUrl, queue, clock, log, resendMs }: ServiceSettings) {
  const client = new PrismaClient({ adapter: new PrismaPg(poolConfig(databaseUrl, 'mereau audit')) });
  const pool = new pg.Pool(poolConfig(databaseUrl, 'mereau audit messages'));
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle connection of audit was lost'));
  const work = new AuditWork(client, { schema: 'audit', clock, ids: { next: () => uuidv7() } });
  const messaging = createMessaging({ service: 'audit', work, pool, queue, log, consumers: [keepEventConsumer], timing: { resendMs } });
  const parts = new OrderlyStop();
  parts.add('workers', 'audit messages', () => messaging.stop());
  parts.add('database', 'audit client', () => client.$disconnect());
  parts.add('database', 'audit pool', () => pool.end());
  return { work, lifecycle: new AuditLifecycle(messaging, pool, parts, log) };
}
