// What audit does besides answering: it takes messages. It emits nothing yet.
import { PrismaPg } from '@prisma/adapter-pg';
import { uuidv7 } from 'uuidv7';
import { poolConfig } from '#libs/persistence';
import { MessagingLifecycle, type ServiceSettings } from '#libs/service';
import { PrismaClient } from '../../../prisma/generated/audit/client.js';
import { AuditWork } from './audit.work.js';
import { keepEventConsumer } from './keep-event/keep-event.consumer.js';

/** Connects lazily: nothing is asked of the database before the lifecycle starts. */
export function openAudit(settings: ServiceSettings) {
  const client = new PrismaClient({ adapter: new PrismaPg(poolConfig(settings.databaseUrl, 'mereau audit')) });
  const work = new AuditWork(client, { schema: 'audit', clock: settings.clock, ids: { next: () => uuidv7() } });
  return { work, lifecycle: new MessagingLifecycle(settings, { service: 'audit', work, consumers: [keepEventConsumer] }) };
}
