// The connection of this service, and locks by name for rows that its role may not lock because it may not change them.
import { PrismaPg } from '@prisma/adapter-pg';
import { poolConfig, type Tx } from '#libs/persistence';
import { PrismaClient } from '../../../prisma/generated/issuance/client.js';

export const openDatabase = (databaseUrl: string): PrismaClient =>
  new PrismaClient({ adapter: new PrismaPg(poolConfig(databaseUrl, 'mereau issuance')) });

/** Waits for, and holds until the end of the transaction, the lock of that name. Take several in sorted order. */
export async function lockByName(tx: Tx, name: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`issuance:${name}`}, 0))`;
}
