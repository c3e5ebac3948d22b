import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { roleOf, SCHEMAS, type Schema } from '#libs/persistence';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { ENDING } from './ending.js';
import { forgetPast } from './forget-past.js';
import { KEPT } from './kept.js';

let database: TestDatabase;
let admin: pg.Client;
const pools = new Map<Schema, pg.Pool>();
const poolOf = (schema: Schema): pg.Pool => {
  const pool = pools.get(schema) ?? new pg.Pool({ connectionString: database.urlFor(schema), max: 1 });
  pools.set(schema, pool);
  return pool;
};
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
}, 60_000);
afterAll(async () => {
  for (const pool of pools.values()) await pool.end();
  await admin?.end();
  await database?.drop();
});

type Planting = Readonly<{ table: string; sql: string }>;
/** A row of each kind, $1 being its moment and $2 a number that makes it another one. */
const idempotency = (schema: Schema): Planting => ({
  table: 'idempotency', sql: `insert into ${schema}.idempotency (key, caller, route, request_hash, outcome, created_at) values (gen_random_uuid(), 'caller ' || $2::int, 'r', 'h', '{}', $1)`,
});
const PLANTED: Readonly<Record<string, (schema: Schema) => Planting>> = {
  idempotency,
  refused_redemption: () => ({
    table: 'refused_redemption',
    sql: `insert into redemption.refused_redemption (key, place_id, request_hash, code, details, refused_at)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', '{}', $1::timestamptz where $2::int is not null`,
  }),
  till_alarm: () => ({
    table: 'till_alarm',
    sql: `insert into redemption.till_alarm (id, place_id, window_from, count, first_at, last_at)
      select gen_random_uuid(), gen_random_uuid(), $1::timestamptz, 1, $1, $1 where $2::int is not null`,
  }),
  session: () => ({
    table: 'session',
    sql: `insert into identity.session (id, token, user_id, expires_at) select gen_random_uuid(), gen_random_uuid()::text, gen_random_uuid(), $1::timestamptz where $2::int is not null`,
  }),
  mail_link: () => ({
    table: 'mail_link',
    sql: `insert into identity.mail_link (id, user_id, purpose, key_id, made_at, expires_at)
      select gen_random_uuid(), gen_random_uuid(), 'invitation', 'k', $1::timestamptz - interval '7 days', $1 where $2::int is not null`,
  }),
  revocation: () => ({
    table: 'revocation', sql: `insert into identity.revocation (id, what, at) select gen_random_uuid(), 'session', $1::timestamptz where $2::int is not null`,
  }),
  key_request: (schema) => ({
    table: 'key_request',
    sql: `insert into ${schema}.key_request (id, key_id, party_id, asked_at, method, route, status, took_ms, request_id)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), $1::timestamptz, 'GET', '/a/:id', 200, 1, gen_random_uuid() where $2::int is not null`,
  }),
  sign_in_count: () => ({
    table: 'sign_in_count',
    sql: `insert into identity.sign_in_count (address_mac, window_from, count) select sha256(gen_random_uuid()::text::bytea), $1::timestamptz, 1 where $2::int is not null`,
  }),
  second_factor_use: () => ({
    table: 'second_factor_use',
    sql: `insert into identity.second_factor_use (factor_id, what, number, session_id, used_at) values (gen_random_uuid(), 'step', $2::int, gen_random_uuid(), $1)`,
  }),
  saved_view: () => ({
    table: 'saved_view',
    sql: `insert into identity.saved_view (id, user_id, list, place, name, question, saved_at)
      select gen_random_uuid(), gen_random_uuid(), '/payments', 1, 'v', '', $1::timestamptz where $2::int is not null`,
  }),
  passkey_use: () => ({
    table: 'passkey_use',
    sql: `insert into identity.passkey_use (id, passkey_id, what, used_at) select gen_random_uuid(), gen_random_uuid(), 'sign_in', $1::timestamptz where $2::int is not null`,
  }),
  notice_mail: () => ({
    table: 'notice_mail',
    sql: `with m as (insert into identity.notice_mail (id, notice_id, user_id, kind, address, language, meant_at, next_try_at)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'payer', 'a@b.example', 'fr', $1::timestamptz, $1 where $2::int is not null returning id)
      insert into identity.notice_outcome (mail_id, outcome, message_id, at) select id, 'taken', 'x', $1 from m`,
  }),
};

const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

/** Without what the row points at: only its age is asked about here. */
async function plant(id: string, schema: Schema, at: Date, count = 1): Promise<void> {
  const { sql } = PLANTED[id]!(schema);
  await admin.query('set session_replication_role = replica');
  for (let number = 0; number < count; number += 1) await admin.query(sql, [at, number + at.getTime() % 1_000_000_000]);
  await admin.query('set session_replication_role = origin');
}
async function countOf(id: string, schema: Schema): Promise<number> {
  const { rows: [row] } = await admin.query<{ count: number }>(`select count(*)::int as count from ${schema}."${PLANTED[id]!(schema).table}"`);
  return row!.count;
}
const jobs = ENDING.filter(({ by }) => by === 'job').flatMap(({ id, days, schemas }) => schemas.map((schema) => ({ id, days, schema })));

describe.each(jobs)('$id of $schema', ({ id, days, schema }) => {
  it(`is kept for ${days} days and gone after them, by the moment that is handed in`, async () => {
    await plant(id, schema, daysAgo(days + 2));
    await plant(id, schema, daysAgo(days - 2));
    expect((await forgetPast(poolOf(schema), schema, daysAgo(4))).get(id)).toBe(0);
    expect((await forgetPast(poolOf(schema), schema, new Date())).get(id)).toBe(1);
    expect(await countOf(id, schema)).toBe(1);
  });

  it('never goes early because somebody says that it is later', async () => {
    expect((await forgetPast(poolOf(schema), schema, new Date(Date.now() + 20 * 365 * DAY_MS))).get(id)).toBe(0);
    expect(await countOf(id, schema)).toBe(1);
  });
});

describe('what is past its time', () => {
  it('goes in bounded steps until nothing is left', async () => {
    await plant('idempotency', 'audit', daysAgo(100), 7);
    const { rows: [step] } = await poolOf('audit').query<{ rows: number }>('select audit.forget_idempotency(clock_timestamp(), 3) as rows');
    expect(step!.rows).toBe(3);
    expect((await forgetPast(poolOf('audit'), 'audit', new Date(), 2)).get('idempotency')).toBe(4);
  });

  it('leaves the views of whoever acts for somebody, or did until lately, however old', async () => {
    const save = async (membership: string): Promise<void> => {
      await admin.query('set session_replication_role = replica');
      await admin.query(`with v as (insert into identity.saved_view (id, user_id, list, place, name, question, saved_at)
          values (gen_random_uuid(), gen_random_uuid(), '/payments', 1, 'old', '', '2001-01-01') returning user_id)
        insert into identity.membership (user_id, organisation_id, kind, roles, created_by, created_at, ended_at, ended_by)
        select user_id, gen_random_uuid(), 'payer', '{payer}', 'x', '2001-01-01', ${membership} from v`);
      await admin.query('set session_replication_role = origin');
    };
    await save('null, null');
    await save(`now() - interval '29 days', 'x'`);
    await save(`now() - interval '31 days', 'x'`);
    expect((await forgetPast(poolOf('identity'), 'identity', new Date())).get('saved_view')).toBe(1);
    expect((await admin.query(`select from identity.saved_view where name = 'old'`)).rowCount).toBe(2);
  });

  it('leaves a recovery code that was used, and a mail that nobody handed over yet, however old', async () => {
    await admin.query('set session_replication_role = replica');
    await admin.query(`insert into identity.second_factor_use (factor_id, what, number, session_id, used_at) values (gen_random_uuid(), 'recovery', 1, gen_random_uuid(), '2001-01-01')`);
    await admin.query(`insert into identity.notice_mail (id, notice_id, user_id, kind, address, language, meant_at, next_try_at)
      values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'payer', 'a@b.example', 'fr', '2001-01-01', '2001-01-01')`);
    await admin.query('set session_replication_role = origin');
    const gone = await forgetPast(poolOf('identity'), 'identity', new Date());
    expect([gone.get('second_factor_use'), gone.get('notice_mail')]).toEqual([0, 0]);
    await expect(admin.query(`delete from identity.second_factor_use where what = 'recovery'`)).rejects.toThrow(/append-only/);
  });

  it.each([['redemption.refused_redemption', 'refused_at'], ['identity.second_factor_use', 'used_at'], ['identity.notice_outcome', 'at']])(
    'in %s is not deleted early by the owner of the database either', async (table, moment) => {
      await expect(admin.query(`delete from ${table} where ${moment} > clock_timestamp() - interval '80 days' or true`)).rejects.toThrow(/is kept for|append-only/);
    });
});

describe('the lists', () => {
  const listed = (schema: Schema): string[] => [
    ...ENDING.filter(({ schemas }) => schemas.includes(schema)).flatMap(({ tables }) => tables),
    ...KEPT.flatMap(({ tables }) => tables[schema] ?? []),
  ];

  it.each(SCHEMAS)('name every table of %s once, and none that is not there', async (schema) => {
    const { rows } = await admin.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition`, [schema]);
    expect([...listed(schema)].sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it('hold nothing kept that a service may delete, but payees that are joined before they are owed anything, and what is in hand', async () => {
    const kept = KEPT.filter(({ id }) => id !== 'in hand' && id !== 'made again').flatMap(({ tables }) =>
      SCHEMAS.flatMap((schema) => (tables[schema] ?? []).map((name) => ({ schema, name }))));
    const may: string[] = [];
    for (const { schema, name } of kept) {
      const { rows: [row] } = await admin.query<{ may: boolean }>(
        `select has_table_privilege($1, $2, 'delete') or has_table_privilege($1, $2, 'truncate') as may`, [roleOf(schema), `${schema}."${name}"`]);
      if (row!.may) may.push(`${schema}.${name}`);
    }
    expect(may).toEqual(['settlement.payee']);
  });

  it.each(['idempotency', 'refused_redemption', 'till_alarm'])('leave redemption no right to delete from %s but by the function', async (table) => {
    await expect(poolOf('redemption').query(`delete from redemption.${table}`)).rejects.toThrow(/permission denied/);
  });
});
