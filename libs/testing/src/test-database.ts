// A real, migrated database of its own for each test file: copied from a template that is made once per set of SQL files.
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { prepareQueueSchema } from '#libs/messaging';
import { filesFor, INSPECTOR_ROLE, migrate, roleOf, SCHEMAS, urlAs, type Schema } from '#libs/persistence';

export type TestDatabase = Readonly<{
  adminUrl: string;
  urlFor(schema: Schema): string;
  inspectorUrl: string;
  drop(): Promise<void>;
}>;

const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' });

/** Roles belong to the whole server: every test file, and every process that a test starts with PUBLISHED_KEYS, uses the same. */
export const testPasswordOf = (role: string): string => keyring.deriveSecret(`db-role:${role}`).toString('base64url');

// Any number, the same in all test processes: only one of them makes the template.
const TEMPLATE_LOCK = 7_062_032;

export async function testDatabase(rootDir = process.cwd()): Promise<TestDatabase> {
  const server = process.env.MEREAU_TEST_DATABASE_URL;
  if (!server) throw new Error('MEREAU_TEST_DATABASE_URL is not set: run the tests by `npm test`, which starts a server');
  const name = `mereau_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const template = await makeTemplate(client, server, rootDir);
    // By its files: page by page through the log takes twice as long.
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const adminUrl = withDatabase(server, name);
  return {
    adminUrl,
    urlFor: (schema) => urlAs(adminUrl, roleOf(schema), testPasswordOf(roleOf(schema))),
    inspectorUrl: urlAs(adminUrl, INSPECTOR_ROLE, testPasswordOf(INSPECTOR_ROLE)),
    drop: () => onServer(server, async (client) => { await client.query(`drop database if exists ${name} with (force)`); }),
  };
}

async function makeTemplate(client: pg.Client, server: string, rootDir: string): Promise<string> {
  const digest = createHash('sha256');
  for (const schema of SCHEMAS) for (const { checksum } of filesFor(rootDir, schema)) digest.update(checksum);
  const template = `mereau_template_${digest.digest('hex').slice(0, 16)}`;
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (rowCount) return template;
  const draft = `mereau_draft_${randomBytes(6).toString('hex')}`;
  await client.query(`create database ${draft}`);
  await migrate({ adminUrl: withDatabase(server, draft), rootDir, passwordOf: testPasswordOf });
  await prepareQueueSchema(withDatabase(server, draft));
  await client.query(`alter database ${draft} rename to ${template}`);
  return template;
}

function withDatabase(url: string, name: string): string {
  const target = new URL(url);
  target.pathname = `/${name}`;
  return target.href;
}

async function onServer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
