// Goal: a process whose own clock is wrong decides by the database's, and so does every other beside it.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import { databaseClock } from '#libs/kernel';
import { seededIds, testDatabase, type TestDatabase } from '#libs/testing';
import { PrismaClient } from '../../../prisma/generated/issuance/client.js';
import { poolConfig, UnitOfWork } from './index.js';

const HOUR = 3_600_000;
const RIGHT = Date.now;

let database: TestDatabase;
let client: PrismaClient;
let work: UnitOfWork;
beforeAll(async () => {
  database = await testDatabase();
  client = new PrismaClient({ adapter: new PrismaPg(poolConfig(database.urlFor('issuance'), 'test')) });
  work = new UnitOfWork(client, { schema: 'issuance', clock: databaseClock, ids: seededIds(randomUUID()) });
});
afterAll(async () => {
  await client.$disconnect();
  await database.drop();
});
afterEach(() => { Date.now = RIGHT; });

describe('a process whose clock is wrong', () => {
  it.each([['ahead', 2 * HOUR], ['behind', -2 * HOUR], ['set back', -1 * HOUR]])('by hours (%s) decides by the moment of the database', async (_, offMs) => {
    Date.now = () => RIGHT() + offMs;
    const [now, between] = await work.once({ kind: 'process', name: 'spec', correlationId: 'spec' }, async (tx) => {
      const [row] = await tx.sql.$queryRawUnsafe<{ between: boolean }[]>(
        `select $1::timestamptz between transaction_timestamp() - interval '1 second' and clock_timestamp() as between`, tx.now.toISOString());
      return [tx.now.getTime(), row!.between] as const;
    }) as readonly [number, boolean];
    expect(between).toBe(true);
    expect(Math.abs(now - Date.now())).toBeGreaterThan(HOUR / 2);
  });
});
