// The connection of this service for everything but the till, and locks by name.
import { PrismaPg } from '@prisma/adapter-pg';
import { poolConfig, type Tx } from '#libs/persistence';
import { PrismaClient } from '../../../prisma/generated/redemption/client.js';

export const openDatabase = (databaseUrl: string): PrismaClient =>
  new PrismaClient({ adapter: new PrismaPg(poolConfig(databaseUrl, 'mereau redemption')) });

/** Waits for, and holds until the end of the transaction, the lock of that name. */
export async function lockByName(tx: Tx, name: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`redemption:${name}`}, 0))`;
}
