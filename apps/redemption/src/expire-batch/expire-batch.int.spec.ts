// The end of vouchers against a real database: what a kill, a second process and a till at the last moment must not change.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CATALOGUE, inspect } from '#libs/invariants';
import { ContradictoryStatementSignedV1, ExpiryRunFinishedV1, VoucherExpiredChunkV1 } from '#libs/contracts';
import { cents, idOf, type ExpiryRunId, type PlaceId, type ProgrammeId } from '#libs/kernel';
import { fixedClock, until } from '#libs/testing';
import { RedemptionApp } from '../../../../test/builders/redemption-app.js';
import { NOON, wordOf, type Vouchers } from '../../../../test/builders/redemption-world.js';
import { RedemptionWork } from '../redemption.work.js';
import { openDatabase } from '../database.store.js';
import { ExpiryRunner } from './expiry-runner.js';
import { insertRun } from './expiry-run.store.js';

jest.setTimeout(120_000);

const AFTER = '2027-02-01T12:00:00.000Z';

let app: RedemptionApp;
let programmeId: ProgrammeId;
let placeId: PlaceId;
let operator: string;
/** A process of its own, with no loop: a spec says when each chunk goes. */
let work: RedemptionWork;
let runner: ExpiryRunner;

beforeAll(async () => {
  app = await RedemptionApp.create();
  programmeId = await app.world.programme();
  placeId = await app.world.place({ accreditedFor: programmeId });
  operator = await app.operatorToken();
  work = new RedemptionWork(openDatabase(app.world.database.urlFor('redemption')), {
    schema: 'redemption', clock: fixedClock(AFTER), ids: { next: () => app.world.newId() },
  });
  runner = new ExpiryRunner(work);
});
afterEach(async () => {
  app.clock.set(NOON);
  await app.world.release();
  const mine = CATALOGUE.filter(({ schema }) => schema === 'redemption');
  expect((await inspect(app.world.database.inspectorUrl, mine)).broken).toEqual([]);
});
afterAll(async () => {
  await work.client.$disconnect();
  await app.close();
});

const rows = async (sql: string, ...values: unknown[]) => (await app.world.inspector.query(sql, values)).rows;
const expire = (body: object) => app.call('expiry-runs', { body, token: operator });
const finished = (runId: string) => until('the run is through', async () =>
  (await rows('select 1 from redemption.expiry_run where id = $1 and finished_at is not null', runId)).length === 1);
const plain = (id: unknown) => String(id).slice(4);
const chunksOf = async (batchId: string) => (await app.emitted(VoucherExpiredChunkV1)).filter((body) => body.batchId === batchId);
const endOf = async (batchId: string) => (await app.emitted(ExpiryRunFinishedV1)).filter((body) => body.batchId === batchId);
const outstanding = async ({ batchId }: Vouchers) => Number((await rows(
  `select coalesce(sum(case when credit = $1 then amount else -amount end), 0) as amount from redemption.transfer where $1 in (debit, credit)`,
  `outstanding:${batchId}`))[0].amount);

/** A run that nobody but the spec works off: started in the past of the loop, which polls rarely. */
async function openRun({ batchId }: Vouchers): Promise<ExpiryRunId> {
  const runId = idOf('expiryRun', app.world.newId());
  await work.once({ kind: 'process', name: 'test', correlationId: 'test' }, (tx) => insertRun(tx, runId, batchId, 'user:test'));
  return runId;
}

describe('expiring a batch', () => {
  it('takes what is left, tells issuance per chunk and in all, and refuses the vouchers by date', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 12 });
    const collector = app.world.collector();
    await collector.submit(app.world.attempt(vouchers.macs[0]!, placeId, { amount: cents(400) }));
    await collector.submit(app.world.attempt(vouchers.macs[1]!, placeId, { amount: cents(1_000) }));

    app.clock.set(AFTER);
    const started = await expire({ batchId: `bat_${vouchers.batchId}` });
    expect(started).toMatchObject({ status: 201, body: { runs: [{ batchId: `bat_${vouchers.batchId}` }], leftOut: [] } });
    const { runId } = (started.body['runs'] as { runId: string }[])[0]!;
    await finished(plain(runId));

    const chunk = { chunk: 0, first: 0, last: 11, count: 11, amountCents: 10_600 };
    expect(await chunksOf(vouchers.batchId)).toEqual([expect.objectContaining(chunk)]);
    expect(await endOf(vouchers.batchId)).toEqual([expect.objectContaining({ chunkCount: 1, voucherCount: 11, amountCents: 10_600 })]);
    expect(await outstanding(vouchers)).toBe(0);
    for (const clock of [AFTER, NOON]) {
      const attempt = app.world.attempt(vouchers.macs[0]!, placeId, { amount: cents(1) });
      const answer = await app.world.collector(fixedClock(clock)).submit(attempt);
      expect(wordOf(answer)).toBe('claim_too_late');
    }
    const again = await expire({ batchId: `bat_${vouchers.batchId}` });
    expect(again.body['runs']).toEqual([{ runId, batchId: `bat_${vouchers.batchId}` }]);
    const { body } = await app.get(`expiry-runs?batchId=bat_${vouchers.batchId}`, operator);
    expect(body['items']).toEqual([expect.objectContaining({ runId, state: 'finished', expiredCount: 11, expiredCents: 10_600, outcome: null })]);
  });

  it('says of a unit voucher that it was used when it was, and that it is too late when nobody used it', async () => {
    const vouchers = await app.world.vouchers(programmeId, { count: 2 });
    await app.world.collector().submit(app.world.attempt(vouchers.macs[0]!, placeId));
    app.clock.set(AFTER);
    const { body } = await expire({ batchId: `bat_${vouchers.batchId}` });
    await finished(plain((body['runs'] as { runId: string }[])[0]!.runId));
    const late = app.world.collector(fixedClock(AFTER));
    expect(wordOf(await late.submit(app.world.attempt(vouchers.macs[0]!, placeId)))).toBe('voucher_used');
    expect(wordOf(await late.submit(app.world.attempt(vouchers.macs[1]!, placeId)))).toBe('claim_too_late');
  });

  it('leaves alone what was never activated, and what may still be claimed, and says which', async () => {
    const own = await app.world.programme();
    const past = await app.world.vouchers(own, { count: 3 });
    const half = await app.world.vouchers(own, { count: 4, claimableUntil: '2027-06-30' });
    await app.world.service.query(
      `insert into redemption.voucher (id, batch_id, index, code_mac, unit, face, balance) values ($1, $2, 2000, $3, true, 1000, 1000)`,
      [app.world.newId(), past.batchId, app.world.newId()]);
    app.clock.set(AFTER);
    const { body } = await expire({ programmeId: `prg_${own}` });
    expect(body).toMatchObject({ runs: [{ batchId: `bat_${past.batchId}` }], leftOut: [{ batchId: `bat_${half.batchId}`, code: 'claims_open' }] });
    await finished(plain((body['runs'] as { runId: string }[])[0]!.runId));
    expect(await rows('select index from redemption.voucher where batch_id = $1 and balance > 0', past.batchId)).toEqual([{ index: 2000 }]);
    expect(await outstanding(half)).toBe(4_000);
  });

  it('takes with a second run what was activated late', async () => {
    const vouchers = await app.world.vouchers(programmeId, { count: 4, spendable: true });
    const first = await openRun(vouchers);
    while (await runner.step(first));
    await app.world.service.query(
      `insert into redemption.voucher (id, batch_id, index, code_mac, unit, face, balance) values ($1, $2, 9, $3, true, 1000, 1000)`,
      [app.world.newId(), vouchers.batchId, app.world.newId()]);
    await app.world.service.query(
      `insert into redemption.voucher_range values ($1, $2, 9, 9, 1000, 'EUR', now(), now())`, [app.world.newId(), vouchers.batchId]);
    await app.world.service.query(
      `insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
       values ($1, 0, '6', 'clearing:issuance', $2, 1000, 'EUR', $1)`, [app.world.newId(), `outstanding:${vouchers.batchId}`]);
    // The batch has four vouchers by its own count: a fifth index is beyond every chunk, and none of them goes there.
    expect(await outstanding(vouchers)).toBe(1_000);
    await app.world.admin.query(`set session_replication_role = replica; update redemption.batch set count = 10 where id = '${vouchers.batchId}'; set session_replication_role = origin`);
    const second = await openRun(vouchers);
    while (await runner.step(second));
    expect(await outstanding(vouchers)).toBe(0);
    expect((await chunksOf(vouchers.batchId)).map(({ amountCents }) => amountCents).sort()).toEqual([1_000, 4_000]);
  });

  it.each([
    [{}, 400, 'request_malformed'],
    [{ programmeId: 'prg_01900000-0000-7000-8000-000000000001', batchId: 'bat_01900000-0000-7000-8000-000000000001' }, 400, 'request_malformed'],
    [{ batchId: 'bat_01900000-0000-7000-8000-000000000001' }, 404, 'batch_not_found'],
    [{ programmeId: 'prg_01900000-0000-7000-8000-000000000001' }, 409, 'nothing_to_expire'],
  ])('refuses %j with %i', async (body, status, code) => {
    expect(await expire(body)).toMatchObject({ status, body: { code } });
  });

  it('is refused while somebody, somewhere, may claim', async () => {
    const { batchId } = await app.world.vouchers(programmeId);
    app.clock.set('2027-02-01T11:59:59.000Z');
    expect(await expire({ batchId: `bat_${batchId}` })).toMatchObject({ status: 409, body: { code: 'claims_open' } });
    await expect(app.world.service.query(
      `insert into redemption.expiry_run (id, batch_id, started_by, started_at) values ($1, $2, 'x', '2027-02-01T11:59:59Z')`, [app.world.newId(), batchId],
    )).rejects.toMatchObject({ code: '23514' });
  });

  it('is undone by nobody: not by the service\'s own role', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 2 });
    const run = await openRun(vouchers);
    while (await runner.step(run));
    for (const set of ['balance = 1', 'expired = expired - 1', 'expired = 0, balance = face', 'balance = 500, expired = 500']) {
      await expect(app.world.service.query(`update redemption.voucher set ${set} where batch_id = $1`, [vouchers.batchId])).rejects.toMatchObject({ code: '23514' });
    }
    await expect(app.world.service.query(`update redemption.expiry_run set finished_at = null, next_index = 0 where id = $1`, [run])).rejects.toMatchObject({ code: '23514' });
  });
});

describe('a run that two processes work off, one of them killed', () => {
  it('expires each voucher once', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 10_001 });
    const run = await openRun(vouchers);
    // Killed between the write and the commit: nothing of the chunk is there, and the next process takes it again.
    const dying = await app.world.connect(app.world.database.urlFor('redemption'));
    dying.on('error', () => undefined);
    await dying.query('begin');
    await dying.query('select 1 from redemption.expiry_run where id = $1 for update', [run]);
    await dying.query('update redemption.voucher set expired = expired + balance, balance = 0 where batch_id = $1', [vouchers.batchId]);
    const rival = Promise.all([runner.step(run), runner.step(run), runner.step(run)]);
    const { rows: [pid] } = await dying.query<{ pid: number }>('select pg_backend_pid() as pid');
    await app.world.admin.query('select pg_terminate_backend($1)', [pid!.pid]);
    await rival;
    while (await runner.step(run));
    const chunks = (await chunksOf(vouchers.batchId)).sort((a, b) => a.chunk - b.chunk);
    expect(chunks.map(({ chunk, first, last, count, amountCents }) => [chunk, first, last, count, amountCents])).toEqual([
      [0, 0, 9_999, 10_000, 10_000_000], [1, 10_000, 10_000, 1, 1_000],
    ]);
    const end = { chunkCount: 2, voucherCount: 10_001, amountCents: 10_001_000 };
    expect(await endOf(vouchers.batchId)).toEqual([expect.objectContaining(end)]);
    expect(await outstanding(vouchers)).toBe(0);
  });
});

describe('a till at the last moment', () => {
  it('keeps what it took when it held the voucher first, and the run takes the rest', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false });
    const [id] = await rows('select id from redemption.voucher where batch_id = $1', vouchers.batchId);
    const till = await app.world.connect(app.world.database.urlFor('redemption'));
    await till.query('begin');
    await till.query('select 1 from redemption.voucher where id = $1 for update', [id.id]);
    const run = await openRun(vouchers);
    const step = runner.step(run);
    await until('the run waits for the till', async () => (await app.world.admin.query(
      `select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`)).rowCount! > 0);
    const redemptionId = app.world.newId();
    await till.query('update redemption.voucher set balance = balance - 300, last_redemption_id = $2 where id = $1', [id.id, redemptionId]);
    await till.query(`insert into redemption.redemption values ($1, $2, $3, $4, $5, $5, 300, 0, 700, $6, 1, '2026-03-10', 1, 1, 'EUR')`,
      [redemptionId, id.id, vouchers.batchId, programmeId, placeId, NOON]);
    await till.query(`insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      values ($1, 0, '7', $2, 'clearing:settlement', 300, 'EUR', $1)`, [redemptionId, `outstanding:${vouchers.batchId}`]);
    await till.query('commit');
    await step;
    expect((await chunksOf(vouchers.batchId)).map(({ amountCents }) => amountCents)).toEqual([700]);
    expect(await outstanding(vouchers)).toBe(0);
  });

  it('loses and makes no cent in a crowd: each voucher is used or expired', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 200 });
    const tills = [app.world.collector(), app.world.collector()];
    const attempts = Array.from({ length: 800 }, (_, index) =>
      tills[index % 2]!.submit(app.world.attempt(vouchers.macs[(index * 13) % 200]!, placeId, { amount: cents(150) })));
    const run = await openRun(vouchers);
    while (await runner.step(run));
    const words = (await Promise.all(attempts)).map(wordOf);
    const redeemed = words.filter((word) => word === 'redeemed').length * 150;
    expect(new Set(words)).toContain('claim_too_late');
    const expired = (await chunksOf(vouchers.batchId)).reduce((all, { amountCents }) => all + amountCents, 0);
    expect(redeemed + expired).toBe(200_000);
    expect(await outstanding(vouchers)).toBe(0);
  });
});

describe('a signed contradictory statement', () => {
  it('shows at the runs of its order', async () => {
    const vouchers = await app.world.vouchers(programmeId);
    const run = await openRun(vouchers);
    while (await runner.step(run));
    const [{ order_id: orderId }] = await rows('select order_id from redemption.batch where id = $1', vouchers.batchId);
    await app.take(ContradictoryStatementSignedV1, { ...ContradictoryStatementSignedV1.sample, orderId, outcome: 'refund' });
    const { body } = await app.get(`expiry-runs?batchId=bat_${vouchers.batchId}`, operator);
    expect(body['items']).toEqual([expect.objectContaining({ outcome: 'refund' })]);
  });
});
