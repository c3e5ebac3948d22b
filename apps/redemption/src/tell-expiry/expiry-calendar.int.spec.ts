// Steps towards the end against a real database: each is told once, by whichever process, however late, and the run that
// follows the last one starts by itself.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BatchExpiryDueV1, type BodyOf } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents, type PlaceId, type ProgrammeId } from '#libs/kernel';
import { fixedClock, type MovableClock } from '#libs/testing';
import { NOON, RedemptionWorld, type Vouchers } from '../../../../test/builders/redemption-world.js';
import { openDatabase } from '../database.store.js';
import { ExpiryRunner } from '../expire-batch/expiry-runner.js';
import { RedemptionWork } from '../redemption.work.js';
import { ExpiryCalendar } from './expiry-calendar.js';

jest.setTimeout(120_000);

let world: RedemptionWorld;
let clock: MovableClock;
let works: RedemptionWork[];
let programmeId: ProgrammeId;
let placeId: PlaceId;
/** Two processes. */
let calendars: ExpiryCalendar[];
let runner: ExpiryRunner;

beforeAll(async () => {
  world = await RedemptionWorld.create();
  clock = fixedClock(NOON);
  works = [1, 2].map(() => new RedemptionWork(openDatabase(world.database.urlFor('redemption')), {
    schema: 'redemption', clock, ids: { next: () => world.newId() },
  }));
  runner = new ExpiryRunner(works[0]!);
  calendars = works.map((work) => new ExpiryCalendar(work, runner));
  programmeId = await world.programme();
  placeId = await world.place({ accreditedFor: programmeId });
});
afterEach(async () => {
  clock.set(NOON);
  await world.release();
  expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'redemption'))).broken).toEqual([]);
});
afterAll(async () => {
  for (const work of works) await work.client.$disconnect();
  await world.close();
});

const look = async (calendar = calendars[0]!) => calendar.tellAll((_, error) => { throw error; });
async function toldOf({ batchId }: Vouchers): Promise<BodyOf<typeof BatchExpiryDueV1>[]> {
  const { rows } = await world.inspector.query<{ body: BodyOf<typeof BatchExpiryDueV1> }>(
    `select m -> 'body' as body from redemption.outbox o, jsonb_array_elements(o.messages) with ordinality as x(m, place)
     where m ->> 'type' = $1 and m -> 'body' ->> 'batchId' = $2 order by o.id, place`, [BatchExpiryDueV1.type, batchId]);
  return rows.map(({ body }) => body);
}
const stepsOf = async (vouchers: Vouchers) => (await toldOf(vouchers)).map(({ step }) => step);
const runsOf = async ({ batchId }: Vouchers) =>
  (await world.inspector.query('select started_by from redemption.expiry_run where batch_id = $1', [batchId])).rows.map((row) => row.started_by);

describe('the steps of a batch', () => {
  it('are told on their days, with what its vouchers are then, and the last one starts the run', async () => {
    const vouchers = await world.vouchers(programmeId, { unit: false, count: 4 });
    await world.collector().submit(world.attempt(vouchers.macs[0]!, placeId, { amount: cents(300) }));
    await look();
    expect(await stepsOf(vouchers)).toEqual([]);
    clock.set('2026-12-01T09:00:00.000Z');
    await look();
    expect(await toldOf(vouchers)).toEqual([{
      batchId: vouchers.batchId, programmeId, usableUntil: '2026-12-31', claimableUntil: '2027-01-31', step: 'thirty_days', dueOn: '2026-12-01',
      spendableCount: 4, startedCount: 1, leftCents: 3_700, currency: 'EUR',
    }]);
    for (const day of ['2026-12-16', '2026-12-24', '2027-01-01']) {
      clock.set(`${day}T09:00:00.000Z`);
      await look();
      await look();
    }
    expect([await stepsOf(vouchers), await runsOf(vouchers)]).toEqual([['thirty_days', 'fifteen_days', 'seven_days', 'use_ended'], []]);
    clock.set('2027-02-01T12:00:00.000Z');
    await look();
    expect([(await stepsOf(vouchers)).at(-1), await runsOf(vouchers)]).toEqual(['claims_ended', ['system:expiry-calendar']]);
    await runner.runAll((_, error) => { throw error; });
    expect(await world.inspector.query('select sum(expired)::int as cents from redemption.voucher where batch_id = $1', [vouchers.batchId]))
      .toMatchObject({ rows: [{ cents: 3_700 }] });
  });

  it('are told once by two processes that look at once, after a month in which none looked, in order', async () => {
    const batches = [await world.vouchers(programmeId, { count: 2 }), await world.vouchers(programmeId, { count: 3 })];
    clock.set('2027-01-02T09:00:00.000Z');
    await Promise.all([...calendars, ...calendars].map(look));
    for (const batch of batches) expect(await stepsOf(batch)).toEqual(['thirty_days', 'fifteen_days', 'seven_days', 'use_ended']);
    clock.set('2027-03-02T09:00:00.000Z');
    await Promise.all([...calendars, ...calendars].map(look));
    for (const batch of batches) expect([(await stepsOf(batch)).length, (await runsOf(batch)).length]).toEqual([5, 1]);
  });

  it('end with a wait for vouchers that are activated and not loaded yet', async () => {
    const vouchers = await world.vouchers(programmeId, { count: 2, spendable: false });
    clock.set('2027-03-02T09:00:00.000Z');
    await look();
    expect([(await stepsOf(vouchers)).at(-1), await runsOf(vouchers)]).toEqual(['use_ended', []]);
    await world.service.query('update redemption.voucher_range set spendable_at = now() where batch_id = $1', [vouchers.batchId]);
    await look();
    expect([(await stepsOf(vouchers)).at(-1), (await runsOf(vouchers)).length]).toEqual(['claims_ended', 1]);
    await runner.runAll((_, error) => { throw error; });
  });

  it('know the run that somebody started by hand', async () => {
    const vouchers = await world.vouchers(programmeId, { count: 2 });
    clock.set('2027-03-02T09:00:00.000Z');
    await world.service.query(
      `insert into redemption.expiry_run (id, batch_id, started_by, started_at) values ($1, $2, 'user:test', '2027-03-02')`, [world.newId(), vouchers.batchId]);
    await look();
    expect([(await stepsOf(vouchers)).at(-1), await runsOf(vouchers)]).toEqual(['claims_ended', ['user:test']]);
    await runner.runAll((_, error) => { throw error; });
  });

  it('are not told before their day, nor changed, by whoever writes', async () => {
    const { batchId } = await world.vouchers(programmeId);
    const step = (day: string) => world.service.query(
      `insert into redemption.expiry_step values ($1, '2026-12-31', 'thirty_days', $2, $3, '2026-11-30T22:59:59Z')`, [batchId, day, world.newId()]);
    await expect(step('2026-12-01')).rejects.toMatchObject({ constraint: 'step_not_before_its_day' });
    await expect(world.service.query('delete from redemption.expiry_step')).rejects.toMatchObject({ code: '42501' });
  });
});
