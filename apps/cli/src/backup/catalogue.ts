// What there is to back up, as the database itself says it: no list of ours that a new table could be missing from.
import type pg from 'pg';
import { SCHEMAS, type Schema } from '#libs/persistence';
import type { Manifest, Sequence } from './manifest.js';

export type Table = Readonly<{ schema: Schema; name: string; columns: readonly string[] }>;

/** Tables and partitions with rows of their own; a generated column is computed again and not carried. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname as schema, c.relname as name,
      array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and n.nspname = any($1) group by 1, 2 order by 1, 2`, [SCHEMAS]);
  return rows;
}

export async function readSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(`
    select schemaname as schema, sequencename as name, last_value::text as "lastValue"
    from pg_sequences where schemaname = any($1) order by 1, 2`, [SCHEMAS]);
  return rows;
}

export async function readMigrations(client: pg.Client): Promise<Manifest['migrations']> {
  const { rows } = await client.query<Manifest['migrations'][number]>(
    'select schema, name, checksum from public.migration order by schema, name');
  return rows;
}

/**
 * The last one that audit signed, by its number and not by the text that is shown (6 is not after 24). Whoever keeps a later one can
 * show what a restored backup lacks.
 */
export async function readCheckpoint(client: pg.Client): Promise<Manifest['checkpoint']> {
  const { rows: [last] } = await client.query<{ size: string; root: string }>(
    `select size::text as size, encode(root, 'hex') as root from audit.checkpoint c order by c.size desc limit 1`);
  return last ?? null;
}
