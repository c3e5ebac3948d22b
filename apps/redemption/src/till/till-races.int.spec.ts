// Goal: two processes that want the same voucher at the same instant, and copies of one request that all arrive at once, have
// one effect; and a confirmation that meets a stop or an expiry run comes before or after it, never in between.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cents, idOf, isRejected, type PlaceId, type ProgrammeId } from '#libs/kernel';
import { inspect, CATALOGUE } from '#libs/invariants';
import { fixedClock, until } from '#libs/testing';
import { RedemptionWorld, wordOf, type Vouchers } from '../../../../test/builders/redemption-world.js';
import { openDatabase } from '../database.store.js';
import { insertRun } from '../expire-batch/expiry-run.store.js';
import { ExpiryRunner } from '../expire-batch/expiry-runner.js';
import { RedemptionWork } from '../redemption.work.js';
import type { Collector } from './collector.js';
import type { Answer, TillAttempt } from './fold-batch.decision.js';

jest.setTimeout(180_000);
const PAIRS = process.env['MEREAU_SIZES'] === 'full' ? 2_000 : 200;
const PER_ROUND = 20;

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
  expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'redemption'))).broken).toEqual([]);
});
afterAll(() => world.close());

const waiting = async (): Promise<number> => (await world.inspector.query(
  'select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()')).rows.length;

/** Lets all of `acts` come as far as the vouchers, which somebody else has locked, and then go at once. */
async function together<T>({ batchId }: Vouchers, acts: readonly (() => Promise<T>)[]): Promise<T[]> {
  const gate = await world.connect(world.database.urlFor('redemption'));
  await gate.query('begin');
  await gate.query('select 1 from redemption.voucher where batch_id = $1 order by code_mac for update', [batchId]);
  const done = Promise.all(acts.map((act) => act()));
  await until('all of them wait', async () => await waiting() >= acts.length);
  await gate.query('commit');
  return done;
}
const submitAll = (collector: Collector, attempts: readonly TillAttempt[]): Promise<Answer[]> =>
  Promise.all(attempts.map((attempt) => collector.submit(attempt)));
const hold = { kind: 'authorise', holdMs: 60_000 } as const;
const confirmationOf = (authorised: TillAttempt): TillAttempt =>
  ({ ...authorised, step: { kind: 'confirm', key: idOf('redemption', world.newId()), authorised: authorised.amount ?? cents(1_000) } });

describe('a pair of tills with one voucher', () => {
  it(`hears one yes and one no, ${PAIRS} times`, async () => {
    const tills = [world.collector(), world.collector()] as const;
    for (let round = 0; round < PAIRS / PER_ROUND; round += 1) {
      const vouchers = await world.vouchers(programmeId, { count: PER_ROUND });
      const attemptsOf = () => vouchers.macs.map((mac) => world.attempt(mac, placeId));
      const [one, other] = await together(vouchers, tills.map((till) => () => submitAll(till, attemptsOf())));
      const words = one!.map((answer, at) => [answer, other![at]!].map(wordOf).sort().join());
      expect(new Set(words)).toEqual(new Set(['redeemed,voucher_used']));
    }
    const { activated, left, redeemed } = await world.totals();
    expect([left, redeemed]).toEqual([0n, activated]);
  });
});

describe('fifty copies of one key', () => {
  it('have one effect and one answer: to redeem, to hold, to confirm', async () => {
    const tills = [world.collector(), world.collector(), world.collector()];
    const vouchers = await world.vouchers(programmeId, { count: 2 });
    const copies = async (attempt: TillAttempt): Promise<Answer> => {
      const asked = tills.map((till) => () => submitAll(till, Array.from({ length: 17 }, () => attempt)));
      const answers = (await together(vouchers, asked)).flat();
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      return answers[0]!;
    };
    const held: TillAttempt = { ...world.attempt(vouchers.macs[0]!, placeId), step: hold };
    const [redeemed, authorised] = [await copies(world.attempt(vouchers.macs[1]!, placeId)), await copies(held)];
    const confirmed = await copies(confirmationOf(held));
    expect([redeemed, authorised, confirmed].some(isRejected)).toBe(false);
    const { rows } = await world.inspector.query(
      `select (select count(*)::int from redemption.redemption where batch_id = $1) as redeemed,
        (select count(*)::int from redemption.authorisation where batch_id = $1) as authorised`, [vouchers.batchId]);
    expect(rows).toEqual([{ redeemed: 2, authorised: 1 }]);
  });
});

describe('confirmations in a crowd', () => {
  const authoriseAll = async ({ macs }: Vouchers): Promise<TillAttempt[]> => {
    const attempts = macs.map((mac): TillAttempt => ({ ...world.attempt(mac, placeId, { amount: cents(400) }), step: hold }));
    expect((await submitAll(world.collector(), attempts)).some(isRejected)).toBe(false);
    return attempts;
  };
  const left = async ({ batchId }: Vouchers) => (await world.inspector.query(
    'select sum(balance)::int as left, sum(expired)::int as lost, count(held)::int as held from redemption.voucher where batch_id = $1', [batchId])).rows[0];

  it('come before a stop, or are told of it', async () => {
    const vouchers = await world.vouchers(programmeId, { unit: false, count: 100 });
    const authorised = await authoriseAll(vouchers);
    const tills = [world.collector(), world.collector()];
    const answers: Promise<Answer>[] = [];
    const stopId = world.newId();
    for (const [at, attempt] of authorised.entries()) {
      answers.push(tills[at % 2]!.submit(confirmationOf(attempt)));
      if (at !== 50) continue;
      await answers[0];
      await world.service.query(`insert into redemption.stop values ($1, $2, 'lost', 'spec', now())`, [stopId, vouchers.batchId]);
      await world.service.query('insert into redemption.stopped_range values ($1, $2, 0, 99)', [stopId, vouchers.batchId]);
    }
    const words = (await Promise.all(answers)).map(wordOf);
    // Those sent after the stop was committed are all told of it.
    expect(new Set(words.slice(51))).toEqual(new Set(['voucher_stopped']));
    expect(words[0]).toBe('redeemed');
    expect(await left(vouchers)).toMatchObject({ left: 100_000 - 400 * words.filter((word) => word === 'redeemed').length });
  });

  it('come before an expiry run, or are too late; the run leaves no hold behind', async () => {
    const vouchers = await world.vouchers(programmeId, { unit: false, count: 100 });
    const authorised = await authoriseAll(vouchers);
    const work = new RedemptionWork(openDatabase(world.database.urlFor('redemption')), {
      schema: 'redemption', clock: fixedClock('2027-02-02T12:00:00Z'), ids: { next: () => world.newId() },
    });
    const [runner, runId, tills] = [new ExpiryRunner(work), idOf('expiryRun', world.newId()), [world.collector(), world.collector()]];
    const run = async () => {
      await work.once({ kind: 'process', name: 'spec', correlationId: 'spec' }, (tx) => insertRun(tx, runId, vouchers.batchId, 'spec'));
      while (await runner.step(runId));
    };
    const early = authorised.slice(0, 50).map((attempt, at) => tills[at % 2]!.submit(confirmationOf(attempt)));
    await early[0];
    const running = run();
    const late = authorised.slice(50).map((attempt, at) => tills[at % 2]!.submit(confirmationOf(attempt)));
    const words = (await Promise.all([...early, ...late])).map(wordOf);
    await running.finally(() => work.client.$disconnect());
    const redeemed = 400 * words.filter((word) => word === 'redeemed').length;
    expect(words.every((word) => word === 'redeemed' || word === 'claim_too_late')).toBe(true);
    expect(await left(vouchers)).toEqual({ left: 0, lost: 100_000 - redeemed, held: 0 });
    expect(wordOf(await world.collector().submit(confirmationOf(authorised[99]!)))).toBe(words[99]);
  });
});
