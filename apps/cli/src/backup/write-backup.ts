// One snapshot of every service's tables, and the data folder beside it. Taken from a running platform: the snapshot is of
// one moment over all services, so each message is either not yet sent or known to its receiver.
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readCheckpoint, readMigrations, readSequences, readTables, type Table } from './catalogue.js';
import { FORMAT, MANIFEST, type Manifest, type StoredFile, type StoredTable } from './manifest.js';
import { filesBelow, keepFile, writeHashed } from './stored-bytes.js';

/** The database's own folder: its rows are in the snapshot. */
const NOT_KEPT = ['postgres'];

export type Source = Readonly<{ adminUrl: string; dataDir: string; keyCheck: string; at: Date }>;

/** What somebody else shall not have. Nothing, for a backup. */
export type LeftOut = Readonly<{
  /** By `schema.table`, a condition in SQL: only rows that fulfil it are kept. */
  rowsOf: Readonly<Record<string, string>>;
  keepsFile: (path: string) => boolean;
  /** More to write, in the same snapshot, before the manifest. */
  beside?: (client: pg.Client) => Promise<void>;
}>;
const NOTHING: LeftOut = { rowsOf: {}, keepsFile: () => true };

/** `folder` is new. Resolves with what it holds; without its manifest a folder is no backup. */
export async function writeBackup(
  source: Source, folder: string, say: (line: string) => void, leftOut: LeftOut = NOTHING,
): Promise<Manifest> {
  // Before the snapshot: a checkpoint published in between would be one of events that the snapshot does not have.
  const files = await keepFiles(source.dataDir, join(folder, 'files'), leftOut.keepsFile);
  const client = new pg.Client({ connectionString: source.adminUrl });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables = await readTables(client);
    const stored: StoredTable[] = [];
    for (const table of tables) {
      stored.push(await keepTable(client, table, folder, leftOut.rowsOf[`${table.schema}.${table.name}`]));
      const { schema, name, rows } = stored.at(-1)!;
      if (rows >= LOUD_ROWS) say(`${schema}.${name}: ${rows} rows`);
    }
    await leftOut.beside?.(client);
    const manifest: Manifest = {
      format: FORMAT, madeAt: source.at.toISOString(), keyCheck: source.keyCheck, migrations: await readMigrations(client),
      tables: stored, sequences: await readSequences(client), files, checkpoint: await readCheckpoint(client),
    };
    await client.query('commit');
    await finish(folder, manifest);
    return manifest;
  } finally {
    await client.end();
  }
}

/** A table that takes a while is told of. */
const LOUD_ROWS = 100_000;

async function keepFiles(dataDir: string, to: string, keeps: LeftOut['keepsFile']): Promise<StoredFile[]> {
  const kept: StoredFile[] = [];
  for (const path of (await filesBelow(dataDir, NOT_KEPT)).filter(keeps)) kept.push(await keepFile(dataDir, path, to));
  return kept;
}

async function keepTable(client: pg.Client, table: Table, folder: string, only?: string): Promise<StoredTable> {
  const path = join('tables', `${table.schema}.${table.name}.copy.gz`);
  // As text: it is read by any later PostgreSQL, and by a person.
  const rows = client.query(copyTo(`copy ${only ? chosen(table, only) : copied(table)} to stdout`));
  const written = await writeHashed(join(folder, path), [rows, createGzip({ level: 1 })]);
  return { ...table, columns: [...table.columns], path, rows: rows.rowCount, ...written };
}

/** Names come from the catalogue and from a checked manifest: plain words, quoted because `order` and `user` are keywords. */
export const copied = ({ schema, name, columns }: Table): string =>
  `${schema}."${name}" (${columns.map((column) => `"${column}"`).join(', ')})`;

const chosen = ({ schema, name, columns }: Table, only: string): string =>
  `(select ${columns.map((column) => `"${column}"`).join(', ')} from ${schema}."${name}" where ${only})`;

async function finish(folder: string, manifest: Manifest): Promise<void> {
  const draft = join(folder, `${MANIFEST}.draft`);
  await writeFile(draft, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true });
  await rename(draft, join(folder, MANIFEST));
}
