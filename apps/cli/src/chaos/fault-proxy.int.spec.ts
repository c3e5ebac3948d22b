// Goal: a lost answer to a COMMIT is just that: the caller hears that the line broke, and the row is there.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { FaultProxy } from './fault-proxy.js';

let database: TestDatabase;
let proxy: FaultProxy;
beforeAll(async () => {
  database = await testDatabase();
  proxy = await FaultProxy.open(Number(new URL(database.adminUrl).port));
});
afterAll(async () => {
  await proxy.close();
  await database.drop();
});

async function through<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const url = new URL(database.adminUrl);
  url.port = String(proxy.port);
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  return work(client).finally(() => client.end().catch(() => undefined));
}
const count = () => through(async (client) => Number((await client.query('select count(*) as n from proved')).rows[0].n));

describe('a proxy between a service and its database', () => {
  it('passes everything on, and loses the answer of as many commits as it is told', async () => {
    await through((client) => client.query('create table proved (n int)'));
    const losing = proxy.loseCommits(1, 10_000);
    await expect(through(async (client) => {
      await client.query('begin');
      await client.query('insert into proved values (1)');
      await client.query('commit');
    })).rejects.toThrow(/terminated|closed|ECONNRESET/);
    expect(await losing).toBe(1);
    expect(await count()).toBe(1);
  });

  it('says that it lost nothing where nobody commits, and loses nothing later', async () => {
    expect(await proxy.loseCommits(3, 50)).toBe(0);
    await through((client) => client.query('begin; insert into proved values (2); commit'));
    expect(await count()).toBe(2);
  });
});
