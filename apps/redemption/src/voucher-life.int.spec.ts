// Goal: any story of two vouchers, two places and an operator, told over HTTP, gets the answers and leaves the cents that a
// model of a page predicts; a request that is sent again gets its old answer. The seed of the run names the stories.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { seedOfRun } from '#libs/testing';
import { brokenAlone } from '../../../test/builders/all-invariants.js';
import type { Answer } from '../../../test/builders/redemption-app.js';
import { RedemptionScheme, type MintedBatch, type Till } from '../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../test/builders/redemption-world.js';
import { sealAs, TillDevice } from '../../../test/builders/till-device.js';
import { CAPTURED_AT, LAST_DAY, VoucherModel, type ModelVoucher } from '../../../test/builders/voucher-model.js';

const FULL = process.env['MEREAU_SIZES'] === 'full';
jest.setTimeout(FULL ? 280_000 : 120_000);
const SEED = Number.parseInt(Buffer.from(seedOfRun()).toString('hex').slice(-7), 16);

let scheme: RedemptionScheme;
let rival: Till;
let offlineKey: Parameters<typeof sealAs>[0];
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  offlineKey = (await scheme.app.call('offline-key', { token: scheme.till.token, method: 'GET' })).body as never;
  rival = await scheme.openTill();
});
afterAll(() => scheme.close());

type Real = {
  tills: readonly Till[]; devices: readonly TillDevice[]; batches: readonly (MintedBatch & { orderId: string })[];
  authorised: string[]; redeemed: string[]; disputes: string[];
  sent: { again: () => Promise<Answer>; answer: object }[];
};
type Step = fc.AsyncCommand<VoucherModel, Real>;
const partOf = ({ status, body: { instance: _, ...body } }: Answer) => ({ status, body });
const wordOf = ({ status, body }: Answer) => body.code ?? (status < 300 ? undefined : `status ${status}`);

/** What `act` sends under one key, so that it can be sent again. */
async function send(real: Real, act: (key: string) => Promise<Answer>): Promise<Answer> {
  const key = uuidv7();
  const answer = await act(key);
  real.sent.push({ again: () => act(key), answer: partOf(answer) });
  return answer;
}

async function agrees(model: VoucherModel, real: Real): Promise<void> {
  const { rows } = await scheme.app.world.inspector.query(
    'select batch_id as id, balance::int as left, expired::int as lost, held::int, held_until as until from redemption.voucher where batch_id = any($1)',
    [real.batches.map(({ batchId }) => batchId)]);
  const found = real.batches.map(({ batchId }) => rows.find(({ id }) => id === batchId)!).map(({ left, lost, held, until }) =>
    ({ left, lost, held: held !== null && until.getTime() > model.now ? held : 0 }));
  expect(found).toEqual(model.vouchers.map((voucher) => ({ left: voucher.left, lost: voucher.lost, held: model.held(voucher) })));
}

const step = (name: string, check: (model: VoucherModel) => boolean, run: (model: VoucherModel, real: Real) => Promise<void>): Step => ({
  check, toString: () => name,
  run: async (model, real) => {
    await run(model, real);
    await agrees(model, real);
  },
});
const at = <T>(list: readonly T[], index: number): number => index % list.length;
const over = (amountCents: number | undefined) => (amountCents === undefined ? {} : { amountCents });

const which = fc.nat({ max: 1 });
const anAmount = fc.constantFrom(undefined, undefined, 300, 400, 700, 1_000, 1_001);
/** The unit voucher, mostly asked for whole, or the one with a balance. */
const aWish = fc.oneof(
  fc.tuple(fc.constant(0), fc.constantFrom(undefined, undefined, undefined, 1_000, 400)),
  fc.tuple(fc.constant(1), fc.constantFrom(100, 300, 300, 400, 700, 1_000, 1_001, undefined)),
);
/** What ends a voucher comes rarely: most of a story is about living ones. */
const WEIGHTS = [2, 5, 6, 5, 2, 3, 0.4, 0.6, 5, 2, 2, 3].map((weight) => weight * 5);
const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(aWish, which).map(([[v, amount], p]) => step(`check ${v} ${amount} at ${p}`, () => true, async (model, { tills, batches }) => {
    const voucher: ModelVoucher = model.vouchers[v]!;
    const answer = await scheme.check(batches[v]!.codes[0]!, over(amount), { at: tills[p]! });
    expect(wordOf(answer)).toBe(model.check(voucher, amount));
    if (answer.status === 200) expect(answer.body['availableCents']).toBe(voucher.left - model.held(voucher));
  })),
  fc.tuple(aWish, which).map(([[v, amount], p]) => step(`redeem ${v} ${amount} at ${p}`, () => true, async (model, real) => {
    const answer = await send(real, (key) => scheme.redeem(real.batches[v]!.codes[0]!, over(amount), { key, at: real.tills[p]! }));
    expect(wordOf(answer)).toBe(model.redeem(model.vouchers[v]!, amount, p));
    if (answer.status === 201) real.redeemed.push(String(answer.body['redemptionId']));
  })),
  fc.tuple(aWish, which, fc.constantFrom(5, 30)).map(([[v, amount], p, holdMinutes]) =>
    step(`authorise ${v} ${amount} at ${p} for ${holdMinutes}`, () => true, async (model, real) => {
      const asked = { ...over(amount), holdMinutes };
      const answer = await send(real, (key) => scheme.authorise(real.batches[v]!.codes[0]!, asked, { key, at: real.tills[p]! }));
      expect(wordOf(answer)).toBe(model.authorise(model.vouchers[v]!, amount, { place: p, minutes: holdMinutes }));
      if (answer.status === 201) real.authorised.push(String(answer.body['authorisationId']));
    })),
  fc.tuple(fc.nat(), anAmount, fc.constantFrom(0, 0, 0, 1)).map(([n, amount, other]) =>
    step(`confirm #${n} ${amount}, other place ${other}`, ({ authorisations }) => authorisations.length > 0, async (model, real) => {
      const index = at(model.authorisations, n);
      const own = model.authorisations[index]!;
      const place = (own.place + other) % 2;
      const before = own.took;
      const answer = await send(real, (key) => scheme.confirm(real.authorised[index]!, over(amount), { key, at: real.tills[place]! }));
      expect(wordOf(answer)).toBe(model.confirm(own, amount, place));
      if (before === undefined && own.took !== undefined) real.redeemed.push(String(answer.body['redemptionId']));
    })),
  fc.tuple(fc.nat(), fc.constantFrom(0, 0, 0, 1)).map(([n, other]) =>
    step(`cancel #${n}, other place ${other}`, ({ authorisations }) => authorisations.length > 0, async (model, real) => {
      const index = at(model.authorisations, n);
      const own = model.authorisations[index]!;
      const place = (own.place + other) % 2;
      const answer = await send(real, (key) => scheme.cancel(real.authorised[index]!, { key, at: real.tills[place]! }));
      expect(wordOf(answer)).toBe(model.cancel(own, place));
    })),
  fc.tuple(fc.nat(), fc.constantFrom(0, 1, 'operator' as const)).map(([n, by]) =>
    step(`undo #${n} by ${by}`, ({ redemptions }) => redemptions.length > 0, async (model, real) => {
      const index = at(model.redemptions, n);
      const token = by === 'operator' ? scheme.operator : real.tills[by]!.token;
      const answer = await send(real, (key) => scheme.undo(real.redeemed[index]!, token, key));
      expect(wordOf(answer)).toBe(model.undo(model.redemptions[index]!, by));
    })),
  which.map((v) => step(`stop ${v}`, () => true, async ({ vouchers }, { batches }) => {
    expect(wordOf(await scheme.stop(batches[v]!.batchId, { first: 0, last: 0 }))).toBeUndefined();
    vouchers[v]!.stopped = true;
  })),
  which.map((v) => step(`dispute, or win, ${v}`, () => true, async ({ vouchers }, { batches, disputes }) => {
    const { orderId } = batches[v]!;
    if (vouchers[v]!.frozen) await scheme.closeDispute(orderId, disputes[v]!, 'won');
    else disputes[v] = await scheme.dispute(orderId);
    vouchers[v]!.frozen = !vouchers[v]!.frozen;
  })),
  fc.constantFrom(1, 4, 5, 5, 16, 30, 30, 600, 2_400).map((minutes) => step(`${minutes} minutes later`, () => true, async (model) => {
    model.now += minutes * 60_000;
    scheme.app.clock.set(new Date(model.now).toISOString());
  })),
  which.map((v) => step(`expire ${v}`, (model) => model.canExpire(), async (model, { batches }) => {
    await scheme.expire(batches[v]!.batchId);
    model.expire(model.vouchers[v]!);
  })),
  fc.nat().map((n) => step(`send #${n} again`, () => true, async (_, { sent }) => {
    if (sent.length === 0) return;
    const { again, answer } = sent[at(sent, n)]!;
    expect(partOf(await again())).toEqual(answer);
  })),
  fc.tuple(aWish, which).map(([[v, amount], p]) => step(`bring ${v} ${amount} as captured at ${p}`, () => true, async (model, real) => {
    const capture = await captured(real.batches[v]!.codes[0]!, over(amount));
    const answer = await send(real, (key) => real.devices[p]!.post(real.tills[p]!, 'offline-redemptions', { captures: [capture] }, { key }));
    const [line] = answer.body['lines'] as { code?: string; redemption?: { redemptionId: string } }[];
    expect([answer.status, line!.code]).toEqual([200, model.bring(model.vouchers[v]!, amount, p)]);
    if (line!.redemption) real.redeemed.push(line!.redemption.redemptionId);
  })),
];

/** As a device without a network sealed it, an hour before the story begins. */
async function captured(code: string, said: object): Promise<object> {
  const [id, capturedAt] = [uuidv7(), new Date(CAPTURED_AT).toISOString()];
  return { id, capturedAt, sealed: await sealAs(offlineKey, { id, capturedAt, text: code.replaceAll('-', '') }), ...said };
}

async function enrol(till: Till): Promise<TillDevice> {
  const manager = await scheme.app.tillToken(till.placeId, { roles: ['manager'] });
  const { body } = await scheme.app.call('device-enrolments', { token: manager, body: {} });
  const device = await TillDevice.make(scheme.app);
  expect((await device.enrol(till, String(body['code']))).status).toBe(201);
  return device;
}

async function begin(): Promise<{ model: VoucherModel; real: Real }> {
  scheme.app.clock.set(NOON);
  const batches = [];
  for (const kind of ['unit', 'balance'] as const) {
    const orderId = uuidv7();
    batches.push({ ...await scheme.batch(1, { kind, orderId, offline: true, usableUntil: LAST_DAY, claimableUntil: LAST_DAY }), orderId });
  }
  const tills = await Promise.all([scheme.till, rival].map(async (till) => ({ ...till, token: await scheme.app.tillToken(till.placeId) })));
  // New ones for each story: a device may capture so many codes of a day.
  const devices = [await enrol(tills[0]!), await enrol(tills[1]!)];
  const real: Real = { tills, devices, batches, authorised: [], redeemed: [], disputes: [], sent: [] };
  return { model: new VoucherModel(Date.parse(NOON)), real };
}

describe('a voucher', () => {
  it('lives as the model says, whatever is asked in whatever order', async () => {
    const anyStep = fc.oneof(...steps.map((arbitrary, index) => ({ arbitrary, weight: WEIGHTS[index]! })));
    const story = fc.array(anyStep, { minLength: 25, maxLength: 40 });
    await fc.assert(fc.asyncProperty(story, async (commands) => {
      const setup = await begin();
      await fc.asyncModelRun(() => setup, commands);
    }), { seed: SEED, numRuns: FULL ? 200 : 20, endOnFailure: true });
    scheme.app.clock.set(NOON);
    expect(await brokenAlone(scheme.app.world.database.inspectorUrl, 'redemption')).toEqual([]);
  });
});
