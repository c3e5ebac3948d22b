// Goal: a place that says so redeems on its own enrolled devices only, and on none that was revoked from that moment on.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { DeviceEnrolledV1, DeviceRevokedV1, DeviceRuleSetV1, VoucherRedeemedV1 } from '#libs/contracts';
import { until } from '#libs/testing';
import type { Answer } from '../../../../test/builders/redemption-app.js';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';
import { TillDevice, type Curve } from '../../../../test/builders/till-device.js';

jest.setTimeout(60_000);

type Place = Readonly<{ till: Till; manager: string }>;

let scheme: RedemptionScheme;
let place: Place;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  place = await openPlace();
});
afterAll(() => scheme.close());

async function openPlace(): Promise<Place> {
  const till = await scheme.openTill();
  return { till, manager: await scheme.app.tillToken(till.placeId, { roles: ['manager'] }) };
}
const openEnrolment = (manager: string, key = uuidv7()) => scheme.app.call('device-enrolments', { token: manager, key, body: {} });
const codeFor = async ({ manager }: Place) => String((await openEnrolment(manager)).body['code']);
async function enrolled({ till, manager }: Place, curve: Curve = 'Ed25519'): Promise<TillDevice> {
  const device = await TillDevice.make(scheme.app, curve);
  expect((await device.enrol(till, await codeFor({ till, manager }))).status).toBe(201);
  return device;
}
const setRule = ({ manager }: Place, devicesOnly: boolean) => scheme.app.call('device-rule', { token: manager, body: { devicesOnly } });
const revoke = (device: TillDevice, token: string) => scheme.app.call(`devices/${device.deviceId}/revocation`, { token, body: {} });
const bodyFor = async () => ({ code: (await scheme.batch(1)).codes[0]!, serviceDate: '2026-03-10' });
const said = ({ status, body }: Answer) => [status, body.code];

describe('an enrolment', () => {
  it('is a code of the manager that one device of the place uses once; no table holds it', async () => {
    const key = uuidv7();
    const first = await openEnrolment(place.manager, key);
    expect([first.status, first.body]).toEqual([201, {
      enrolmentId: expect.stringMatching(/^enr_/), code: expect.stringMatching(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/), expiresAt: '2026-03-10T12:15:00.000Z',
    }]);
    expect((await openEnrolment(place.manager, key)).body).toEqual(first.body);
    const code = String(first.body['code']);
    const [tablet, other] = [await TillDevice.make(scheme.app), await TillDevice.make(scheme.app)];
    expect(said(await other.enrol((await openPlace()).till, code))).toEqual([404, 'enrolment_not_found']);
    // Found as it was typed; what was signed is not the code.
    const answer = await tablet.enrol(place.till, ` ${code.toLowerCase()}`);
    expect(said(answer)).toEqual([403, 'device_signature_invalid']);
    const [one, two] = await Promise.all([tablet.enrol(place.till, code), other.enrol(place.till, code)]);
    expect([said(one), said(two)].sort()).toEqual([[201, undefined], [409, 'enrolment_used']]);
    const { rows } = await scheme.app.world.inspector.query<{ text: string }>(
      'select e::text as text from redemption.device_enrolment e union all select i::text from redemption.idempotency i union all select d::text from redemption.till_device d');
    const kept = [...rows.map(({ text }) => text), ...scheme.app.logged].join('\n');
    for (const secret of [code, code.replaceAll('-', '')]) expect(kept).not.toContain(secret);
  });

  it('is refused for what is no code, one that has run out, and a key that a device had', async () => {
    const device = await TillDevice.make(scheme.app);
    expect(said(await device.enrol(place.till, '0000-0000-0000-0000'))).toEqual([404, 'enrolment_not_found']);
    expect(said(await device.enrol(place.till, '0000'))).toEqual([400, 'request_malformed']);
    const late = await codeFor(place);
    scheme.app.clock.set('2026-03-10T12:15:00.001Z');
    expect(said(await device.enrol(place.till, late))).toEqual([409, 'enrolment_expired']);
    scheme.app.clock.set(NOON);
    expect((await device.enrol(place.till, late)).status).toBe(201);
    expect(said(await device.enrol(place.till, await codeFor(place)))).toEqual([409, 'device_key_taken']);
  });

  it('is for managers of places to open, and for tills to use', async () => {
    for (const token of [place.till.token, scheme.operator]) expect((await openEnrolment(token)).status).toBe(403);
    const device = await TillDevice.make(scheme.app);
    const body = await device.request(await codeFor(place));
    expect((await scheme.app.call('devices', { token: place.manager, body })).status).toBe(403);
    expect((await setRule({ ...place, manager: place.till.token }, true)).status).toBe(403);
    expect(said(await openEnrolment(await scheme.app.tillToken(uuidv7(), { roles: ['manager'] })))).toEqual([409, 'place_not_registered']);
  });
});

describe('a request that a device signs', () => {
  it.each<[Curve]>([['Ed25519'], ['P-256']])('is served, on both routes, and the event names the device (%s)', async (curve) => {
    const device = await enrolled(place, curve);
    const key = uuidv7();
    const body = await bodyFor();
    expect((await device.post(place.till, 'redemptions', body, { key })).status).toBe(201);
    const { codes: [code, lead, ...others] } = await scheme.batch(4);
    const lines = [{ code }, { code: lead, with: others.map((other) => ({ code: other })) }];
    const session = await device.post(place.till, 'sessions', { serviceDate: '2026-03-10', lines });
    expect([session.status, session.body['redeemedCount']]).toEqual([200, 2]);
    const told = (await scheme.app.emitted(VoucherRedeemedV1)).filter(({ deviceId }) => deviceId === device.deviceId.slice('dev_'.length));
    expect(told.map(({ redemptionId }) => redemptionId)).toContain(key);
    expect(told).toHaveLength(5);
    await until('its use is told', async () => {
      const { body: list } = await scheme.app.get('devices', place.manager);
      return (list['items'] as Record<string, unknown>[]).some(({ deviceId, lastUsedAt }) => deviceId === device.deviceId && lastUsedAt === NOON);
    });
  });

  it('is refused when it is of something else, too old, of another place or half, though nobody has to sign there; then nothing is stored', async () => {
    const device = await enrolled(place);
    const [body, key] = [await bodyFor(), uuidv7()];
    expect(said(await device.post(place.till, 'redemptions', body, { key, sent: { ...body, coPaymentCents: 1 } }))).toEqual([403, 'device_signature_invalid']);
    const skewed = await device.post(place.till, 'redemptions', body, { key, timestamp: '2026-03-10T11:54:59.999Z' });
    expect([...said(skewed), skewed.body['details']]).toEqual([403, 'device_clock_skewed', { serverTime: NOON }]);
    const elsewhere = await openPlace();
    expect(said(await device.post(elsewhere.till, 'redemptions', body, { key }))).toEqual([403, 'device_not_enrolled']);
    const half = await scheme.app.call('redemptions', { token: place.till.token, key, body, headers: { 'device-id': device.deviceId } });
    expect([...said(half), half.body.errors]).toMatchObject([400, 'request_malformed', [{ path: 'Device-Timestamp' }]]);
    expect((await device.post(place.till, 'redemptions', body, { key })).status).toBe(201);
  });
});

describe('a place that redeems on enrolled devices only', () => {
  it('needs one first; then it serves who signs, and nobody else, whatever the token', async () => {
    const strict = await openPlace();
    expect(said(await setRule(strict, true))).toEqual([409, 'device_missing']);
    expect((await scheme.app.get('device-rule', strict.till.token)).body).toMatchObject({ version: 0, devicesOnly: false });
    const device = await enrolled(strict);
    expect([await setRule(strict, true), await setRule(strict, true)].map(({ body }) => body)).toEqual(
      [1, 1].map((version) => ({ placeId: strict.till.placeId, version, devicesOnly: true })));
    const [body, key] = [await bodyFor(), uuidv7()];
    expect(said(await scheme.app.call('redemptions', { token: strict.till.token, key, body }))).toEqual([403, 'device_not_enrolled']);
    const session = await scheme.session([{ code: body.code }], {}, { at: strict.till });
    expect(session.body['lines']).toMatchObject([{ outcome: 'refused', code: 'device_not_enrolled' }]);
    // The same attempt, signed.
    expect((await device.post(strict.till, 'redemptions', body, { key })).status).toBe(201);
    expect((await scheme.redeem((await bodyFor()).code)).status).toBe(201);
    expect((await setRule(strict, false)).body).toMatchObject({ version: 2, devicesOnly: false });
    expect((await scheme.redeem((await bodyFor()).code, {}, { at: strict.till })).status).toBe(201);
    expect((await scheme.app.emitted(DeviceRuleSetV1)).filter(({ placeId }) => `plc_${placeId}` === strict.till.placeId)).toHaveLength(2);
  });

  it('serves a device no more from the commit of its revocation on, and tells it again what it had redeemed before', async () => {
    const strict = await openPlace();
    const [device, other] = [await enrolled(strict), await enrolled(strict)];
    await setRule(strict, true);
    const [key, body] = [uuidv7(), await bodyFor()];
    const [madeKey, madeBody] = [uuidv7(), await bodyFor()];
    const made = await device.post(strict.till, 'redemptions', madeBody, { key: madeKey });
    expect(made.status).toBe(201);
    expect(said(await revoke(device, (await openPlace()).manager))).toEqual([404, 'device_not_found']);
    const first = await revoke(device, strict.manager);
    expect([first.status, (await revoke(device, scheme.operator)).body]).toEqual([200, first.body]);
    expect(said(await device.post(strict.till, 'redemptions', body, { key }))).toEqual([403, 'device_revoked']);
    const again = await device.post(strict.till, 'redemptions', madeBody, { key: madeKey });
    expect([again.status, again.body]).toEqual([201, made.body]);
    expect(said(await device.post(strict.till, 'redemptions', { ...madeBody, coPaymentCents: 1 }, { key: madeKey }))).toEqual([403, 'device_revoked']);
    expect((await other.post(strict.till, 'redemptions', body, { key })).status).toBe(201);
    const { body: list } = await scheme.app.get(`devices?placeId=${strict.till.placeId}`, scheme.operator);
    expect((list['items'] as Record<string, unknown>[]).map(({ deviceId, revokedAt }) => [deviceId, revokedAt]))
      .toEqual([[other.deviceId, null], [device.deviceId, NOON]]);
    for (const contract of [DeviceEnrolledV1, DeviceRevokedV1]) {
      const told = (await scheme.app.emitted(contract)).filter(({ deviceId }) => `dev_${deviceId}` === device.deviceId);
      expect(told).toHaveLength(1);
    }
  });

  it('is refused on the device while others sign on it at the same moment: what came after the revocation is not redeemed', async () => {
    const device = await enrolled(place);
    const { codes } = await scheme.batch(20);
    const at = (code: string) => device.post(place.till, 'redemptions', { code, serviceDate: '2026-03-10' });
    const racing = codes.slice(0, 19).map(at);
    const revoked = revoke(device, place.manager);
    const words = (await Promise.all(racing)).map(({ status, body }) => (status === 201 ? 'redeemed' : body.code));
    expect((await revoked).status).toBe(200);
    expect(new Set(words).size).toBeLessThanOrEqual(2);
    for (const word of words) expect(['redeemed', 'device_revoked']).toContain(word);
    expect(said(await at(codes[19]!))).toEqual([403, 'device_revoked']);
  });
});

describe('the database, by itself', () => {
  it('keeps a device revoked, its key as it is, and an enrolment to its place and time', async () => {
    const device = await enrolled(place);
    const id = device.deviceId.slice('dev_'.length);
    await revoke(device, place.manager);
    const { service, admin } = scheme.app.world;
    await expect(service.query('update redemption.till_device set revoked_at = null, revoked_by = null where id = $1', [id])).rejects.toMatchObject({ code: '23514' });
    await expect(service.query(`update redemption.till_device set public_key = '{}' where id = $1`, [id])).rejects.toMatchObject({ code: '42501' });
    await expect(admin.query(
      `insert into redemption.till_device (id, place_id, enrolment_id, name, public_key, thumbprint, enrolled_by, enrolled_at)
       select gen_random_uuid(), (select id from redemption.place where id <> d.place_id limit 1), d.enrolment_id, 'x', d.public_key, repeat('a', 43), 'x', now()
       from redemption.till_device d where id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
  });
});
