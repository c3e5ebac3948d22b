// A place leaves a programme by itself: what its tills are told before the day and from it on, how it takes that back, and how it returns.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlaceDepartureEndedV1, PlaceDepartureStatedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'redemption');
  expect((await inspect(scheme.app.world.database.inspectorUrl, local)).broken).toEqual([]);
  await scheme.close();
});

const plain = (id: unknown) => String(id).slice(4);
const newVoucher = async (programmeId = scheme.programmeId) => (await scheme.batch(1, {}, programmeId)).codes[0]!;
/** A redemption of a new voucher for a service of that day, in one word. */
const word = async (at: Till, serviceDate: string, programmeId = scheme.programmeId) => {
  const { status, body } = await scheme.redeem(await newVoucher(programmeId), { serviceDate }, { at });
  return status === 201 ? 'redeemed' : body.code;
};
const on = async <T>(day: string, at: Till, act: (till: Till) => Promise<T>): Promise<T> => {
  scheme.app.clock.set(`${day}T12:00:00.000Z`);
  return act({ ...at, token: await scheme.app.tillToken(at.placeId) }).finally(() => scheme.app.clock.set(NOON));
};
const idsOf = (body: Record<string, unknown>) => (body['departures'] as { departureId: string }[]).map(({ departureId }) => departureId);
const takeBack = async ({ placeId }: Till, departureId: string) => scheme.app.call(`departures/${departureId}/taking-back`, {
  token: await scheme.app.tillToken(placeId, { roles: ['manager'] }), body: {},
});
const heldFor = async (at: Till) => (await scheme.app.emitted(VoucherRedeemedV1))
  .filter(({ placeId }) => placeId === plain(at.placeId)).map(({ heldForMeasureId = null }) => heldForMeasureId);
const of = (at: Till) => ({ placeId }: { placeId: string }) => placeId === plain(at.placeId);

describe('a place that leaves', () => {
  it('takes vouchers until the evening before, then services of before for 30 days, none of them held', async () => {
    const other = await scheme.programme();
    const till = await scheme.openTill([scheme.programmeId, other]);
    const { status, body } = await scheme.leave(till, '2026-03-12', { reason: 'The fee rises.' });
    expect([status, body]).toMatchObject([201, { placeId: till.placeId, from: '2026-03-12', departures: [{ programmeId: `prg_${scheme.programmeId}` }] }]);
    expect(await on('2026-03-11', till, (at) => word(at, '2026-03-11'))).toBe('redeemed');
    expect(await on('2026-03-12', till, async (at) => [await word(at, '2026-03-12'), await word(at, '2026-03-11'), await word(at, '2026-03-12', other)]))
      .toEqual(['place_left', 'redeemed', 'redeemed']);
    expect(await on('2026-04-11', till, (at) => word(at, '2026-03-11'))).toBe('redeemed');
    expect(await on('2026-04-12', till, (at) => word(at, '2026-03-11'))).toBe('place_claim_too_late');
    expect(await heldFor(till)).toEqual([null, null, null, null]);
    expect((await scheme.app.emitted(PlaceDepartureStatedV1)).filter(of(till))).toEqual([{
      departureId: plain(idsOf(body)[0]), placeId: plain(till.placeId), programmeId: scheme.programmeId, from: '2026-03-12', statedOn: '2026-03-10',
    }]);
  });

  it('leaves every programme at once where it names none', async () => {
    const other = await scheme.programme();
    const till = await scheme.openTill([scheme.programmeId, other]);
    expect(idsOf((await scheme.leave(till, '2026-03-10', { programmeId: undefined })).body)).toHaveLength(2);
    expect([await word(till, '2026-03-10'), await word(till, '2026-03-10', other)]).toEqual(['place_left', 'place_left']);
  });

  it('finishes what it authorised before for a service of before, and takes none of its day', async () => {
    const till = await scheme.openTill();
    const [before, since] = (await scheme.batch(2, { kind: 'balance' })).codes;
    const authorised = async (code: string, serviceDate: string) => {
      const { status, body } = await scheme.app.call('authorisations', { token: till.token, body: { code, amountCents: 400, serviceDate } });
      expect(status).toBe(201);
      return String(body['authorisationId']);
    };
    const [early, late] = [await authorised(before!, '2026-03-09'), await authorised(since!, '2026-03-10')];
    expect((await scheme.leave(till, '2026-03-10')).status).toBe(201);
    expect([(await scheme.confirm(early, {}, { at: till })).status, (await scheme.confirm(late, {}, { at: till })).body.code]).toEqual([201, 'place_left']);
  });

  it('is told nothing of it where it is suspended besides: what the operator looks into comes first, and is held', async () => {
    const till = await scheme.openTill();
    await scheme.measure(till, 'suspensions');
    expect((await scheme.leave(till, '2026-03-10')).status).toBe(201);
    expect([await word(till, '2026-03-10'), await word(till, '2026-03-09')]).toEqual(['place_suspended', 'redeemed']);
    expect(await heldFor(till)).toEqual([expect.any(String)]);
  });

  it('is found by nobody who looks for a place from that day on', async () => {
    const [other, till] = [await scheme.programme(), await scheme.openTill()];
    await scheme.app.call(`places/${till.placeId}/accreditations`, {
      token: scheme.operator, body: { programmeId: `prg_${other}`, from: '2026-01-01', to: '2026-12-31' },
    });
    await scheme.leave(till, '2026-03-11', { programmeId: `prg_${other}` });
    const found = async () => (await scheme.app.get(`accredited-places?programmeId=prg_${other}`, till.token)).body['items'] as { placeId: string }[];
    expect((await found()).map(({ placeId }) => placeId)).toEqual([till.placeId]);
    expect(await on('2026-03-11', till, found)).toEqual([]);
  });
});

describe('a departure', () => {
  it('is taken back before its day, and then as if nothing had been said', async () => {
    const till = await scheme.openTill();
    const [departureId] = idsOf((await scheme.leave(till, '2026-03-12')).body);
    expect((await scheme.leave(till, '2026-03-20')).body).toMatchObject({ code: 'departure_stated', details: { from: '2026-03-12' } });
    expect(await on('2026-03-11', till, () => takeBack(till, departureId!))).toMatchObject({ status: 201, body: { departureId } });
    expect((await takeBack(till, departureId!)).body.code).toBe('departure_ended');
    expect(await on('2026-03-13', till, (at) => word(at, '2026-03-13'))).toBe('redeemed');
    expect((await scheme.app.emitted(PlaceDepartureEndedV1)).filter(of(till)))
      .toEqual([{ departureId: plain(departureId), placeId: plain(till.placeId), programmeId: scheme.programmeId, how: 'taken_back', from: '2026-03-12' }]);
    expect((await scheme.leave(till, '2026-03-20')).status).toBe(201);
  });

  it('is not taken back on its day, nor by another place', async () => {
    const [till, other] = [await scheme.openTill(), await scheme.openTill()];
    const [departureId] = idsOf((await scheme.leave(till, '2026-03-10')).body);
    expect((await takeBack(till, departureId!)).body).toMatchObject({ code: 'departure_begun', details: { from: '2026-03-10' } });
    expect((await takeBack(other, departureId!)).body.code).toBe('departure_not_found');
  });

  it('is the manager\'s, with a fresh code, of a day from today to a year ahead, and of what runs', async () => {
    const till = await scheme.openTill();
    const body = { from: '2026-03-12' };
    const withoutCode = await scheme.app.tillToken(till.placeId, { roles: ['manager'], secondFactorTime: null });
    expect((await scheme.app.call('departures', { token: till.token, body })).status).toBe(403);
    expect((await scheme.app.call('departures', { token: withoutCode, body })).body.code).toBe('second_factor_stale');
    expect((await scheme.leave(till, '2026-03-09')).body).toMatchObject({ code: 'departure_day_past', details: { today: '2026-03-10' } });
    expect((await scheme.leave(till, '2027-03-11')).body).toMatchObject({ code: 'departure_too_far', details: { lastDay: '2027-03-10' } });
    expect((await scheme.leave(till, '2027-01-01')).body.code).toBe('nothing_to_leave');
    expect((await scheme.leave(till, '2026-03-12', { reason: 'x'.repeat(1_001) })).body.code).toBe('request_malformed');
    const stated = await Promise.all([1, 2, 3].map(() => scheme.leave(till, '2026-03-12')));
    expect(stated.map(({ status, body: { code } }) => code ?? status).sort()).toEqual([201, 'departure_stated', 'departure_stated']);
  });

  it('is read by the place itself and by the operator, and by no other place', async () => {
    const [till, other] = [await scheme.openTill(), await scheme.openTill()];
    await scheme.leave(till, '2026-03-12', { reason: 'The fee rises.' });
    const list = async (token: string) => (await scheme.app.get(`departures?open=true&placeId=${till.placeId}`, token)).body['items'];
    expect(await list(till.token)).toMatchObject([{ placeId: till.placeId, from: '2026-03-12', until: null, reason: 'The fee rises.', end: null }]);
    expect(await list(scheme.operator)).toEqual(await list(till.token));
    expect(await list(other.token)).toEqual([]);
    expect((await scheme.app.get('own-place', till.token)).body['accreditations']).toMatchObject([{ leavesFrom: '2026-03-12' }]);
  });

  it('is not overruled by the operator, who may still correct the days before', async () => {
    const till = await scheme.openTill();
    await scheme.leave(till, '2026-03-10');
    const accredit = (from: string) => scheme.app.call(`places/${till.placeId}/accreditations`, {
      token: scheme.operator, body: { programmeId: `prg_${scheme.programmeId}`, from, to: '2026-12-31' },
    });
    expect((await accredit('2026-03-10')).body).toMatchObject({ code: 'departure_stands', details: { from: '2026-03-10' } });
    expect((await accredit('2026-01-01')).status).toBe(201);
    expect([await word(till, '2026-03-10'), await word(till, '2026-03-09')]).toEqual(['place_left', 'redeemed']);
  });

  it('ends with an accreditation that the place applied for since, from that day on', async () => {
    const till = await scheme.openTill();
    const option = (key: string, points: number) => ({ key, text: key, points, eliminates: false });
    const questions = [{ key: 'staff', text: 'Who?', options: [option('some', 1), option('none', 0)] }];
    await scheme.app.call('questionnaires', {
      token: scheme.operator, body: { programmeId: `prg_${scheme.programmeId}`, threshold: 1, questions, documents: [] },
    });
    expect((await scheme.app.call('applications', { token: till.token, body: { programmeId: `prg_${scheme.programmeId}` } })).body.code).toBe('accreditation_runs');
    await scheme.leave(till, '2026-03-10');
    await on('2026-03-20', till, async (at) => {
      const post = async (path: string, body: object, token = at.token) => {
        const answer = await scheme.app.call(path, { token, body });
        expect([path, answer.status, answer.body.code]).toEqual([path, expect.any(Number), undefined]);
        return answer.body;
      };
      const id = String((await post('applications', { programmeId: `prg_${scheme.programmeId}` }))['applicationId']);
      await post(`applications/${id}/content`, { answers: { staff: 'some' }, documents: [] });
      await post(`applications/${id}/submission`, {});
      await post(`applications/${id}/review`, {}, scheme.operator);
      await post(`applications/${id}/decisions`, { outcome: 'accredited', explanation: 'Back.', from: '2026-03-10', to: '2026-12-31' }, scheme.operator);
      expect([await word(at, '2026-03-19'), await word(at, '2026-03-20')]).toEqual(['place_left', 'redeemed']);
    });
    expect((await scheme.app.emitted(PlaceDepartureEndedV1)).filter(of(till))).toMatchObject([{ how: 'accredited_again', from: '2026-03-20' }]);
  });

  it('is refused by the database when it is stated twice, reaches back or too far, or ends as what it does not', async () => {
    const till = await scheme.openTill();
    const [departureId] = idsOf((await scheme.leave(till, '2026-03-12')).body);
    const unsaid = await scheme.openTill();
    const { service } = scheme.app.world;
    const refused = (sql: string, values: unknown[]) => service.query(sql, values).then(() => 'done', (error: { code: string }) => error.code);
    const departure = ({ placeId }: Till, from: string) => refused(
      `insert into redemption.departure values ($1, $2, $3, $4, null, 'somebody', '${NOON}')`, [scheme.app.world.newId(), plain(placeId), scheme.programmeId, from]);
    const end = (how: string, from: string, at = NOON) => refused(
      `insert into redemption.departure_end values ($1, $2, $3, 'somebody', '${at}')`, [plain(departureId), how, from]);
    expect([await departure(till, '2026-03-20'), await departure(unsaid, '2026-03-09'), await departure(unsaid, '2027-03-11')]).toEqual(['23514', '23514', '23514']);
    expect([await end('taken_back', '2026-03-13'), await end('taken_back', '2026-03-12', '2026-03-12T10:00:00Z'), await end('accredited_again', '2026-03-11')])
      .toEqual(['23514', '23514', '23514']);
  });
});
