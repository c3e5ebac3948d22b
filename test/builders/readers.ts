// What readers see of the tables of a service, asked of each table as it is, without any query in front of it.
import { randomUUID } from 'node:crypto';
import { OVERSEER, readAs, readerRoleOf, type Reading } from '#libs/persistence';

/** Who reads; each side is one party, or several that have to do with each other. */
export type Sides = Readonly<{ own: readonly string[]; other: readonly string[] }>;
export type Seen = Readonly<{
  /** Tables that show both sides one row, show nobody one, or hide one from the overseer. */
  wrong: readonly string[];
  /** Tables of which the first side sees something: of others nothing was compared. */
  seen: readonly string[];
  /** All that were asked. */
  guarded: readonly string[];
}>;

/** Of every table of the service that its reader may look at and that has policies. */
export async function tablesAsRead(work: Reading, { own, other }: Sides): Promise<Seen> {
  const [wrong, seen]: [string[], string[]] = [[], []];
  const guarded = await guardedTables(work);
  for (const table of guarded) {
    const rowsOf = (reader: string) => rowsSeen(work, reader, table);
    const [ofOwn, ofOther] = [(await Promise.all(own.map(rowsOf))).flat(), (await Promise.all(other.map(rowsOf))).flat()];
    if (ofOwn.some((id) => ofOther.includes(id))) wrong.push(`${table} shows both`);
    if ((await rowsOf('')).length > 0 || (await rowsOf(randomUUID())).length > 0) wrong.push(`${table} shows nobody`);
    if ((await rowsOf(OVERSEER)).length !== await rowsOfService(work, table)) wrong.push(`${table} hides from the overseer`);
    if (ofOwn.length > 0) seen.push(table);
  }
  return { wrong, seen, guarded };
}

type Named = Readonly<{ name: string }>;

async function guardedTables({ client, settings: { schema } }: Reading): Promise<string[]> {
  const rows = await client.$queryRaw<Named[]>`
    select c.relname::text as name from pg_class c where c.relnamespace = ${schema}::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
      and has_any_column_privilege(${readerRoleOf(schema)}, c.oid, 'select') order by 1`;
  return rows.map(({ name }) => name);
}

/** Tables and views that the reader may look at whole: neither with policies, nor a view that reads with its rights. */
export async function tablesOfNobody({ client, settings: { schema } }: Reading): Promise<string[]> {
  const rows = await client.$queryRaw<Named[]>`
    select c.relname::text as name from pg_class c where c.relnamespace = ${schema}::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relrowsecurity
      and not coalesce(c.reloptions, '{}') @> '{security_invoker=true}'
      and has_any_column_privilege(${readerRoleOf(schema)}, c.oid, 'select') order by 1`;
  return rows.map(({ name }) => name);
}

/** Each row as a text of what may be read of it: tables have keys, so that no two are alike. */
async function rowsSeen(work: Reading, reader: string, table: string): Promise<string[]> {
  const columns = (await readableColumns(work, table)).map((name) => `"${name}"`).join(', ');
  const rows = await readAs(work, reader, (sql) =>
    sql.$queryRawUnsafe<{ row: string }[]>(`select t::text as row from (select ${columns} from ${work.settings.schema}."${table}") t`));
  return rows.map(({ row }) => row);
}

async function readableColumns({ client, settings: { schema } }: Reading, table: string): Promise<string[]> {
  const rows = await client.$queryRawUnsafe<Named[]>(`select a.attname::text as name from pg_attribute a
    where a.attrelid = '${schema}."${table}"'::regclass and a.attnum > 0 and not a.attisdropped
      and has_column_privilege('${readerRoleOf(schema)}', a.attrelid, a.attnum, 'select')`);
  return rows.map(({ name }) => name);
}

async function rowsOfService({ client, settings: { schema } }: Reading, table: string): Promise<number> {
  const [row] = await client.$queryRawUnsafe<{ count: number }[]>(`select count(*)::int as count from ${schema}."${table}"`);
  return row!.count;
}
