// A place is suspended, reinstated, withdrawn, accredited again: what tills are told from the commit on, what others hear.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlaceReinstatedV1, PlaceSuspendedV1, PlaceWithdrawnV1, VoucherRedeemedV1 } from '#libs/contracts';
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
const measureIds = (body: Record<string, unknown>) => (body['measures'] as { measureId: string }[]).map(({ measureId }) => measureId);
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
const accredit = ({ placeId }: Till, programmeId: string) => scheme.app.call(`places/${placeId}/accreditations`, {
  token: scheme.operator, body: { programmeId: `prg_${programmeId}`, from: '2026-01-01', to: '2026-12-31' },
});
const heldFor = async (at: Till) => (await scheme.app.emitted(VoucherRedeemedV1))
  .filter(({ placeId }) => placeId === plain(at.placeId)).map(({ heldForMeasureId = null }) => heldForMeasureId);

describe('a suspended place', () => {
  it('takes services of before it for 30 days, to be held, and none of its first day or later', async () => {
    const till = await scheme.openTill();
    const [measureId] = measureIds((await scheme.measure(till, 'suspensions')).body);
    expect([await word(till, '2026-03-10'), await word(till, '2026-03-09')]).toEqual(['place_suspended', 'redeemed']);
    expect(await on('2026-04-09', till, (at) => word(at, '2026-03-09'))).toBe('redeemed');
    expect(await on('2026-04-10', till, (at) => word(at, '2026-03-09'))).toBe('place_claim_too_late');
    expect(await heldFor(till)).toEqual([plain(measureId), plain(measureId)]);
    expect((await scheme.app.emitted(PlaceSuspendedV1)).filter(({ placeId }) => placeId === plain(till.placeId))).toEqual([{
      measureId: plain(measureId), placeId: plain(till.placeId), programmeId: scheme.programmeId, reason: 'conditions_not_met', from: '2026-03-10',
    }]);
  });

  it('is suspended for one programme, from a day to come, and goes on as before until then', async () => {
    const other = await scheme.programme();
    const till = await scheme.openTill([scheme.programmeId, other]);
    expect((await scheme.measure(till, 'suspensions', { programmeId: `prg_${other}`, from: '2026-03-12' })).body)
      .toMatchObject({ from: '2026-03-12', measures: [{ programmeId: `prg_${other}` }] });
    expect(await word(till, '2026-03-10', other)).toBe('redeemed');
    expect(await on('2026-03-12', till, async (at) => [await word(at, '2026-03-12', other), await word(at, '2026-03-12')]))
      .toEqual(['place_suspended', 'redeemed']);
    expect(await heldFor(till)).toEqual([null, null]);
  });

  it('for everything is suspended for a programme of later too, until it is reinstated, and one suspended for one programme is not', async () => {
    const [later, another] = [await scheme.programme(), await scheme.programme()];
    const [everywhere, here] = [await scheme.openTill(), await scheme.openTill()];
    await scheme.measure(everywhere, 'suspensions');
    await scheme.measure(here, 'suspensions', { programmeId: `prg_${scheme.programmeId}` });
    for (const till of [everywhere, here]) expect((await accredit(till, later)).status).toBe(201);
    expect([await word(everywhere, '2026-03-10', later), await word(here, '2026-03-10', later)]).toEqual(['place_suspended', 'redeemed']);
    const told = (await scheme.app.emitted(PlaceSuspendedV1)).filter(({ placeId }) => placeId === plain(everywhere.placeId));
    expect(told.map(({ programmeId }) => programmeId)).toEqual([scheme.programmeId, later]);
    expect((await scheme.measure(everywhere, 'reinstatements')).body['measureIds']).toHaveLength(2);
    expect(await word(everywhere, '2026-03-10', later)).toBe('redeemed');
    expect((await accredit(everywhere, another)).status).toBe(201);
    expect(await word(everywhere, '2026-03-10', another)).toBe('redeemed');
  });

  it('is reinstated from that day on: what it rendered meanwhile stays refused, what it renders now is not held', async () => {
    const till = await scheme.openTill();
    const [measureId] = measureIds((await scheme.measure(till, 'suspensions')).body);
    await on('2026-03-20', till, async (at) => {
      expect((await scheme.measure(at, 'reinstatements')).body).toEqual({ placeId: till.placeId, measureIds: [measureId] });
      expect([await word(at, '2026-03-19'), await word(at, '2026-03-20'), await word(at, '2026-03-09')])
        .toEqual(['place_suspended', 'redeemed', 'redeemed']);
      expect((await scheme.measure(at, 'reinstatements')).body.code).toBe('place_not_suspended');
      expect((await scheme.measure(at, 'suspensions')).status).toBe(201);
      expect(await word(at, '2026-03-20')).toBe('place_suspended');
    });
    expect(await heldFor(till)).toEqual([null, null]);
    expect((await scheme.app.emitted(PlaceReinstatedV1)).filter(({ placeId }) => placeId === plain(till.placeId)))
      .toEqual([expect.objectContaining({ measureId: plain(measureId), how: 'reinstated', from: '2026-03-20' })]);
  });

  it('reads why, and neither who nor what another place was told', async () => {
    const till = await scheme.openTill();
    await scheme.measure(till, 'suspensions');
    const path = 'measures?open=true';
    const [mine, ...more] = (await scheme.app.get(path, till.token)).body['items'] as Record<string, unknown>[];
    expect(more).toEqual([]);
    expect(mine).toMatchObject({ kind: 'suspension', reason: 'conditions_not_met', explanation: 'Nobody was there.', until: null, decidedBy: null });
    expect((await scheme.app.get(path, (await scheme.openTill()).token)).body['items']).toEqual([]);
    expect((await scheme.app.get(`${path}&placeId=${till.placeId}`, scheme.operator)).body['items'])
      .toMatchObject([{ measureId: mine!['measureId'], decidedBy: expect.any(String) }]);
  });
});

describe('a withdrawn place', () => {
  it('is accredited again or not at all; a suspension beside it goes on', async () => {
    const till = await scheme.openTill();
    await scheme.measure(till, 'suspensions');
    await scheme.measure(till, 'withdrawals', { reason: 'place_closed' });
    expect([await word(till, '2026-03-10'), await word(till, '2026-03-09')]).toEqual(['place_withdrawn', 'redeemed']);
    await scheme.measure(till, 'reinstatements');
    expect(await word(till, '2026-03-10')).toBe('place_withdrawn');
    await scheme.app.call(`places/${till.placeId}/accreditations`, {
      token: scheme.operator, body: { programmeId: `prg_${scheme.programmeId}`, from: '2026-01-01', to: '2026-12-31' },
    });
    expect(await word(till, '2026-03-10')).toBe('redeemed');
    const of = ({ placeId }: { placeId: string }) => placeId === plain(till.placeId);
    expect((await scheme.app.emitted(PlaceWithdrawnV1)).filter(of)).toEqual([expect.objectContaining({ reason: 'place_closed', from: '2026-03-10' })]);
    expect((await scheme.app.emitted(PlaceReinstatedV1)).filter(of).map(({ how }) => how).sort()).toEqual(['accredited_again', 'reinstated']);
  });
});

describe('a measure', () => {
  it('is the operator\'s, reaches back to no day that is past, and is taken once', async () => {
    const till = await scheme.openTill();
    expect((await scheme.app.call(`places/${till.placeId}/suspensions`, {
      token: till.token, body: { reason: 'other', explanation: 'No.' },
    })).status).toBe(403);
    expect((await scheme.measure(till, 'suspensions', { from: '2026-03-09' })).body.code).toBe('measure_day_past');
    expect((await scheme.measure(till, 'suspensions', { programmeId: `prg_${await scheme.programme()}` })).body.code).toBe('place_never_accredited');
    const answers = await Promise.all([1, 2, 3].map(() => scheme.measure(till, 'suspensions')));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'measure_taken', 'measure_taken']);
  });

  it('is in force at its commit: of what is asked after it was answered, no till takes anything, however many ask at once', async () => {
    const till = await scheme.openTill();
    const { codes } = await scheme.batch(24);
    const ask = async (code: string) => (await scheme.redeem(code, {}, { at: till })).body.code ?? 'redeemed';
    const before = codes.slice(0, 8).map(ask);
    const suspended = scheme.measure(till, 'suspensions');
    const during = codes.slice(8, 16).map(ask);
    await suspended;
    const after = await Promise.all(codes.slice(16).map(ask));
    expect(after).toEqual(Array<string>(8).fill('place_suspended'));
    for (const said of await Promise.all([...before, ...during])) expect(['redeemed', 'place_suspended']).toContain(said);
    expect(await heldFor(till)).toEqual((await heldFor(till)).map(() => null));
  });

  it('is refused by the database when it is taken twice, reaches back, or ends as what it is not', async () => {
    const till = await scheme.openTill();
    const [measureId] = measureIds((await scheme.measure(till, 'suspensions')).body);
    const { service } = scheme.app.world;
    const refused = (sql: string, values: unknown[]) => service.query(sql, values).then(() => 'done', (error: { code: string }) => error.code);
    const measure = (kind: string, from: string) => refused(
      `insert into redemption.measure values ($1, $2, $3, $4, $5, 'other', 'x', 'somebody', '${NOON}')`,
      [scheme.app.world.newId(), plain(till.placeId), scheme.programmeId, kind, from]);
    const end = (how: string, from: string) => refused(
      `insert into redemption.measure_end values ($1, $2, $3, 'x', 'somebody', '${NOON}')`, [plain(measureId), how, from]);
    expect([await measure('suspension', '2026-03-10'), await measure('withdrawal', '2026-03-09')]).toEqual(['23514', '23514']);
    expect([await end('accredited_again', '2026-03-10'), await end('reinstated', '2026-03-09'), await end('overturned', '2026-03-11')])
      .toEqual(['23514', '23514', '23514']);
  });
});
