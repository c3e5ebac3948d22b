// Vouchers that come back after they expired, against a real database: each exactly as it was, whatever was used before,
// however often, and whichever process dies meanwhile; and no till takes one before all of them are back.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { BatchExtendedV1 } from '#libs/contracts';
import { cents, idOf, type PlaceId, type ProgrammeId } from '#libs/kernel';
import { fixedClock, seedOfRun, type MovableClock } from '#libs/testing';
import { brokenAlone } from '../../../../test/builders/all-invariants.js';
import { RedemptionApp } from '../../../../test/builders/redemption-app.js';
import { CUSTODY, NOON, wordOf, type Vouchers } from '../../../../test/builders/redemption-world.js';
import { openDatabase } from '../database.store.js';
import { ExpiryRunner } from '../expire-batch/expiry-runner.js';
import { insertRun } from '../expire-batch/expiry-run.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { ExtensionRunner } from './extension-runner.js';

jest.setTimeout(240_000);

let app: RedemptionApp;
let programmeId: ProgrammeId;
let placeId: PlaceId;
let clock: MovableClock;
/** A process of its own, with no loop: a spec says when each chunk goes. */
let work: RedemptionWork;
let expiries: ExpiryRunner;
let extensions: ExtensionRunner;

beforeAll(async () => {
  app = await RedemptionApp.create();
  programmeId = await app.world.programme();
  placeId = await app.world.place({ accreditedFor: programmeId, to: '2030-12-31' });
  clock = fixedClock(NOON);
  work = new RedemptionWork(openDatabase(app.world.database.urlFor('redemption')), {
    schema: 'redemption', clock, ids: { next: () => app.world.newId() },
  });
  [expiries, extensions] = [new ExpiryRunner(work), new ExtensionRunner(work)];
});
const broken = () => brokenAlone(app.world.database.inspectorUrl, 'redemption');
afterEach(async () => {
  await app.world.release();
  expect(await broken()).toEqual([]);
});
afterAll(async () => {
  await work.client.$disconnect();
  await app.close();
});

const rows = async (sql: string, ...values: unknown[]) => (await app.world.inspector.query(sql, values)).rows;
const balances = async ({ batchId }: Vouchers): Promise<number[]> =>
  (await rows('select balance::int from redemption.voucher where batch_id = $1 order by index', batchId)).map(({ balance }) => balance);
const outstanding = async ({ batchId }: Vouchers) => Number((await rows(
  `select coalesce(sum(case when credit = $1 then amount else -amount end), 0) as amount from redemption.transfer where $1 in (debit, credit)`,
  `outstanding:${batchId}`))[0].amount);

/** All of it, at noon of the day. */
async function expire({ batchId }: Vouchers, day: string): Promise<number> {
  clock.set(`${day}T12:00:00.000Z`);
  const runId = idOf('expiryRun', app.world.newId());
  await work.once({ kind: 'process', name: 'test', correlationId: 'test' }, (tx) => insertRun(tx, runId, batchId, 'user:test'));
  while (await expiries.step(runId));
  const [{ cents: amount }] = await rows('select coalesce(sum(amount), 0)::int as cents from redemption.expiry_chunk where run_id = $1', runId);
  return amount;
}
const extension = ({ batchId }: Vouchers, amountCents: number, usableUntil: string, claimableUntil = usableUntil) =>
  ({ ...BatchExtendedV1.sample, batchId, amountCents, usableUntil, claimableUntil, custodyAccountId: CUSTODY });
/** Taken as a message; the service's own loop may work it off too, and both may. */
async function extend(vouchers: Vouchers, amountCents: number, usableUntil: string, claimableUntil?: string): Promise<void> {
  const eventId = app.world.newId();
  await app.take(BatchExtendedV1, extension(vouchers, amountCents, usableUntil, claimableUntil), eventId);
  while (await extensions.step(eventId));
}
const redeem = (mac: string, amount: number, now: string, serviceDate: string) => app.world.collector(fixedClock(now))
  .submit({ ...app.world.attempt(mac, placeId, { amount: cents(amount) }), serviceDate: serviceDate as never });

describe('an extension of what has not expired', () => {
  it('is two dates at the batch: a till takes the voucher after the first end, and nothing is posted', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 3 });
    const late = () => redeem(vouchers.macs[0]!, 100, '2027-03-01T09:00:00.000Z', '2027-03-01').then(wordOf);
    expect(await late()).toBe('service_after_expiry');
    await extend(vouchers, 0, '2027-06-30');
    expect(await late()).toBe('redeemed');
    expect(await rows('select rule from redemption.transfer where rule = $1 and credit = $2', '24', `outstanding:${vouchers.batchId}`)).toEqual([]);
    expect(await rows('select usable_until::text as day from redemption.batch where id = $1', vouchers.batchId)).toEqual([{ day: '2027-06-30' }]);
  });

  it('only adds days, and only by a message that says so', async () => {
    const vouchers = await app.world.vouchers(programmeId);
    await expect(app.take(BatchExtendedV1, extension(vouchers, 0, '2026-12-31', '2027-01-31'))).rejects.toThrow('extension_is_later');
    await expect(app.world.service.query(`update redemption.batch set usable_until = '2028-01-01' where id = $1`, [vouchers.batchId]))
      .rejects.toMatchObject({ code: '23514' });
    await expect(app.world.service.query('update redemption.batch set count = 9 where id = $1', [vouchers.batchId])).rejects.toMatchObject({ code: '42501' });
    await expect(app.world.admin.query('update redemption.batch set face = 9 where id = $1', [vouchers.batchId])).rejects.toMatchObject({ code: '23000' });
  });
});

describe('an extension of what has expired', () => {
  it('gives every voucher what it had, to the cent; a stopped one stays stopped', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 5 });
    for (const [index, amount] of [[0, 1_000], [1, 999], [2, 1]] as const) await redeem(vouchers.macs[index]!, amount, NOON, '2026-03-10');
    const stopped = await app.call('stops', {
      body: { batchId: `bat_${vouchers.batchId}`, first: 4, last: 4, reason: 'lost' }, token: await app.operatorToken(),
    });
    expect(stopped.status).toBe(201);
    const before = await balances(vouchers);
    expect(before).toEqual([0, 1, 999, 1_000, 1_000]);
    const expired = await expire(vouchers, '2027-02-02');
    expect([expired, await balances(vouchers), await outstanding(vouchers)]).toEqual([3_000, [0, 0, 0, 0, 0], 0]);
    await extend(vouchers, expired, '2027-06-30', '2027-07-31');
    expect([await balances(vouchers), await outstanding(vouchers)]).toEqual([before, 3_000]);
    const now = '2027-03-01T09:00:00.000Z';
    expect(await Promise.all([0, 2, 4].map((index) => redeem(vouchers.macs[index]!, 1, now, '2027-03-01').then(wordOf))))
      .toEqual(['voucher_balance_too_low', 'redeemed', 'voucher_stopped']);
    expect(await expire(vouchers, '2027-08-02')).toBe(2_999);
  });

  it('opens for tills when the last voucher is back, and not before', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 10_001 });
    const expired = await expire(vouchers, '2027-02-02');
    const eventId = app.world.newId();
    // Whoever puts back takes this voucher first, and waits for it: the spec looks while none is back.
    await app.world.admin.query('begin');
    await app.world.admin.query(
      'select 1 from redemption.voucher where batch_id = $1 and index < 10000 order by code_mac limit 1 for update', [vouchers.batchId]);
    await app.take(BatchExtendedV1, extension(vouchers, expired, '2027-06-30'), eventId);
    const first = () => redeem(vouchers.macs[10_000]!, 1, '2027-03-01T09:00:00.000Z', '2027-03-01').then(wordOf);
    expect(await first()).toBe('claim_too_late');
    expect(await broken()).toEqual([]);
    await app.world.admin.query('commit');
    while (await extensions.step(eventId));
    expect(await first()).toBe('redeemed');
    const chunks = await rows('select chunk, first, last, count, amount::int from redemption.restored_chunk where event_id = $1 order by 1', eventId);
    expect(chunks.map((chunk) => Object.values(chunk))).toEqual([[0, 0, 9_999, 10_000, 10_000_000], [1, 10_000, 10_000, 1, 1_000]]);
  });

  it('is a fault that somebody reads where the services do not agree, and moves nothing', async () => {
    const vouchers = await app.world.vouchers(programmeId, { count: 2 });
    const expired = await expire(vouchers, '2027-02-02');
    await expect(app.take(BatchExtendedV1, extension(vouchers, expired + 1, '2027-06-30'))).rejects.toThrow('of which 2000 expired');
    await expect(app.take(BatchExtendedV1, extension(vouchers, 0, '2027-06-30'))).rejects.toThrow('of which 2000 expired');
    expect([await balances(vouchers), await outstanding(vouchers)]).toEqual([[0, 0], 0]);
  });

  it('is undone and repeated by nobody: the database refuses it to the service\'s own role', async () => {
    const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 2 });
    const expired = await expire(vouchers, '2027-02-02');
    const put = () => app.world.service.query('update redemption.voucher set balance = balance + expired, expired = 0 where batch_id = $1', [vouchers.batchId]);
    await expect(put()).rejects.toMatchObject({ code: '23514' });
    await extend(vouchers, expired, '2027-06-30');
    await expire(vouchers, '2027-08-02');
    await expect(put()).rejects.toMatchObject({ code: '23514' });
    const [{ id }] = await rows('select event_id as id from redemption.batch_extension where batch_id = $1', vouchers.batchId);
    for (const set of ['restored_at = null', 'next_index = 0']) {
      await expect(app.world.service.query(`update redemption.batch_extension set ${set} where event_id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
    }
  });
});

describe('any history of uses, expiries and extensions', () => {
  it('loses and makes no cent, and brings every voucher back as it was', async () => {
    const aRound = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 700 })), { maxLength: 6 });
    await fc.assert(fc.asyncProperty(fc.array(aRound, { minLength: 1, maxLength: 3 }), async (rounds) => {
      const vouchers = await app.world.vouchers(programmeId, { unit: false, count: 6 });
      let redeemed = 0;
      for (const [round, uses] of rounds.entries()) {
        const year = 2026 + round;
        for (const [index, amount] of uses) {
          const answer = await redeem(vouchers.macs[index]!, amount, `${year}-06-10T12:00:00.000Z`, `${year}-06-10`);
          if (wordOf(answer) === 'redeemed') redeemed += amount;
        }
        const before = await balances(vouchers);
        const expired = await expire(vouchers, `${year + 1}-02-02`);
        expect(redeemed + expired).toBe(6_000);
        expect(await outstanding(vouchers)).toBe(0);
        await extend(vouchers, expired, `${year + 1}-12-31`, `${year + 2}-01-31`);
        expect(await balances(vouchers)).toEqual(before);
        expect(await outstanding(vouchers)).toBe(expired);
      }
    }), { numRuns: 12, seed: Number.parseInt(seedOfRun(), 10) || 1 });
    expect(await broken()).toEqual([]);
  });
});
