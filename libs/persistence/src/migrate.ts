// Applies plain SQL files, each once and whole: roles and schemas first, then the shared files for each service, then
// its own. A file that changed after it was applied stops the start: history is not edited.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { chartOf, type Ledger } from '#libs/ledger';
import { SCHEMAS, type Schema } from './sql.js';
import { INSPECTOR_ROLE, overseerRoleOf, QUEUE_ROLE, readerRoleOf, roleOf } from './roles.js';

export type MigrateOptions = Readonly<{
  /** A role that may create roles and schemas. */
  adminUrl: string;
  /** The project's root, where prisma/ is. */
  rootDir: string;
  /** The login password of each role; derived from the wrapping key (libs/keys). */
  passwordOf: (role: string) => string;
  log?: (line: string) => void;
  /** How long a file waits for a table at a time: whoever comes behind it waits as long. */
  lockWaitMs?: number;
}>;

const LEDGERS: readonly Schema[] = ['issuance', 'redemption', 'settlement'];
/** Shared files that not every service needs, by the end of their name. */
const NEEDED_BY: readonly Readonly<{ file: string; schemas: readonly Schema[] }>[] = [
  { file: '_ledger', schemas: LEDGERS }, { file: '_control_total', schemas: LEDGERS }, { file: '_ledger_tally', schemas: LEDGERS },
  { file: '_file_import', schemas: ['issuance', 'redemption'] },
  { file: '_key_request', schemas: ['issuance', 'redemption', 'settlement', 'identity'] },
  { file: '_file_import_mapping', schemas: ['issuance', 'redemption'] },
];
// Any number; it only has to be the same in every process that migrates.
const LOCK = 7_062_031;

/** A service reads for half a minute at most, and works meanwhile. */
const LOCK_WAIT_MS = 3_000;
const TRIES_MAX = 20;
/** Waited too long for a lock; waited for each other. Services work while files are applied, and lock in orders of their own. */
const BUSY: ReadonlySet<unknown> = new Set(['55P03', '40P01']);

type File = { name: string; sql: string; checksum: string };

/** Applies what is missing. Throws on a changed or failing file; the failing file leaves nothing behind. */
export async function migrate(
  { adminUrl, rootDir, passwordOf, log = () => {}, lockWaitMs = LOCK_WAIT_MS }: MigrateOptions,
): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await prepareRoles(client, passwordOf);
    let applied = 0;
    for (const schema of SCHEMAS) {
      for (const file of filesFor(rootDir, schema)) applied += await applyOnce(client, schema, file, { log, lockWaitMs });
    }
    await grantInspector(client);
    await grantOverseers(client);
    return applied;
  } finally {
    await client.end();
  }
}

async function prepareRoles(client: pg.Client, passwordOf: (role: string) => string): Promise<void> {
  for (const role of [...SCHEMAS.map(roleOf), INSPECTOR_ROLE]) {
    const password = client.escapeLiteral(passwordOf(role));
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (!rowCount) await client.query(`create role ${role} login noinherit`);
    await client.query(`alter role ${role} login password ${password}`);
  }
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [QUEUE_ROLE]);
  if (!rowCount) await client.query(`create role ${QUEUE_ROLE} nologin`);
  await client.query(`create table if not exists public.migration (
    schema text not null, name text not null, checksum text not null, applied_at timestamptz not null default now(),
    primary key (schema, name))`);
  await client.query(`comment on table public.migration is 'SQL files applied, with the checksum that they had'`);
  for (const schema of SCHEMAS) {
    await client.query(`create schema if not exists ${schema}`);
    await client.query(`grant usage on schema ${schema} to ${roleOf(schema)}`);
    await client.query(`alter role ${roleOf(schema)} set search_path = ''`);
  }
  for (const schema of SCHEMAS) {
    for (const role of [overseerRoleOf(schema), readerRoleOf(schema)]) await prepareReader(client, schema, role);
  }
}

/** A member without inheritance: it counts only where the service says so for a transaction. */
async function prepareReader(client: pg.Client, schema: Schema, role: string): Promise<void> {
  const { rowCount: exists } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (!exists) await client.query(`create role ${role} nologin`);
  await client.query(`grant usage on schema ${schema} to ${role}`);
  const { rowCount: joined } = await client.query('select 1 from pg_auth_members where roleid = $1::regrole and member = $2::regrole', [role, roleOf(schema)]);
  if (!joined) await client.query(`grant ${role} to ${roleOf(schema)} with inherit false, set true`);
}

type Waiting = Required<Pick<MigrateOptions, 'log' | 'lockWaitMs'>>;

async function applyOnce(client: pg.Client, schema: Schema, file: File, { log, lockWaitMs }: Waiting): Promise<number> {
  const known = await client.query<{ checksum: string }>(
    'select checksum from public.migration where schema = $1 and name = $2', [schema, file.name],
  );
  const before = known.rows[0];
  if (before?.checksum === file.checksum) return 0;
  if (before) throw new Error(`migration ${schema}/${file.name} was changed after it was applied: add a new file instead`);
  for (let tries = 1; !await isApplied(client, schema, file, { isLast: tries === TRIES_MAX, lockWaitMs }); tries += 1) {
    log(`${schema}/${file.name} waits for tables that are in use`);
  }
  log(`applied ${schema}/${file.name}`);
  return 1;
}

type Try = Readonly<{ isLast: boolean; lockWaitMs: number }>;

/** False where its tables were in use, unless it was the last try: then, as of any other fault, throws. */
async function isApplied(client: pg.Client, schema: Schema, file: File, { isLast, lockWaitMs }: Try): Promise<boolean> {
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = ${lockWaitMs}`);
    await client.query(file.sql);
    await client.query('insert into public.migration (schema, name, checksum) values ($1, $2, $3)', [schema, file.name, file.checksum]);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback');
    if (!isLast && BUSY.has((error as { code?: unknown }).code)) return false;
    throw new Error(`migration ${schema}/${file.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Shared files first, both kinds by name; each only where it is needed. */
export function filesFor(rootDir: string, schema: Schema): File[] {
  const guarded = chartOf(schema as Ledger).filter((entry) => entry.guarded).map(({ kind }) => `'${kind}'`);
  const fill = (sql: string) => sql
    .replaceAll('{{schema}}', schema)
    .replaceAll('{{role}}', roleOf(schema))
    .replaceAll('{{reader}}', readerRoleOf(schema))
    .replaceAll('{{overseer}}', overseerRoleOf(schema))
    .replaceAll('{{guarded}}', guarded.join(', ') || 'null');
  const read = (folder: string, prefix: string): File[] => {
    const base = join(rootDir, 'prisma', folder, 'migrations');
    return readdirSync(base, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
      .map((name) => {
        const sql = fill(readFileSync(join(base, name, 'migration.sql'), 'utf8'));
        return { name: `${prefix}${name}`, sql, checksum: createHash('sha256').update(sql).digest('hex') };
      });
  };
  const shared = read('shared', 'shared/')
    .filter(({ name }) => NEEDED_BY.every(({ file, schemas }) => !name.endsWith(file) || schemas.includes(schema)));
  return [...shared, ...read(schema, '')];
}

/** The inspector reads everything and writes nothing; tests, the demo and `mereau inspect` sign in as it. */
async function grantInspector(client: pg.Client): Promise<void> {
  for (const schema of SCHEMAS) {
    await client.query(`grant usage on schema ${schema} to ${INSPECTOR_ROLE}`);
    await client.query(`grant select on all tables in schema ${schema} to ${INSPECTOR_ROLE}`);
  }
}

/** Whoever sees every row of the operator's lists. A table with row-level security asks for a policy besides. */
async function grantOverseers(client: pg.Client): Promise<void> {
  for (const schema of SCHEMAS) await client.query(`grant select on all tables in schema ${schema} to ${overseerRoleOf(schema)}`);
}
