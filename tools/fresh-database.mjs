// A throw-away database with all migrations applied, for tools that read the catalogue.
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** On the server of MEREAU_TEST_DATABASE_URL, or on a private one that lives as long as the database. */
export async function freshDatabase() {
  const { migrate } = await import('../dist/libs/persistence/src/index.js');
  const { testPasswordOf } = await import('../dist/libs/testing/src/index.js');
  const server = process.env.MEREAU_TEST_DATABASE_URL ? undefined : await privateServer();
  const adminUrl = process.env.MEREAU_TEST_DATABASE_URL ?? server.url;
  const name = `mereau_fresh_${randomBytes(6).toString('hex')}`;
  await onServer(adminUrl, (client) => client.query(`create database ${name}`));
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await migrate({ adminUrl: url.href, rootDir: process.cwd(), passwordOf: testPasswordOf });
  const drop = async () => {
    await onServer(adminUrl, (client) => client.query(`drop database ${name} with (force)`));
    await server?.stop();
  };
  return { url: url.href, drop };
}

async function privateServer() {
  const { startPostgres } = await import('./embedded-postgres.mjs');
  return startPostgres({ dir: join(mkdtempSync(join(os.tmpdir(), 'mereau-')), 'postgres'), durable: false });
}

async function onServer(url, work) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
