import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { accounts, transfer, type Posting } from '#libs/ledger';
import { cents, databaseClock, reject, type PayerId, type ProgrammeId } from '#libs/kernel';
import { seededIds, seedOfRun, testDatabase, type TestDatabase } from '#libs/testing';
import { PrismaClient } from '../../../prisma/generated/issuance/client.js';
import { poolConfig, UnitOfWork, type RequestMeta } from './index.js';

const PAYER = '01900000-0000-7000-8000-000000000001' as PayerId;
const PROGRAMME = '01900000-0000-7000-8000-000000000002' as ProgrammeId;
const prefund = accounts.issuance.prefund(PROGRAMME, PAYER);
const { unmatched } = accounts.issuance;
const custodyAccountId = '01900000-0000-7000-8000-0000000000aa';
const posting = (debit: typeof prefund, credit: typeof prefund, amount: number): Posting =>
  ({ rule: '2', custodyAccountId, transfers: [transfer(debit, credit, cents(amount))] });

let database: TestDatabase;
let client: PrismaClient;
let work: UnitOfWork;
let asService: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new PrismaClient({ adapter: new PrismaPg(poolConfig(database.urlFor('issuance'), 'test')) });
  work = new UnitOfWork(client, { schema: 'issuance', clock: databaseClock, ids: seededIds(`${seedOfRun()}:${randomUUID()}`) });
  asService = new pg.Client({ connectionString: database.urlFor('issuance') });
  await asService.connect();
});
afterAll(async () => {
  await asService.end();
  await client.$disconnect();
  await database.drop();
});

const request = (over: Partial<RequestMeta> = {}): RequestMeta => ({
  kind: 'request', key: randomUUID(), route: 'POST /test', requestHash: 'a', callerId: 'usr', correlationId: 'req',
  actor: { kind: 'user', id: 'usr' }, ...over,
});
const count = async (sql: string) => Number((await asService.query<{ n: string }>(sql)).rows[0]!.n);

describe('the unit of work', () => {
  it('commits posting, message and answer together, and tells the stored answer to every repeat', async () => {
    const meta = request();
    const run = () => work.once(meta, async (tx) => {
      const eventId = await tx.post(posting(accounts.clearing('settlement'), unmatched, 500), 'test');
      return { eventId };
    });
    const first = await run();
    const rest = await Promise.all(Array.from({ length: 8 }, run));
    expect(rest).toEqual(Array.from({ length: 8 }, () => first));
    expect(await count(`select count(*) n from issuance.transfer where event_id = '${(first as { eventId: string }).eventId}'`)).toBe(1);
    expect(await count(`select count(*) n from issuance.outbox where messages @> '[{"type":"ledger.posted.v1"}]'`)).toBe(1);
  });

  it('lets rivals with one key wait, and runs the work once', async () => {
    const meta = request();
    let runs = 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => work.once(meta, async () => { runs += 1; return { runs }; })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"runs":1}']));
  });

  it('refuses a key that comes again with other content', async () => {
    const meta = request();
    await work.once(meta, async () => ({ ok: true }));
    expect(await work.once({ ...meta, requestHash: 'b' }, async () => ({ ok: true }))).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('undoes what a refusing handler wrote, and keeps telling the refusal', async () => {
    const meta = request();
    const before = await count('select count(*) n from issuance.outbox');
    const run = () => work.once(meta, async (tx) => {
      await tx.post(posting(accounts.clearing('settlement'), unmatched, 77_777), 'refused');
      return reject('insufficient_coverage', { missingCents: 1 });
    });
    expect(await run()).toMatchObject({ code: 'insufficient_coverage' });
    expect(await work.once(meta, async () => ({ ok: true }))).toMatchObject({ code: 'insufficient_coverage' });
    expect(await count('select count(*) n from issuance.transfer where amount = 77777')).toBe(0);
    expect(await count('select count(*) n from issuance.outbox')).toBe(before);
  });

  it('leaves nothing when the work throws, not even the key', async () => {
    const meta = request();
    await expect(work.once(meta, async () => { throw new Error('outage'); })).rejects.toThrow('outage');
    expect(await work.once(meta, async () => ({ second: true }))).toEqual({ second: true });
  });

  it('runs again after a deadlock, so that both of two crossing postings succeed', async () => {
    await work.once(request(), async (tx) => {
      await tx.post(posting(accounts.clearing('settlement'), unmatched, 10_000), 'fund');
      await tx.post(posting(unmatched, prefund, 5_000), 'fund');
      return null;
    });
    let waiting = 0;
    const bothHere = () => { waiting += 1; };
    const cross = (debit: typeof prefund, credit: typeof prefund) => work.once(request(), async (tx) => {
      await tx.post(posting(debit, accounts.clearing('redemption'), 1), 'first');
      bothHere();
      while (waiting < 2) await new Promise((resume) => { setImmediate(resume); });
      await tx.post(posting(credit, accounts.clearing('redemption'), 1), 'second');
      return { done: true };
    });
    expect(await Promise.all([cross(prefund, unmatched), cross(unmatched, prefund)])).toEqual([{ done: true }, { done: true }]);
  });
});

describe('the database, under the service role', () => {
  it.each([
    ['edit a transfer', `update issuance.transfer set amount = amount + 1`, /permission denied/],
    ['delete a transfer', `delete from issuance.transfer`, /permission denied/],
    ['write a guarded balance by hand', `update issuance.guarded_balance set balance = 1`, /permission denied/],
    ['read a neighbour', `select * from settlement.transfer`, /permission denied/],
    ['post an amount of zero', insert('unmatched', 'clearing:settlement', 0), /transfer_amount_check/],
    ['post from an account to itself', insert('unmatched', 'unmatched', 1), /check/],
    ['draw a guarded account below zero', insert('unmatched', 'clearing:settlement', 99_999_999), /guarded_balance_balance_check/],
    ['draw on a guarded account that has no row', insert('refund_due:nobody', 'clearing:settlement', 1), /no balance to draw/],
  ])('refuses to %s', async (_what, sql, message) => {
    await expect(asService.query(sql)).rejects.toThrow(message);
  });

  it('refuses even its owner to edit a transfer', async () => {
    const owner = new pg.Client({ connectionString: database.adminUrl });
    await owner.connect();
    await expect(owner.query('update issuance.transfer set amount = amount + 1')).rejects.toThrow(/append-only/);
    await owner.end();
  });

  it('refuses a reversal of more than is left of its original (L11)', async () => {
    const original = randomUUID();
    await asService.query(insert('clearing:settlement', 'unmatched', 100, original));
    const reversal = (amount: number) => insert('unmatched', 'clearing:settlement', amount, randomUUID(), original);
    await asService.query(reversal(60));
    await expect(asService.query(reversal(41))).rejects.toThrow(/exceeds what is left/);
    await asService.query(reversal(40));
  });
});

function insert(debit: string, credit: string, amount: number, eventId: string = randomUUID(), reverses?: string): string {
  const back = reverses ? `'${reverses}', 0` : 'null, null';
  return `insert into issuance.transfer
    (event_id, line, rule, debit, credit, amount, currency, custody_account_id, reverses_event_id, reverses_line)
    values ('${eventId}', 0, 'x', '${debit}', '${credit}', ${amount}, 'EUR', '${custodyAccountId}', ${back})`;
}
