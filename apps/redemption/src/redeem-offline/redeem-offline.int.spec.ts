// Goal: what a device captured without a network is redeemed once or refused once, for the day on which it was captured, and what
// was confirmed meanwhile is never taken back.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { VoucherRedeemedV1 } from '#libs/contracts';
import type { Answer } from '../../../../test/builders/redemption-app.js';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';
import { sealAs, TillDevice } from '../../../../test/builders/till-device.js';
import { OFFLINE_CODES_PER_DEVICE_DAY_MAX } from '../limits.js';
import type { OfflinePublicKey } from './offline-keys.js';

jest.setTimeout(120_000);

type Counter = Readonly<{ till: Till; device: TillDevice }>;
type Line = Readonly<{ id: string; outcome: string; code?: string; redemption?: { serviceDate: string; amountCents: number } }>;

let scheme: RedemptionScheme;
let counter: Counter;
let key: Readonly<{ keyId: string; publicKey: OfflinePublicKey }>;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  counter = await openCounter(scheme.till);
  key = (await scheme.app.call('offline-key', { token: scheme.till.token, method: 'GET' })).body as never;
});
afterAll(() => scheme.close());

async function openCounter(till: Till): Promise<Counter> {
  const manager = await scheme.app.tillToken(till.placeId, { roles: ['manager'] });
  const { body } = await scheme.app.call('device-enrolments', { token: manager, body: {} });
  const device = await TillDevice.make(scheme.app);
  expect((await device.enrol(till, String(body['code']))).status).toBe(201);
  return { till, device };
}
const HOUR_MS = 3_600_000;
const ago = (ms: number): string => new Date(Date.parse(NOON) - ms).toISOString();
type Capturing = Record<string, unknown> & { at?: string; id?: string };
async function captured(code: string, { at = ago(HOUR_MS), id = uuidv7(), ...said }: Capturing = {}) {
  return { id, capturedAt: at, sealed: await sealAs(key, { id, capturedAt: at, text: code.replaceAll('-', '') }), ...said };
}
const send = ({ till, device }: Counter, captures: readonly object[], requestKey = uuidv7()): Promise<Answer> =>
  device.post(till, 'offline-redemptions', { captures }, { key: requestKey });
const lines = ({ body }: Answer): readonly Line[] => body['lines'] as never;
const words = (answer: Answer): string[] => lines(answer).map(({ outcome, code }) => code ?? outcome);
const offline = (count: number, over: object = {}) => scheme.batch(count, { offline: true, ...over });

describe('a voucher that was captured without a network', () => {
  it('is redeemed for the day of its capture, with what was said of it, and audit is told when that was', async () => {
    const { codes: [code] } = await offline(1);
    const one = await captured(code!, { at: '2026-03-09T22:59:00.000Z', service: 'everyday_tools', coPaymentCents: 150 });
    const answer = await send(counter, [one]);
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ redeemedCount: 1, refusedCount: 0 })]);
    expect(lines(answer)).toEqual([{ id: one.id, outcome: 'redeemed', redemption: expect.objectContaining({
      redemptionId: `red_${one.id}`, serviceDate: '2026-03-09', amountCents: 1_000, service: 'everyday_tools', coPaymentCents: 150 }) }]);
    const told = (await scheme.app.emitted(VoucherRedeemedV1)).find(({ redemptionId }) => redemptionId === one.id);
    expect(told).toMatchObject({ capturedAt: one.capturedAt, deviceId: counter.device.deviceId.slice(4), serviceDate: '2026-03-09' });
  });

  it('is the same when it is sent again, under another key and beside others, and when fifty copies come at once', async () => {
    const { codes } = await offline(3);
    const both = await Promise.all(codes.slice(0, 2).map((code) => captured(code)));
    const first = await send(counter, both);
    const requestKey = uuidv7();
    const copies = await Promise.all(Array.from({ length: 50 }, () => send(counter, both, requestKey)));
    for (const copy of copies) expect(copy.body).toEqual(first.body);
    const more = await send(counter, [...both, await captured(codes[2]!)]);
    expect(lines(more).slice(0, 2)).toEqual(lines(first));
    expect(words(more)).toEqual(['redeemed', 'redeemed', 'redeemed']);
  });

  it('is not of a programme that allows it: it is refused, and stays to be redeemed online', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const one = await captured(code!);
    expect(words(await send(counter, [one]))).toEqual(['offline_not_allowed']);
    expect(words(await send(counter, [one]))).toEqual(['offline_not_allowed']);
    expect((await scheme.redeem(code!)).status).toBe(201);
  });

  it('of nobody is told as every unknown code is, before what a programme allows', async () => {
    const { codes: [inactive] } = await offline(1, { active: false });
    expect(words(await send(counter, [await captured(inactive!)]))).toEqual(['voucher_not_found']);
  });

  it('that somebody redeemed online meanwhile stays theirs, and of two captures the first that comes wins', async () => {
    const rival = await openCounter(await scheme.openTill());
    const { codes: [online, both] } = await offline(2);
    const early = await captured(online!, { at: ago(2 * HOUR_MS) });
    expect((await scheme.redeem(online!, {}, { at: rival.till })).status).toBe(201);
    expect(words(await send(counter, [early]))).toEqual(['voucher_used']);
    const answers = await Promise.all([counter, rival].map(async (place) => send(place, [await captured(both!)])));
    expect(answers.flatMap(words).sort()).toEqual(['redeemed', 'voucher_used']);
  });

  it('twice by one device counts as it was captured first', async () => {
    const { codes: [code] } = await offline(1, { kind: 'balance' });
    const [late, early] = [await captured(code!, { amountCents: 800 }), await captured(code!, { at: ago(2 * HOUR_MS), amountCents: 700 })];
    expect(words(await send(counter, [late, early]))).toEqual(['voucher_balance_too_low', 'redeemed']);
  });

  it('is what an attempt online was that got no answer: the same id is one redemption', async () => {
    const { codes: [code] } = await offline(1);
    const id = uuidv7();
    expect((await counter.device.post(counter.till, 'redemptions', { code, serviceDate: '2026-03-10' }, { key: id })).status).toBe(201);
    expect(words(await send(counter, [await captured(code!, { id })]))).toEqual(['redeemed']);
  });

  it('waits three days and no longer, and is not of tomorrow', async () => {
    const { codes } = await offline(3);
    const sent = await Promise.all([72 * HOUR_MS, 72 * HOUR_MS + 1, -HOUR_MS].map((ms, at) => captured(codes[at]!, { at: ago(ms) })));
    expect(words(await send(counter, sent))).toEqual(['redeemed', 'offline_capture_too_old', 'offline_capture_in_future']);
    expect(words(await send(counter, sent))).toEqual(['redeemed', 'offline_capture_too_old', 'offline_capture_in_future']);
  });

  it('by a clock that is ahead at midnight is taken once its day has come, though it was sent before', async () => {
    const { codes: [code] } = await offline(1);
    const one = await captured(code!, { at: '2026-03-10T23:01:00.000Z' });
    scheme.app.clock.set('2026-03-10T22:57:00.000Z');
    const early = await send(counter, [one]);
    scheme.app.clock.set('2026-03-10T23:01:00.000Z');
    const late = await send(counter, [one]);
    scheme.app.clock.set(NOON);
    expect([early, late].flatMap(words)).toEqual(['service_in_future', 'redeemed']);
  });

  it('may be of the last day of use, and sent after it', async () => {
    const dates = { usableUntil: '2026-03-09', claimableUntil: '2026-03-31' };
    const { codes: [inTime, late] } = await offline(2, dates);
    const sent = [await captured(inTime!, { at: '2026-03-09T10:00:00.000Z' }), await captured(late!)];
    expect(words(await send(counter, sent))).toEqual(['redeemed', 'service_after_expiry']);
  });

  it('of before a suspension is taken and held, of the day after it is refused', async () => {
    const place = await openCounter(await scheme.openTill());
    const { codes: [before, since] } = await offline(2);
    expect((await scheme.measure(place.till, 'suspensions')).status).toBe(201);
    const sent = [await captured(before!, { at: '2026-03-09T10:00:00.000Z' }), await captured(since!)];
    expect(words(await send(place, sent))).toEqual(['redeemed', 'place_suspended']);
    const told = (await scheme.app.emitted(VoucherRedeemedV1)).find(({ redemptionId }) => redemptionId === sent[0]!.id);
    expect(told).toHaveProperty('heldForMeasureId');
  });

  it('of before a departure is taken and not held, of its day it is refused', async () => {
    const place = await openCounter(await scheme.openTill());
    const { codes: [before, since] } = await offline(2);
    expect((await scheme.leave(place.till, '2026-03-10')).status).toBe(201);
    const sent = [await captured(before!, { at: '2026-03-09T10:00:00.000Z' }), await captured(since!)];
    expect(words(await send(place, sent))).toEqual(['redeemed', 'place_left']);
    const told = (await scheme.app.emitted(VoucherRedeemedV1)).find(({ redemptionId }) => redemptionId === sent[0]!.id);
    expect(told).toEqual(expect.not.objectContaining({ heldForMeasureId: expect.anything() }));
  });
});

describe('a capture', () => {
  it('opens for its own id and moment only, and is stored without its code', async () => {
    const { codes: [code] } = await offline(1);
    const one = await captured(code!);
    expect(words(await send(counter, [{ ...one, capturedAt: ago(1) }]))).toEqual(['offline_capture_unreadable']);
    expect(words(await send(counter, [one]))).toEqual(['idempotency_key_reused']);
    expect(words(await send(counter, [await captured(code!)]))).toEqual(['redeemed']);
    const { rows } = await scheme.app.world.inspector.query<{ text: string }>('select c::text as text from redemption.offline_capture c union all select o::text from redemption.outbox o');
    const kept = [...rows.map(({ text }) => text), ...scheme.app.logged].join('\n');
    for (const secret of [code!, code!.replaceAll('-', '')]) expect(kept).not.toContain(secret);
  });

  it('comes from an enrolled device of the place, signed', async () => {
    const { codes: [code] } = await offline(1);
    const body = { captures: [await captured(code!)] };
    expect((await scheme.app.call('offline-redemptions', { token: counter.till.token, body })).body.code).toBe('device_not_enrolled');
    const other = await openCounter(await scheme.openTill());
    expect((await other.device.post(counter.till, 'offline-redemptions', body)).body.code).toBe('device_not_enrolled');
    expect((await counter.device.post(counter.till, 'offline-redemptions', body, { sent: { captures: [await captured(code!)] } })).body.code).toBe('device_signature_invalid');
  });

  it('of a device that was revoked since is refused, unless it was decided before: then that is told again', async () => {
    const { till, device } = await openCounter(await scheme.openTill());
    const { codes: [code, used] } = await offline(2);
    const [one, taken, lost] = [await captured(code!), await captured(used!), await captured(used!, { at: ago(HOUR_MS - 1) })];
    const first = await send({ till, device }, [taken, lost]);
    expect(words(first)).toEqual(['redeemed', 'voucher_used']);
    const manager = await scheme.app.tillToken(till.placeId, { roles: ['manager'] });
    expect((await scheme.app.call(`devices/${device.deviceId}/revocation`, { token: manager, body: {} })).status).toBeLessThan(300);
    const after = await send({ till, device }, [one, taken, lost]);
    expect(words(after)).toEqual(['device_revoked', 'redeemed', 'voucher_used']);
    expect(lines(after).slice(1)).toEqual(lines(first));
  });

  it('of another device under the same id is not the same', async () => {
    const other = await openCounter(await scheme.openTill());
    const { codes: [code] } = await offline(1);
    const one = await captured(code!);
    expect(words(await send(counter, [one]))).toEqual(['redeemed']);
    expect(words(await send(other, [one]))).toEqual(['idempotency_key_reused']);
  });

  it.each([
    ['none', () => []], ['an id twice', async () => { const one = await captured('0'.repeat(18)); return [one, one]; }],
    ['an id that is no UUIDv7', async () => [await captured('0'.repeat(18), { id: '01900000-0000-4000-8000-00000000000a' })]],
    ['a field of its own', async () => [{ ...await captured('0'.repeat(18)), placeId: 'x' }]],
    ['a moment of the year 0', async () => [{ ...await captured('0'.repeat(18)), capturedAt: '0000-01-01T00:00:00Z' }]],
    ['a moment without a zone', async () => [{ ...await captured('0'.repeat(18)), capturedAt: '2026-03-10T09:00:00' }]],
  ])('is malformed with %s', async (_, captures) => {
    expect((await send(counter, await captures())).status).toBe(400);
  });
});

describe('the cap of a device and a day', () => {
  it('holds though requests come at once, and what is refused by it may be redeemed online', async () => {
    const place = await openCounter(await scheme.openTill());
    const { codes } = await offline(OFFLINE_CODES_PER_DEVICE_DAY_MAX + 10);
    const all = await Promise.all(codes.map((code) => captured(code)));
    const answers = await Promise.all([all.slice(0, 30), all.slice(30)].map((some) => send(place, some)));
    const said = answers.flatMap(words);
    expect(said.filter((word) => word === 'redeemed')).toHaveLength(OFFLINE_CODES_PER_DEVICE_DAY_MAX);
    expect(said.filter((word) => word === 'offline_cap_reached')).toHaveLength(10);
    const again = await Promise.all([all.slice(0, 30), all.slice(30)].map((some) => send(place, some)));
    expect(again.flatMap(words)).toEqual(said);
    expect((await scheme.redeem(codes[said.indexOf('offline_cap_reached')]!, {}, { at: place.till })).status).toBe(201);
  });

  it('is held by the database too', async () => {
    const id = counter.device.deviceId.slice(4);
    const rows = OFFLINE_CODES_PER_DEVICE_DAY_MAX + 1;
    await expect(scheme.app.world.service.query(
      `insert into redemption.offline_capture (id, device_id, captured_at, service_day, received_at)
       select uuidv7(), $1::uuid, now(), '2020-01-01', now() from generate_series(1, $2::int)`, [id, rows])).rejects.toMatchObject({ code: '23514' });
  });
});
