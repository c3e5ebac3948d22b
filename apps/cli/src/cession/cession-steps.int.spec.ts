import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SCHEMAS, type Schema } from '#libs/persistence';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { closeTo, noteTakenOver, reclaim, release, standingOf } from './cession-steps.js';

let database: TestDatabase;
let admin: pg.Client;
let other: pg.Client;
beforeEach(async () => {
  database = await testDatabase();
  [admin, other] = [new pg.Client({ connectionString: database.adminUrl }), new pg.Client({ connectionString: database.adminUrl })];
  await admin.connect();
  await other.connect();
}, 60_000);
afterEach(async () => {
  await admin.end();
  await other.end();
  await database.drop();
});

const COMMAND = (schema: Schema) =>
  `insert into ${schema}.idempotency (key, caller, route, request_hash) values (gen_random_uuid(), 'a', 'r', 'h')`;
const MESSAGE = (schema: Schema) => `insert into ${schema}.outbox (messages) values ('[]')`;
/** As the service: its own role, and the code that tells what became of it. */
async function codeAs(schema: Schema, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: database.urlFor(schema) });
  await client.connect();
  try {
    return await client.query(sql).then(() => 'taken', ({ code }: { code: string }) => code);
  } finally {
    await client.end();
  }
}

describe('an installation that is ceded', () => {
  it('takes neither a command nor a message in any service, until it is reclaimed', async () => {
    await closeTo(admin, 'receiver');
    for (const schema of SCHEMAS) {
      expect([schema, await codeAs(schema, COMMAND(schema)), await codeAs(schema, MESSAGE(schema))]).toEqual([schema, 'MC001', 'MC001']);
    }
    await reclaim(admin);
    for (const schema of SCHEMAS) expect([schema, await codeAs(schema, COMMAND(schema))]).toEqual([schema, 'taken']);
  });

  it('posts nothing, not even by the owner of the database', async () => {
    await closeTo(admin, 'receiver');
    const posting = `insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      values (gen_random_uuid(), 0, '1', 'clearing:issuance', 'outstanding:x', 1, 'EUR', gen_random_uuid())`;
    await expect(admin.query(posting)).rejects.toMatchObject({ code: 'MC001' });
  });

  it('keeps its secret when it is ceded again to the same, and loses it when it is reclaimed', async () => {
    const secret = await closeTo(admin, 'receiver');
    expect(await closeTo(admin, 'receiver')).toEqual(secret);
    await expect(closeTo(admin, 'another')).rejects.toThrow('reclaim it before it goes to another');
    await reclaim(admin);
    expect((await admin.query('select from public.cession_release')).rowCount).toBe(0);
    expect(await closeTo(admin, 'another')).not.toEqual(secret);
  });

  it('is released for good, and tells the same secret to whoever asks again', async () => {
    const secret = await closeTo(admin, 'receiver');
    expect(await release(admin)).toEqual({ receiver: 'receiver', secret });
    expect(await release(admin)).toEqual({ receiver: 'receiver', secret });
    await expect(reclaim(admin)).rejects.toThrow('it never opens again');
    await expect(closeTo(admin, 'receiver')).rejects.toThrow('is not ceded a second time');
    expect(await codeAs('redemption', MESSAGE('redemption'))).toBe('MC001');
  });

  it('is open where it was taken over, and may be ceded from there', async () => {
    await closeTo(admin, 'receiver');
    await noteTakenOver(admin, 'receiver');
    expect(await codeAs('settlement', MESSAGE('settlement'))).toBe('taken');
    await closeTo(admin, 'third');
    expect(await standingOf(admin)).toMatchObject({ number: 3, step: 'ceded', receiver: 'third' });
  });
});

describe('the moment of the closing', () => {
  it('waits for who is writing, and stops who comes meanwhile', async () => {
    await other.query('begin');
    await other.query(MESSAGE('redemption'));
    let isClosed = false;
    const closing = closeTo(admin, 'receiver').then((secret) => { isClosed = true; return secret; });
    const late = new pg.Client({ connectionString: database.adminUrl });
    await late.connect();
    // Asked behind the closing's lock: it gets its turn after it.
    for (let waiting = 0; waiting === 0;) {
      const { rows: [row] } = await late.query<{ count: number }>(
        `select count(*)::int as count from pg_locks where not granted and relation = 'redemption.outbox'::regclass`);
      waiting = row!.count;
    }
    const written = late.query(MESSAGE('redemption')).then(() => 'taken', ({ code }: { code: string }) => code);
    expect(isClosed).toBe(false);
    await other.query('commit');
    await closing;
    expect(await written).toBe('MC001');
    await late.end();
    expect((await admin.query('select from redemption.outbox')).rowCount).toBe(1);
  });

  it('is refused while a service is signed in', async () => {
    const service = new pg.Client({ connectionString: database.urlFor('audit') });
    await service.connect();
    await expect(closeTo(admin, 'receiver')).rejects.toThrow('mereau_audit still work here: stop every service first');
    await service.end();
    expect(await standingOf(admin)).toBeUndefined();
  });
});

describe('the steps', () => {
  it.each<[string, readonly string[]]>([
    ['released before ceded', ['released']], ['reclaimed before ceded', ['reclaimed']], ['taken over before ceded', ['taken_over']],
    ['ceded twice', ['ceded', 'ceded']], ['reclaimed after the release', ['ceded', 'released', 'reclaimed']],
  ])('are refused by the database where they are %s', async (_what, steps) => {
    const add = (step: string, number: number) =>
      admin.query(`insert into audit.cession values ($1, $2, 'receiver', clock_timestamp())`, [number, step]);
    for (const [at, step] of steps.slice(0, -1).entries()) await add(step, at + 1);
    await expect(add(steps.at(-1)!, steps.length)).rejects.toThrow(/an installation that is .* is not/);
  });
});
