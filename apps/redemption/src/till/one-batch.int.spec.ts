// Goal: one batch of the collector holds what twenty places ask at the same moment, and each of them hears of its own request
// only; whoever names another place, in its body, its headers or by an id of the other, gains nothing by it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { VoucherRedeemedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents, type PlaceId } from '#libs/kernel';
import { until } from '#libs/testing';
import type { Answer } from '../../../../test/builders/redemption-app.js';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';

jest.setTimeout(120_000);
const PLACES = 20;
const PER_PLACE = 5;

let scheme: RedemptionScheme;
let tills: Till[];
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  tills = [];
  for (let at = 0; at < PLACES; at += 1) tills.push(await scheme.openTill());
});
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'redemption');
  const { broken } = await inspect(scheme.app.world.database.inspectorUrl, local);
  await scheme.close();
  expect(broken).toEqual([]);
});

const plain = (id: unknown) => String(id).slice(4);
const placeAt = (index: number): Till => tills[index % PLACES]!;

/** Holds up the collector with a voucher that somebody else has locked, until all of `asks` have arrived behind it. */
async function atOnce<T>(asks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const { world, app } = scheme.app;
  const { batchId, codes } = await scheme.batch(1);
  const gate = await world.connect(world.database.urlFor('redemption'));
  await gate.query('begin');
  await gate.query('select 1 from redemption.voucher where batch_id = $1 for update', [batchId]);
  const first = scheme.redeem(codes[0]!);
  await until('the collector waits', async () => (await world.admin.query(
    `select 1 from pg_stat_activity where datname = current_database() and application_name = 'redemption till' and wait_event_type = 'Lock'`,
  )).rows.length === 1);
  let arrived = 0;
  const count = () => { arrived += 1; };
  app.getHttpServer().on('request', count);
  const answers = Promise.all(asks.map((ask) => ask()));
  await until('all of them have come', async () => arrived === asks.length);
  app.getHttpServer().off('request', count);
  await gate.query('commit');
  expect((await first).status).toBe(201);
  return answers;
}

/** What is asked, and what may be answered to it alone. */
type Request = Readonly<{ key: string; at: Till; index: number; amountCents: number }>;
const requestsFor = (count: number): Request[] =>
  Array.from({ length: count }, (_, index) => ({ key: uuidv7(), at: placeAt(index), index, amountCents: 100 + index }));
const ownAnswer = ({ key, at, amountCents }: Request) => ({
  redemptionId: `red_${key}`, placeId: at.placeId, siteId: at.siteId, amountCents, balanceCents: 1_000 - amountCents,
});
const mixed = <T>(list: readonly T[]): T[] => list.map((_, at) => list[(at * 37) % list.length]!);

/** As the database has it, and as audit is told. */
async function kept(ids: readonly string[]) {
  const { world } = scheme.app;
  const { rows } = await world.inspector.query<Kept & { outbox: string }>(
    `select r.id, r.place_id as "placeId", r.amount::int as "amountCents", v.index, r.outbox_id as outbox
     from redemption.redemption r join redemption.voucher v on v.id = r.voucher_id where r.id = any($1) order by r.id`, [ids]);
  const told = (await scheme.app.emitted(VoucherRedeemedV1)).filter(({ redemptionId }) => ids.includes(redemptionId))
    .map(({ redemptionId: id, placeId, amountCents, voucherIndex: index }): Kept => ({ id, placeId, amountCents, index: index! }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { rows: rows.map(({ outbox: _, ...row }): Kept => row), told, commits: new Set(rows.map(({ outbox }) => outbox)).size };
}
type Kept = { id: string; placeId: string; amountCents: number; index: number };

describe('one batch of twenty places', () => {
  it('is one commit, of which each place has its own', async () => {
    const { world } = scheme.app;
    const programmeId = await world.programme();
    const places: PlaceId[] = [];
    for (let at = 0; at < PLACES; at += 1) places.push(await world.place({ accreditedFor: programmeId }));
    const { macs } = await world.vouchers(programmeId, { count: PLACES * PER_PLACE, unit: false });
    const attempts = macs.map((mac, index) => world.attempt(mac, places[index % PLACES]!, { amount: cents(100 + index) }));
    const collector = world.collector();
    const answers = await Promise.all(mixed(attempts).map(async (attempt) => ({ attempt, answer: await collector.submit(attempt) })));
    for (const { attempt: { redemptionId: id, placeId, amount }, answer } of answers) expect(answer).toMatchObject({ id, placeId, amount });
    const own = attempts.map(({ redemptionId: id, placeId, amount }, index): Kept => ({ id, placeId, amountCents: Number(amount), index }));
    expect(await kept(own.map(({ id }) => id))).toEqual({ rows: own, told: own, commits: 1 });
  });

  it('answers, keeps and tells of each request what is its own', async () => {
    const requests = requestsFor(PLACES * PER_PLACE);
    const { codes } = await scheme.batch(requests.length, { kind: 'balance' });
    const answers = await atOnce(mixed(requests).map((request) => async () => {
      const { index, key, at, amountCents } = request;
      return { request, answer: await scheme.redeem(codes[index]!, { amountCents }, { key, at }) };
    }));
    for (const { request, answer } of answers) {
      expect([answer.status, answer.body]).toEqual([201, expect.objectContaining(ownAnswer(request))]);
    }
    const own = requests.map(({ key, at, amountCents, index }): Kept => ({ id: key, placeId: plain(at.placeId), amountCents, index }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const { rows, told } = await kept(own.map(({ id }) => id));
    expect([rows, told]).toEqual([own, own]);
  });

  it('answers who names another place in headers and in the address as itself', async () => {
    const requests = requestsFor(PLACES);
    const { codes } = await scheme.batch(PLACES, { kind: 'balance' });
    const answers = await atOnce(requests.map(({ at, key, index, amountCents }) => () => {
      const other = placeAt(index + 1);
      const names = ['place-id', 'x-place-id', 'x-party-id', 'organisation-id', 'x-user-id'];
      const headers = Object.fromEntries(names.map((name) => [name, other.placeId]));
      const query = `placeId=${other.placeId}&siteId=${other.siteId}`;
      return scheme.app.call(`redemptions?${query}`, {
        token: at.token, key, headers, body: { code: codes[index], serviceDate: '2026-03-10', amountCents },
      });
    }));
    for (const [at, { status, body }] of answers.entries()) {
      expect([status, body]).toEqual([201, expect.objectContaining(ownAnswer(requests[at]!))]);
    }
  });

  it('gives one key to the place that came first with it, and shows the other nothing of it', async () => {
    const requests = requestsFor(PLACES);
    const { codes } = await scheme.batch(PLACES, { kind: 'balance' });
    const ask = (request: Request, at: Till) => async () => ({
      at, answer: await scheme.redeem(codes[request.index]!, { amountCents: request.amountCents }, { key: request.key, at }),
    });
    const answers = await atOnce(requests.flatMap((request) => [ask(request, request.at), ask(request, placeAt(request.index + 1))]));
    for (const [at, request] of requests.entries()) {
      const both = [answers[2 * at]!, answers[2 * at + 1]!].sort((a, b) => a.answer.status - b.answer.status);
      const [won, lost] = both as [(typeof both)[0], (typeof both)[0]];
      expect([won.answer.status, won.answer.body]).toEqual([201, expect.objectContaining(ownAnswer({ ...request, at: won.at }))]);
      expect([lost.answer.status, lost.answer.body.code]).toEqual([422, 'idempotency_key_reused']);
      expect(JSON.stringify(lost.answer.body)).not.toContain(won.at.placeId);
    }
  });
});

describe('another place', () => {
  it('is no field of what a till sends', async () => {
    const [one, other] = [placeAt(0), placeAt(1)];
    const { codes: [code] } = await scheme.batch(1);
    const over = { placeId: other.placeId };
    const sent: Answer[] = [
      await scheme.redeem(code!, over, { at: one }), await scheme.check(code!, over, { at: one }),
      await scheme.authorise(code!, over, { at: one }),
      await scheme.session([{ code }], over, { at: one }), await scheme.session([{ code, ...over }], {}, { at: one }),
    ];
    expect(sent.map(({ status, body }) => [status, body.code])).toEqual(sent.map(() => [400, 'request_malformed']));
    expect((await scheme.redeem(code!, {}, { at: one })).status).toBe(201);
  });

  it('neither confirms, cancels nor undoes what a till did, nor learns that there is something', async () => {
    const [one, other] = [placeAt(0), placeAt(1)];
    const { codes } = await scheme.batch(2);
    const held = String((await scheme.authorise(codes[0]!, {}, { at: one })).body['authorisationId']);
    const done = String((await scheme.redeem(codes[1]!, {}, { at: one })).body['redemptionId']);
    const wordOf = ({ status, body: { instance: _, ...body } }: Answer) => ({ status, ...body });
    const nothing = [`aut_${uuidv7()}`, `red_${uuidv7()}`] as const;
    expect(wordOf(await scheme.confirm(held, {}, { at: other }))).toEqual(wordOf(await scheme.confirm(nothing[0], {}, { at: other })));
    expect(wordOf(await scheme.cancel(held, { at: other }))).toEqual(wordOf(await scheme.cancel(nothing[0], { at: other })));
    expect(wordOf(await scheme.undo(done, other.token))).toEqual(wordOf(await scheme.undo(nothing[1], other.token)));
    expect((await scheme.confirm(held, {}, { at: one })).body).toMatchObject({ placeId: one.placeId });
  });
});
