// The database as it really is after the migrations, held against what the code and the rules say about it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { chartOf, type Ledger } from '#libs/ledger';
import { overseerRoleOf, readerRoleOf, roleOf, SCHEMAS } from '#libs/persistence';
import { testDatabase, type TestDatabase } from '#libs/testing';

type Generator = { schemaOf(client: pg.Client, service: string): Promise<string> };

let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const rows = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => (await admin.query<T>(sql, values)).rows;
const OURS = `n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition`;

describe('every table', () => {
  it('has a primary key', async () => {
    expect(await rows(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and not exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary)`, [[...SCHEMAS]])).toEqual([]);
  });

  it('says in a comment what one row is', async () => {
    expect(await rows(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and coalesce(length(obj_description(c.oid)), 0) < 15`, [[...SCHEMAS]])).toEqual([]);
  });

  it('belongs to the one who migrates, never to a service', async () => {
    expect(await rows(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and pg_get_userbyid(c.relowner) like 'mereau_%'`, [[...SCHEMAS]])).toEqual([]);
  });

  it('that holds money keeps the currency beside the amount', async () => {
    expect(await rows(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relname = 'transfer' and not exists
        (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'currency')`, [[...SCHEMAS]])).toEqual([]);
  });
});

describe.each(SCHEMAS.map((schema) => [schema]))('the role of %s', (schema) => {
  it('has no right in a neighbour', async () => {
    const neighbours = SCHEMAS.filter((other) => other !== schema);
    expect(await rows(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and has_table_privilege($2, c.oid, 'select, insert, update, delete')`, [neighbours, roleOf(schema)])).toEqual([]);
  });

  it('may not truncate anything, nor switch a trigger off', async () => {
    expect(await rows(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and has_table_privilege($2, c.oid, 'truncate, trigger')`, [[...SCHEMAS], roleOf(schema)])).toEqual([]);
    expect(await rows('select rolname from pg_roles where rolname = $1 and (rolsuper or rolcreaterole or rolbypassrls)', [roleOf(schema)])).toEqual([]);
  });
});

describe.each(SCHEMAS.flatMap((schema) => [[readerRoleOf(schema), schema], [overseerRoleOf(schema), schema]] as const))('the role %s', (role, schema) => {
  it('writes nothing, sees no neighbour, signs in nowhere, and counts only where the service takes it', async () => {
    expect(await rows(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and (has_table_privilege($2, c.oid, 'insert, update, delete, truncate, trigger') or has_any_column_privilege($2, c.oid, 'insert, update')
        or (n.nspname <> $3 and has_any_column_privilege($2, c.oid, 'select')))`, [[...SCHEMAS], role, schema])).toEqual([]);
    expect(await rows('select rolname from pg_roles where rolname = $1 and (rolcanlogin or rolsuper or rolcreaterole or rolbypassrls)', [role])).toEqual([]);
    expect(await rows(`select member::regrole::text as member, inherit_option, admin_option from pg_auth_members where roleid = $1::regrole and member = $2::regrole`, [role, roleOf(schema)]))
      .toEqual([{ member: roleOf(schema), inherit_option: false, admin_option: false }]);
  });
});

describe('facts', () => {
  it('that no role may update or delete also refuse it by trigger', async () => {
    const open = await rows<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and not has_table_privilege('mereau_' || n.nspname, c.oid, 'update, delete')
        and not has_any_column_privilege('mereau_' || n.nspname, c.oid, 'update')
        and has_table_privilege('mereau_' || n.nspname, c.oid, 'insert')
        and not exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only')
      order by 1`, [[...SCHEMAS]]);
    // inbox_batch is bookkeeping of the queue and no fact about money; the others follow their payment by a cascade.
    const following = ['settlement.payment_allocation', 'settlement.payment_early', 'settlement.payment_refund', 'settlement.payment_statement'];
    expect(open.filter(({ name }) => !name.endsWith('.inbox_batch') && !following.includes(name))).toEqual([]);
  });
});

describe.each([['issuance'], ['redemption'], ['settlement']] as const)('the guards of %s', (schema) => {
  it('are the kinds that the chart of accounts marks as guarded', async () => {
    for (const { kind, guarded } of chartOf(schema as Ledger)) {
      const [row] = await rows<{ guarded: boolean | null }>(`select ${schema}.is_guarded($1) as guarded`, [`${kind}:x`]);
      expect([kind, row!.guarded ?? false]).toEqual([kind, guarded]);
    }
  });
});

describe.each(SCHEMAS.map((schema) => [schema]))('prisma/%s/schema.prisma', (schema) => {
  it('says what the catalogue says; `npm run generate` writes it anew', async () => {
    const { schemaOf } = (await import(resolve('tools/generate-schemas.mjs'))) as Generator;
    expect(readFileSync(`prisma/${schema}/schema.prisma`, 'utf8')).toBe(await schemaOf(admin, schema));
  });
});
