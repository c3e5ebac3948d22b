// What identity runs besides its routes: it takes messages, sends notices, and has two ways into one schema (Prisma for our
// tables, a pool for better-auth).
import type { CommandBus } from '@nestjs/cqrs';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { CONNECTION_OPTIONS, poolConfig, type Tx } from '#libs/persistence';
import { MessagingLifecycle, type ImpersonationReading, type Loop, type ServiceSettings } from '#libs/service';
import { PrismaClient } from '../../../prisma/generated/identity/client.js';
import { Authentication } from './authentication.js';
import { IdentityWork } from './identity.work.js';
import { insertImpersonationReading } from './impersonations/impersonation.store.js';
import { impersonationReadingConsumer } from './impersonations/impersonation-reading.consumer.js';
import { MailLinkDesk } from './mail-links/mail-link-desk.js';
import { endOldestSessions } from './sessions/end-oldest-sessions.js';
import { NoticeLoop } from './send-notices/notice-loop.js';
import { NoticeSender } from './send-notices/notice-sender.js';
import { noticeConsumers } from './send-notices/send-notices.consumer.js';

const AUTHENTICATION_POOL_MAX = 4;

export type IdentityParts = Readonly<{ work: IdentityWork; pool: pg.Pool; sender: NoticeSender }>;

export class IdentityLifecycle extends MessagingLifecycle {
  constructor(settings: ServiceSettings, { work, pool, sender }: IdentityParts, commands: CommandBus) {
    super(settings, {
      service: 'identity', work, consumers: [...noticeConsumers(commands), impersonationReadingConsumer],
      loops: [new NoticeLoop(sender, settings.log), signInPool(pool)],
    });
  }

  /** Kept before it is answered, as elsewhere: its own message comes later, under the same id. */
  protected override async tellImpersonationReading(tx: Tx, reading: ImpersonationReading): Promise<string> {
    const id = await super.tellImpersonationReading(tx, reading);
    await insertImpersonationReading(tx, id, reading, tx.now);
    return id;
  }
}

/** Opened before the doors and closed after them: better-auth asks it at every sign-in. */
const signInPool = (pool: pg.Pool): Loop => ({
  name: 'sign-in pool', forReading: true, isIdle: () => true, start: async () => { await pool.query('select 1'); }, stop: () => pool.end(),
});

/** Connects lazily: nothing is asked of the database before the lifecycle starts. */
export function openIdentity({ databaseUrl, clock, keyring, baseUrl, log, mail }: ServiceSettings) {
  const client = new PrismaClient({ adapter: new PrismaPg(poolConfig(databaseUrl, 'mereau identity')) });
  // better-auth names its tables without a schema, and our roles have an empty search path.
  const options = `${CONNECTION_OPTIONS} -c search_path=identity`;
  const pool = new pg.Pool({ ...poolConfig(databaseUrl, 'mereau identity sign-in'), max: AUTHENTICATION_POOL_MAX, options });
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle connection of identity was lost'));
  const secret = keyring.deriveSecret('identity:session-cookie').toString('base64url');
  const links = new MailLinkDesk(keyring);
  const work = new IdentityWork(client, { schema: 'identity', clock, ids: { next: () => uuidv7() } });
  const sender = new NoticeSender(work, mail, { baseUrl, links });
  const authentication = new Authentication({ pool, baseUrl, secret, log, opened: (userId) => endOldestSessions(work, userId) });
  return { work, pool, authentication, sender, links };
}
