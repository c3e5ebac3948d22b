// Goal: whatever a till and a rival do with one voucher at the same time, it is as if one had come after the other: each
// statement of one is put before and after each of the other's, at a real server.
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PaymentDisputedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents, idOf, isRejected, localDate, type PlaceId, type ProgrammeId } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { fixedClock } from '#libs/testing';
import { SteppedPool, Steps, steppedClient } from '../../../../test/builders/interleaving.js';
import { NOON, RedemptionWorld, wordOf, type Vouchers } from '../../../../test/builders/redemption-world.js';
import { AccreditPlace } from '../accredit-place/accredit-place.command.js';
import { AccreditPlaceHandler } from '../accredit-place/accredit-place.handler.js';
import { openDatabase } from '../database.store.js';
import { insertRun } from '../expire-batch/expiry-run.store.js';
import { ExpiryRunner } from '../expire-batch/expiry-runner.js';
import { FreezeOrder } from '../freeze-order/freeze-order.command.js';
import { FreezeOrderHandler } from '../freeze-order/freeze-order.handler.js';
import { RedemptionWork } from '../redemption.work.js';
import { StopVouchers } from '../stop-vouchers/stop-vouchers.command.js';
import { StopVouchersHandler } from '../stop-vouchers/stop-vouchers.handler.js';
import { TakeMeasure } from '../take-measure/take-measure.command.js';
import { TakeMeasureHandler } from '../take-measure/take-measure.handler.js';
import { UndoRedemption } from '../undo-redemption/undo-redemption.command.js';
import { UndoRedemptionHandler } from '../undo-redemption/undo-redemption.handler.js';
import { Collector } from './collector.js';
import type { TillAttempt } from './fold-batch.decision.js';

const FULL = process.env['MEREAU_SIZES'] === 'full';
jest.setTimeout(FULL ? 280_000 : 120_000);

const FACE = 1_000;
const ONE = { kind: 'process', name: 'spec', correlationId: 'spec' } as const;
const AFTER_ALL = '2027-02-02T12:00:00Z';
const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' });

let world: RedemptionWorld;
let programmeId: ProgrammeId;
let database: ReturnType<typeof openDatabase>;
/** Outside of any interleaving. */
let plain: Collector;
let stepped: Collector;
let stepsOfTill: Steps | undefined;
const faults: unknown[] = [];
beforeAll(async () => {
  world = await RedemptionWorld.create();
  programmeId = await world.programme();
  database = openDatabase(world.database.urlFor('redemption'));
  plain = world.collector();
  stepped = new Collector({
    pool: new SteppedPool(world.database.urlFor('redemption'), () => stepsOfTill), clock: fixedClock(NOON),
    log: { error: (fault: unknown) => faults.push(fault) },
  });
});
afterAll(async () => {
  const { broken } = await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'redemption'));
  await stepped.stop();
  await database.$disconnect();
  await world.close();
  expect(broken).toEqual([]);
});

const workOf = (steps?: Steps, at = NOON): RedemptionWork => new RedemptionWork(steppedClient(database, () => steps), {
  schema: 'redemption', clock: fixedClock(at), ids: { next: () => world.newId() },
});
const isWaiting = (applicationName: string) => async (): Promise<boolean> => (await world.admin.query(
  `select 1 from pg_stat_activity where datname = current_database() and application_name = $1 and wait_event_type = 'Lock'`,
  [applicationName])).rows.length > 0;
const TILL = 'redemption till';
const OTHERS = 'mereau redemption';

/** What both meet at, new each time. */
type Scene = Readonly<{ vouchers: Vouchers; mac: string; placeId: PlaceId; redeemed: TillAttempt }>;
type Rival = Readonly<{
  /** Before anybody starts. */
  prepare?: (scene: Scene) => Promise<unknown>;
  act: (scene: Scene, steps: Steps) => Promise<unknown>;
  /** What the till is told when it comes first, and when it comes second. */
  first: string; second: string;
}>;

/** A voucher of ten euros of which three were spent, at a place of its own. */
async function open(): Promise<Scene> {
  const placeId = await world.place({ accreditedFor: programmeId });
  const vouchers = await world.vouchers(programmeId, { unit: false, faceCents: FACE });
  const [mac] = vouchers.macs;
  const redeemed = world.attempt(mac!, placeId, { amount: cents(300) });
  return { vouchers, mac: mac!, placeId, redeemed };
}

const RIVALS: Readonly<Record<string, Rival>> = {
  'an expiry run': {
    act: async ({ vouchers: { batchId } }, steps) => {
      const [work, runId] = [workOf(steps, AFTER_ALL), idOf('expiryRun', world.newId())];
      await work.once(ONE, (tx) => insertRun(tx, runId, batchId, 'spec'));
      const runner = new ExpiryRunner(work);
      while (await runner.step(runId));
    },
    first: 'yes', second: 'claim_too_late',
  },
  'a stop': {
    act: ({ vouchers: { batchId } }, steps) => new StopVouchersHandler(workOf(steps), keyring)
      .execute(new StopVouchers(batchId, { range: { first: 0, last: 0 } }, 'lost', null, ONE)),
    first: 'yes', second: 'voucher_stopped',
  },
  'a suspension': { act: (scene, steps) => measure('suspension', scene, steps), first: 'yes', second: 'place_suspended' },
  'an accreditation after a withdrawal': {
    prepare: (scene) => measure('withdrawal', scene),
    act: ({ placeId }, steps) => new AccreditPlaceHandler(workOf(steps)).execute(new AccreditPlace({
      placeId, programmeId, from: localDate('2026-01-01'), to: localDate('2026-12-31'), services: ['employment'], inseeCode: null,
    }, ONE)),
    first: 'place_withdrawn', second: 'service_missing',
  },
  'a freeze': {
    act: async ({ vouchers: { batchId } }, steps) => {
      const { rows: [batch] } = await world.inspector.query<{ orderId: string }>('select order_id as "orderId" from redemption.batch where id = $1', [batchId]);
      const dispute = { ...PaymentDisputedV1.sample, disputeId: `dp_${world.newId()}`, orderId: batch!.orderId };
      await new FreezeOrderHandler(workOf(steps)).execute(new FreezeOrder(dispute, world.newId(), ONE));
    },
    first: 'yes', second: 'voucher_frozen',
  },
  'an undoing of what was spent before': {
    act: ({ redeemed: { redemptionId } }, steps) => new UndoRedemptionHandler(workOf(steps))
      .execute(new UndoRedemption(redemptionId, { by: { kind: 'operator' }, reason: 'other' }, ONE)),
    first: 'voucher_balance_too_low', second: 'yes',
  },
};

const measure = (kind: 'suspension' | 'withdrawal', { placeId }: Scene, steps?: Steps) => new TakeMeasureHandler(workOf(steps))
  .execute(new TakeMeasure({ kind, placeId, programmeId, from: null, reason: 'other', explanation: 'Nobody was there.' }, ONE));

/** More than is left where the rival is what brings more; otherwise less. */
const amountFor = ({ second }: Rival) => cents(second === 'yes' ? 800 : 400);
const HOLD = { kind: 'authorise', holdMs: 60_000 } as const;
type Ask = (scene: Scene, rival: Rival) => Promise<TillAttempt>;
const ACTS: Readonly<Record<string, Ask>> = {
  redeems: async ({ mac, placeId }, rival) => world.attempt(mac, placeId, { amount: amountFor(rival) }),
  authorises: async ({ mac, placeId }, rival) => world.attempt(mac, placeId, { amount: amountFor(rival), step: HOLD }),
  confirms: async ({ mac, placeId }) => {
    const [held, key] = [world.attempt(mac, placeId, { amount: cents(400), step: HOLD }), idOf('redemption', world.newId())];
    expect(isRejected(await plain.submit(held))).toBe(false);
    return { ...held, step: { kind: 'confirm', key, authorised: cents(400) } };
  },
};

type Turn = readonly ['till' | 'rival', number];
/** `left`: what both were told and what is on the voucher. */
type Played = Readonly<{ word: string; left: object; log: readonly string[]; counts: readonly [number, number] }>;
type Pair = Readonly<{ ask: Ask; rival: Rival; warm: boolean }>;
const END = Number.POSITIVE_INFINITY;

/** One story of the two on a new scene: `turns` says who goes on until how many of its statements are done. */
async function play({ ask, rival, warm }: Pair, turns: readonly Turn[]): Promise<Played> {
  const scene = await open();
  expect(isRejected(await plain.submit(scene.redeemed))).toBe(false);
  const attempt = await ask(scene, rival);
  await rival.prepare?.(scene);
  stepsOfTill = undefined;
  // It then knows what it decides by, and reads it again only where the rival has changed it.
  if (warm) await stepped.submit({ ...scene.redeemed, step: { kind: 'check' } });
  const log: string[] = [];
  const steps = { till: new Steps(log, 'till', isWaiting(TILL)), rival: new Steps(log, 'rival', isWaiting(OTHERS)) };
  stepsOfTill = steps.till;
  const asked = steps.till.follow(() => stepped.submit(attempt));
  const acted = steps.rival.follow(() => rival.act(scene, steps.rival));
  for (const [who, count] of turns) await steps[who].goTo(count);
  const [answer, outcome] = await Promise.all([asked, acted]);
  expect([faults.splice(0), isRejected(outcome)]).toEqual([[], false]);
  const word = isRejected(answer) ? wordOf(answer) : 'yes';
  const told = JSON.stringify(outcome)?.replaceAll(/[0-9a-f-]{36}|2026-03-10T[0-9:.]+Z/g, '…');
  return { word, left: { word, told, ...await stateOf(scene) }, log, counts: [steps.till.asked.length, steps.rival.asked.length] };
}

async function stateOf({ vouchers: { batchId } }: Scene): Promise<object> {
  const { rows: [state] } = await world.inspector.query<Record<string, number>>(
    `select v.balance::int as left, v.expired::int as lost, v.held::int as held,
      (select sum(amount)::int from redemption.redemption where batch_id = $1) as spent,
      (select coalesce(sum(amount), 0)::int from redemption.undone_redemption where batch_id = $1) as undone,
      (select sum(case when credit = 'outstanding:' || $1 then amount else -amount end)::int from redemption.transfer
       where 'outstanding:' || $1 in (debit, credit)) as owed
    from redemption.voucher v where v.batch_id = $1::uuid`, [batchId]);
  const { left, lost, spent, undone, owed } = state!;
  expect([left! + lost! + spent! - undone!, owed]).toEqual([FACE, left]);
  return state!;
}

/** What the two orders of a whole transaction each leave. */
type Serial = Readonly<{ first: Played; second: Played }>;

/**
 * By the order in which things really were: who had committed before the other looked came first. A till looks when it reads the
 * version of what it decides by, which is after its lock; until it has committed, a rival that locks nothing of it may come second.
 */
function expectSerial({ left, log }: Played, { first, second }: Serial): void {
  const looked = log.lastIndexOf('till: moment');
  const [rivalEnd, tillEnd] = [log.lastIndexOf('rival: commit, done'), log.indexOf('till: commit, done')];
  const rivalStart = log.findIndex((line) => line.startsWith('rival: '));
  const legal = rivalEnd < looked ? [second.left] : tillEnd < rivalStart ? [first.left] : [first.left, second.left];
  if (!legal.some((one) => isDeepStrictEqual(one, left))) {
    throw new Error(`${JSON.stringify(left)} is not one of ${JSON.stringify(legal)}\n${log.join('\n')}`);
  }
}

/** Each of the two is stopped before each of its statements; in full both are, in every combination. */
function schedules([tills, rivals]: readonly [number, number]): readonly (readonly Turn[])[] {
  const [i, j] = [upTo(tills), upTo(rivals)];
  const once: (readonly Turn[])[] = [
    ...i.map((at): readonly Turn[] => [['till', at], ['rival', END], ['till', END]]),
    ...j.map((at): readonly Turn[] => [['rival', at], ['till', END], ['rival', END]]),
  ];
  const twice = i.flatMap((till) => j.flatMap((rival): (readonly Turn[])[] => [
    [['till', till], ['rival', rival], ['till', END], ['rival', END]], [['rival', rival], ['till', till], ['rival', END], ['till', END]],
  ]));
  return FULL ? [...once, ...twice] : once;
}
const upTo = (count: number): number[] => Array.from({ length: count - 1 }, (_, at) => at + 1);

const pairs = Object.keys(RIVALS).flatMap((name) => [
  { act: 'redeems', name, warm: true }, { act: 'redeems', name, warm: false }, { act: 'confirms', name, warm: true },
  // Decided as a redemption is.
  ...(FULL ? [{ act: 'authorises', name, warm: true }] : []),
]).map((pair) => ({ ...pair, knowing: pair.warm ? 'knows its rules' : 'reads its rules' }));

describe('a till that', () => {
  it.each(pairs)('$knowing and $act comes before $name or after it, in every order of their statements', async ({ act, name, warm }) => {
    const pair: Pair = { ask: ACTS[act]!, rival: RIVALS[name]!, warm };
    const serial: Serial = {
      first: await play(pair, [['till', END], ['rival', END]]), second: await play(pair, [['rival', END], ['till', END]]),
    };
    const { first, second } = pair.rival;
    // What is held is taken, whether more comes back or not.
    expect([serial.first.word, serial.second.word]).toEqual([act === 'confirms' && second === 'yes' ? 'yes' : first, second]);
    const counts = [0, 1].map((who) => Math.max(serial.first.counts[who]!, serial.second.counts[who]!)) as [number, number];
    for (const turns of schedules(counts)) expectSerial(await play(pair, turns), serial);
  });
});
