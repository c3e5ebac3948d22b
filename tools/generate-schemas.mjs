// Writes prisma/<service>/schema.prisma from the catalogue of a freshly migrated database, so that the SQL files stay
// the only truth. `npm run generate` runs it; a tidy test fails when what is committed differs.
// Usage: node tools/generate-schemas.mjs [service …]   (needs MEREAU_TEST_DATABASE_URL or starts its own server)
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const ALL = ['issuance', 'redemption', 'settlement', 'audit', 'identity'];

const TYPES = {
  uuid: ['String', '@db.Uuid'], text: ['String', ''], int8: ['BigInt', ''], int4: ['Int', ''], int2: ['Int', '@db.SmallInt'],
  bool: ['Boolean', ''], timestamptz: ['DateTime', '@db.Timestamptz(6)'], timestamp: ['DateTime', '@db.Timestamp(6)'],
  date: ['DateTime', '@db.Date'], jsonb: ['Json', ''], json: ['Json', '@db.Json'], bytea: ['Bytes', ''],
  bpchar: ['String', (length) => `@db.Char(${length})`], varchar: ['String', (length) => (length > 0 ? `@db.VarChar(${length})` : '@db.VarChar')],
};

const pascal = (name) => name.split('_').map((part) => part[0].toUpperCase() + part.slice(1)).join('');
const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

const HEAD = (service) => `// Generated from the migrations by \`npm run generate\`: do not edit.

generator client {
  provider            = "prisma-client"
  output              = "../generated/${service}"
  moduleFormat        = "esm"
  importFileExtension = "js"
  runtime             = "nodejs"
}

datasource db {
  provider = "postgresql"
  schemas  = ["${service}"]
}
`;

/** The text of schema.prisma for one service, read from the catalogue behind `client`. */
export async function schemaOf(client, service) {
  const { rows: columns } = await client.query(
    `select c.relname as "table", a.attname as "column", t.typname as type, t.typelem <> 0 and t.typname like '\\_%' as list,
            case when a.atttypmod > 4 then a.atttypmod - 4 else 0 end as length, a.attnotnull as required,
            pk.position, (pk.position is null and u.oid is not null) as "unique"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type t on t.oid = a.atttypid
     left join lateral (select array_position(i.indkey::int2[], a.attnum) as position from pg_index i
       where i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey::int2[])) pk on true
     left join lateral (select i.indexrelid as oid from pg_index i where i.indrelid = c.oid and i.indisunique
       and not i.indisprimary and i.indnkeyatts = 1 and i.indpred is null and i.indexprs is null and i.indkey[0] = a.attnum limit 1) u on true
     where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition order by c.relname, a.attnum`, [service],
  );
  const tables = Map.groupBy ? Map.groupBy(columns, (row) => row.table) : group(columns);
  const models = [...tables].map(([table, rows]) => modelOf(service, table, rows));
  return [HEAD(service), ...models].join('\n');
}

function group(rows) {
  const map = new Map();
  for (const row of rows) map.set(row.table, [...(map.get(row.table) ?? []), row]);
  return map;
}

function modelOf(service, table, rows) {
  const key = rows.filter(({ position }) => position !== null).sort((a, b) => a.position - b.position);
  const lines = rows.map((row) => fieldOf(row, key.length === 1));
  if (key.length > 1) lines.push('', `  @@id([${key.map(({ column }) => camel(column)).join(', ')}])`);
  return [`model ${pascal(table)} {`, ...lines, `  @@map("${table}")`, `  @@schema("${service}")`, '}', ''].join('\n');
}

function fieldOf({ column, type, list, length, required, position, unique }, single) {
  const name = camel(column);
  const base = list ? type.slice(1) : type;
  const known = TYPES[base];
  if (!known) return `  ${name} Unsupported("${base}")${required ? '' : '?'} @map("${column}")`;
  const native = typeof known[1] === 'function' ? known[1](length) : known[1];
  const marks = [position !== null && single && '@id', unique && required && !list && '@unique', name !== column && `@map("${column}")`, native];
  return `  ${name} ${known[0]}${list ? '[]' : required ? '' : '?'} ${marks.filter(Boolean).join(' ')}`.trimEnd();
}

async function main() {
  const { freshDatabase } = await import('./fresh-database.mjs');
  const services = process.argv.slice(2).length ? process.argv.slice(2) : ALL;
  const database = await freshDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    for (const service of services) {
      mkdirSync(join('prisma', service), { recursive: true });
      writeFileSync(join('prisma', service, 'schema.prisma'), await schemaOf(client, service));
      console.log(`wrote prisma/${service}/schema.prisma`);
    }
  } finally {
    await client.end();
    await database.drop();
  }
}
if (process.argv[1] === import.meta.filename) await main();
