// Puts a backup into an empty database, whole or not at all. Triggers and foreign keys rest meanwhile: the rows were
// checked when they were written, and every invariant is asked afterwards.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { filesFor, SCHEMAS, StartupFault } from '#libs/persistence';
import { readTables, type Table } from './catalogue.js';
import type { Manifest, StoredTable } from './manifest.js';
import { checkStored } from './stored-bytes.js';
import { copied } from './write-backup.js';

/** Everything that can be known to be wrong before anything is touched. Throws StartupFault. */
export async function checkBackup(folder: string, manifest: Manifest, rootDir: string): Promise<void> {
  refuseOtherVersion(manifest, rootDir);
  for (const table of manifest.tables) await checkStored(folder, table);
  for (const file of manifest.files) await checkStored(join(folder, 'files'), file);
}

/** The tables have to be those that the rows came from; the newer version brings them on at its next start. */
function refuseOtherVersion({ migrations }: Manifest, rootDir: string): void {
  const keyOf = (schema: string, name: string, checksum: string) => `${schema}/${name} ${checksum.slice(0, 12)}`;
  const ours = SCHEMAS.flatMap((schema) => filesFor(rootDir, schema).map(({ name, checksum }) => keyOf(schema, name, checksum)));
  const theirs = migrations.map(({ schema, name, checksum }) => keyOf(schema, name, checksum));
  const [apart] = [...theirs.filter((one) => !ours.includes(one)), ...ours.filter((one) => !theirs.includes(one))];
  if (apart) throw new StartupFault(`the backup is of another version (${apart}): restore it with the version that made it, then start this one on it`);
}

export async function refuseUsed(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select from pg_namespace where nspname = any($1)', [SCHEMAS]);
    if (rows.length > 0) throw new StartupFault('the database has been used: a backup is restored into an empty one only');
  } finally {
    await client.end();
  }
}

/**
 * Into tables that were just made. `judge` may look at all of it before it counts: what it throws undoes it. Resolves with the number
 * of rows.
 */
export async function loadTables(
  adminUrl: string, folder: string, manifest: Manifest, judge: (client: pg.Client) => Promise<void> = async () => undefined,
): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    const tables = await readTables(client);
    refuseOtherTables(tables, manifest.tables);
    // Some migrations begin a table with a row.
    await client.query(`truncate ${tables.map(({ schema, name }) => `${schema}."${name}"`).join(', ')}`);
    for (const table of manifest.tables) await loadTable(client, table, folder);
    for (const { schema, name, lastValue } of manifest.sequences) {
      if (lastValue !== null) await client.query('select setval($1, $2)', [`${schema}.${name}`, lastValue]);
    }
    await client.query('set local session_replication_role = origin');
    await judge(client);
    await client.query('commit');
    await client.query('analyze');
    return manifest.tables.reduce((sum, { rows }) => sum + rows, 0);
  } finally {
    await client.end();
  }
}

function refuseOtherTables(here: readonly Table[], stored: readonly StoredTable[]): void {
  const names = (tables: readonly Table[]) => tables.map(copied).sort().join('\n');
  if (names(here) !== names(stored)) throw new StartupFault('the tables of the backup are not those of this version');
}

async function loadTable(client: pg.Client, table: StoredTable, folder: string): Promise<void> {
  const rows = client.query(copyFrom(`copy ${copied(table)} from stdin`));
  await pipeline(createReadStream(join(folder, table.path)), createGunzip(), rows);
  if (rows.rowCount !== table.rows) {
    throw new StartupFault(`${table.schema}.${table.name} took ${rows.rowCount} rows of ${table.rows}: nothing was restored`);
  }
}
