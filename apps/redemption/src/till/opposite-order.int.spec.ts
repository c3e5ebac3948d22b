// Goal: two processes that ask for the same vouchers in opposite orders, within one request each, never wait for each other in a
// ring: no till hears of a deadlock, each voucher is used once, and no cent is made or lost.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents, type PlaceId, type ProgrammeId } from '#libs/kernel';
import { until } from '#libs/testing';
import { RedemptionWorld, wordOf } from '../../../../test/builders/redemption-world.js';
import type { Collector } from './collector.js';
import type { Answer, TillAttempt } from './fold-batch.decision.js';

jest.setTimeout(280_000);
const ROUNDS = process.env['MEREAU_SIZES'] === 'full' ? 2_000 : 200;
const PER_ROUND = 5;

let world: RedemptionWorld;
let programmeId: ProgrammeId;
let placeId: PlaceId;
beforeAll(async () => {
  world = await RedemptionWorld.create();
  programmeId = await world.programme();
  placeId = await world.place({ accreditedFor: programmeId });
});
afterEach(async () => {
  await world.release();
  // Each session tells its deadlocks at its end: also those that a batch mended by running again.
  const { rows: [{ deadlocks } = { deadlocks: '' }] } = await world.admin.query<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()');
  expect(deadlocks).toBe('0');
  expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'redemption'))).broken).toEqual([]);
});
afterAll(() => world.close());

const waiting = async (): Promise<number> => (await world.inspector.query(
  'select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()')).rows.length;
const submitAll = (collector: Collector, attempts: readonly TillAttempt[]): Promise<Answer[]> =>
  Promise.all(attempts.map((attempt) => collector.submit(attempt)));

/**
 * Asks while another session has done `sql`, until both processes wait: for it, which stands at the middle of what they ask for, or
 * for each other. Each has one end by then, so that with opposite orders of locks a ring would be sure.
 */
async function whileHeld<T>(gate: pg.Client, [sql, values]: readonly [string, readonly unknown[]], ask: () => Promise<T>): Promise<T> {
  await gate.query('begin');
  await gate.query(sql, [...values]);
  const answers = ask();
  await until('both wait', async () => await waiting() === 2);
  await gate.query('rollback');
  return answers;
}
const HOLD = { kind: 'authorise', holdMs: 60_000 } as const;
const middleOf = <T>(sorted: readonly T[]): T => sorted[sorted.length >> 1]!;
const LOCKED = 'select 1 from redemption.voucher where code_mac = $1 for update';
const REFUSED = `
  insert into redemption.refused_redemption (key, place_id, request_hash, code, details, refused_at)
  values ($1, $2, $1, 'voucher_used', '{}', now())`;
/** One that is there already, under another key. */
const copyIn = (table: string): string =>
  `insert into ${table} select (jsonb_populate_record(r, jsonb_build_object('id', $1::uuid))).* from ${table} r limit 1`;
const [REDEEMED, HELD] = [copyIn('redemption.redemption'), copyIn('redemption.authorisation')];

describe('two processes in opposite orders', () => {
  let tills: readonly [Collector, Collector];
  let gate: pg.Client;
  beforeEach(async () => {
    tills = [world.collector(), world.collector()];
    gate = await world.connect(world.database.urlFor('redemption'));
  });
  /** The words of both in the order of the first, of which the second is asked the reverse. */
  const both = async (one: readonly TillAttempt[], other: readonly TillAttempt[] = one): Promise<string[]> => {
    const [first, second] = await Promise.all([submitAll(tills[0], one), submitAll(tills[1], [...other].reverse())]);
    return first.map((answer, at) => [answer, second.at(-1 - at)!].map(wordOf).sort().join());
  };

  it(`use each of ${PER_ROUND} vouchers once, ${ROUNDS} times`, async () => {
    const { batchId, macs } = await world.vouchers(programmeId, { count: ROUNDS * PER_ROUND });
    const attemptsOf = (mine: readonly string[]) => mine.map((mac) => world.attempt(mac, placeId));
    for (let round = 0; round < ROUNDS; round += 1) {
      const mine = macs.slice(round * PER_ROUND, (round + 1) * PER_ROUND);
      const words = await whileHeld(gate, [LOCKED, [middleOf([...mine].sort())]], () => both(attemptsOf(mine), attemptsOf(mine)));
      expect(words).toEqual(Array<string>(PER_ROUND).fill('redeemed,voucher_used'));
    }
    const { rows } = await world.inspector.query(
      `select count(*)::int as redemptions, count(distinct voucher_id)::int as vouchers, sum(amount)::int as amount
       from redemption.redemption where batch_id = $1`, [batchId]);
    expect(rows).toEqual([{ redemptions: macs.length, vouchers: macs.length, amount: 1_000 * macs.length }]);
    const { activated, left, redeemed, posted, told } = await world.totals();
    expect([left, redeemed, posted, told]).toEqual([0n, activated, activated, activated]);
  });

  it('tell the same of the same requests, redeemed or refused', async () => {
    const { macs } = await world.vouchers(programmeId, { count: 20, unit: false });
    const known = macs.map((mac, at) => world.attempt(mac, placeId, { amount: cents(at % 2 ? 400 : 1_001) }));
    const words = await whileHeld(gate, [LOCKED, [middleOf([...macs].sort())]], () => both(known));
    expect(new Set(words)).toEqual(new Set(['redeemed,redeemed', 'voucher_balance_too_low,voucher_balance_too_low']));
    const { macs: [other] } = await world.vouchers(programmeId);
    const holds = [world.attempt(other!, placeId, { step: HOLD })];
    expect(await whileHeld(gate, [LOCKED, [other]], () => both(holds))).toEqual(['redeemed,redeemed']);
  });

  it('keep the refusals of unknown codes, of which neither locks anything', async () => {
    const unknown = Array.from({ length: 100 }, () => world.attempt(world.newId(), placeId));
    const words = await whileHeld(gate, [REFUSED, [middleOf(unknown).redemptionId, placeId]], () => both(unknown));
    expect(new Set(words)).toEqual(new Set(['voucher_not_found,voucher_not_found']));
  });

  it.each([
    ['redeem', REDEEMED, {}], ['hold', HELD, { step: HOLD }],
  ] as const)('share the keys out, where each has them for vouchers of its own: to %s', async (_, held, step) => {
    const { macs } = await world.vouchers(programmeId, { count: 200 });
    const mine = macs.slice(100).map((mac) => world.attempt(mac, placeId, step));
    const theirs = mine.map((attempt, at): TillAttempt => ({ ...attempt, codeMacs: [macs[at]!] }));
    const words = await whileHeld(gate, [held, [middleOf(mine).redemptionId]], () => both(mine, theirs));
    expect(new Set(words)).toEqual(new Set(['idempotency_key_reused,redeemed']));
  });
});
