// What identity runs besides its routes: two ways into one schema (Prisma for our tables, a pool for better-auth).
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { CONNECTION_OPTIONS, poolConfig } from '#libs/persistence';
import { OrderlyStop, type Lifecycle, type ServiceSettings } from '#libs/service';
import { PrismaClient } from '../../../prisma/generated/identity/client.js';
import { Authentication } from './authentication.js';
import { IdentityWork } from './identity.work.js';

const AUTHENTICATION_POOL_MAX = 4;

export class IdentityLifecycle implements Lifecycle {
  readonly name = 'identity';

  constructor(private readonly pool: pg.Pool, private readonly parts: OrderlyStop, private readonly log: ServiceSettings['log']) {}

  async start(): Promise<void> {
    await this.pool.query('select 1');
  }

  async stop(): Promise<void> {
    for (const { name, reason } of await this.parts.run()) this.log.error({ err: reason }, `${name} did not stop in order`);
  }

  checks(): Record<string, () => Promise<boolean>> {
    return { database: async () => (await this.pool.query('select 1')).rowCount === 1 };
  }

  /** Nothing of identity runs by itself. */
  async idle(): Promise<boolean> {
    return true;
  }
}

/** Connects lazily: nothing is asked of the database before the lifecycle starts. */
export function openIdentity({ databaseUrl, clock, keyring, baseUrl, log }: ServiceSettings) {
  const client = new PrismaClient({ adapter: new PrismaPg(poolConfig(databaseUrl, 'mereau identity')) });
  // better-auth names its tables without a schema, and our roles have an empty search path.
  const options = `${CONNECTION_OPTIONS} -c search_path=identity`;
  const pool = new pg.Pool({ ...poolConfig(databaseUrl, 'mereau identity sign-in'), max: AUTHENTICATION_POOL_MAX, options });
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle connection of identity was lost'));
  const parts = new OrderlyStop();
  parts.add('database', 'identity client', () => client.$disconnect());
  parts.add('database', 'identity pool', () => pool.end());
  const secret = keyring.deriveSecret('identity:session-cookie').toString('base64url');
  return {
    work: new IdentityWork(client, { schema: 'identity', clock, ids: { next: () => uuidv7() } }),
    authentication: new Authentication({ pool, baseUrl, secret, log }),
    lifecycle: new IdentityLifecycle(pool, parts, log),
  };
}
