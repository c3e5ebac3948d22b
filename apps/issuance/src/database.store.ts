// The connection of this service, and locks by name for rows that its role may not lock because it may not change them.
import { PrismaPg } from '@prisma/adapter-pg';
import type { BatchId } from '#libs/kernel';
import { poolConfig, type Tx } from '#libs/persistence';
import { PrismaClient } from '../../../prisma/generated/issuance/client.js';

export const openDatabase = (databaseUrl: string): PrismaClient =>
  new PrismaClient({ adapter: new PrismaPg(poolConfig(databaseUrl, 'mereau issuance')) });

/** Waits for, and holds until the end of the transaction, the lock of that name. Take several in sorted order. */
export async function lockByName(tx: Tx, name: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`issuance:${name}`}, 0))`;
}

/**
 * Whoever moves vouchers of these batches, or ends a batch's key, or has codes written out, follows the one before: it
 * decides on where they are now. Held for each batch until the end of the transaction.
 */
export async function lockStock(tx: Tx, batchIds: readonly BatchId[]): Promise<void> {
  for (const batchId of [...new Set(batchIds)].sort()) await lockByName(tx, `stock:${batchId}`);
}
