// The connection of this service, and locks by name where no row is there to be locked.
import { PrismaPg } from '@prisma/adapter-pg';
import { poolConfig, type Tx } from '#libs/persistence';
import { PrismaClient } from '../../../prisma/generated/settlement/client.js';

export const openDatabase = (databaseUrl: string): PrismaClient =>
  new PrismaClient({ adapter: new PrismaPg(poolConfig(databaseUrl, 'mereau settlement')) });

/** Waits for, and holds until the end of the transaction, the lock of that name. */
export async function lockByName(tx: Tx, name: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`settlement:${name}`}, 0))`;
}

/** The same lock, held beside others who share it: whoever takes it by `lockByName` waits for all of them. */
export async function shareByName(tx: Tx, name: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${`settlement:${name}`}, 0))`;
}
