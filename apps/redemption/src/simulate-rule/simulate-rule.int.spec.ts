// Rules that nobody published, on redemptions that were made; and where a place may be accredited, rule by rule.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import type { Answer } from '../../../../test/builders/redemption-app.js';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(() => scheme.close());

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const simulate = (programmeId: string, rule: object, window: object = MARCH, token = scheme.operator): Promise<Answer> =>
  scheme.app.call(`programmes/prg_${programmeId}/rules/simulate`, { token, key: '', body: { rule, window } });
/** A programme of its own, and a till for it. */
const opened = async (rule = {}) => {
  const programmeId = await scheme.programme(true, rule);
  return { programmeId, till: await scheme.openTill([programmeId]) };
};
const redeemAll = async (programmeId: string, at: Till, declared: readonly (string | undefined)[], batch = {}) => {
  const { codes } = await scheme.batch(declared.length, batch, programmeId);
  for (const [index, service] of declared.entries()) {
    const { status } = await scheme.redeem(codes[index]!, service ? { service } : {}, { at });
    expect(status).toBe(201);
  }
};

describe('a simulation', () => {
  it('says what of past redemptions rules would have refused, by the refusal that a till would have been told', async () => {
    const { programmeId, till } = await opened();
    await redeemAll(programmeId, till, ['employment', 'employment', 'safe_use', undefined]);
    const { status, body } = await simulate(programmeId, { services: ['employment'] });
    expect([status, body]).toEqual([200, {
      programmeId: `prg_${programmeId}`, currency: 'EUR', decided: { count: 4, amountCents: 4_000 }, taken: { count: 2, amountCents: 2_000 },
      refused: expect.arrayContaining([
        { code: 'service_not_covered', service: 'safe_use', count: 1, amountCents: 1_000, placeCount: 1 },
        { code: 'service_missing', service: null, count: 1, amountCents: 1_000, placeCount: 1 },
      ]), unplacedCount: 0,
    }]);
  });

  it('of the rules in force finds no difference, also for parts of balances', async () => {
    const { programmeId, till } = await opened();
    const { codes: [code] } = await scheme.batch(1, { kind: 'balance', services: ['employment'], redemptionCentsMax: 400 }, programmeId);
    for (const amountCents of [400, 400, 200]) expect((await scheme.redeem(code!, { amountCents, service: 'employment' }, { at: till })).status).toBe(201);
    const inForce = { services: ['employment'], usableUntil: '2026-12-31', claimableUntil: '2027-01-31', limits: { redemptionCentsMax: 400 } };
    expect((await simulate(programmeId, inForce)).body).toMatchObject({
      decided: { count: 3, amountCents: 1_000 }, taken: { count: 3, amountCents: 1_000 }, refused: [],
    });
    expect((await simulate(programmeId, { ...inForce, limits: { redemptionCentsMax: 399 } })).body).toMatchObject({
      taken: { count: 1, amountCents: 200 }, refused: [{ code: 'amount_over_limit', count: 2, amountCents: 800 }],
    });
  });

  it('leaves out what was undone, other programmes and other days', async () => {
    const { programmeId, till } = await opened();
    const { codes: [kept, undone] } = await scheme.batch(2, {}, programmeId);
    await scheme.redeem(kept!, {}, { at: till });
    const { body } = await scheme.redeem(undone!, {}, { at: till });
    expect((await scheme.undo(String(body['redemptionId']), till.token)).body).toMatchObject({ redemptionId: body['redemptionId'] });
    const none = { services: ['employment'] };
    expect((await simulate(programmeId, none)).body).toMatchObject({ decided: { count: 1 }, refused: [{ count: 1 }] });
    expect((await simulate(programmeId, none, { from: '2026-03-11', to: '2026-03-31' })).body).toMatchObject({ decided: { count: 0 }, refused: [] });
    expect((await simulate(programmeId, none, { from: '2026-03-10', to: '2026-03-10' })).body).toMatchObject({ decided: { count: 1 } });
  });

  it('counts as shut out whom the territory would not have let in, and names how many are nobody knows where', async () => {
    const { programmeId, till } = await opened();
    await redeemAll(programmeId, till, ['employment', undefined]);
    const inside = await accredited(programmeId, { inseeCode: '26001' });
    await redeemAll(programmeId, inside, ['employment']);
    expect((await simulate(programmeId, { territory: [{ kind: 'departement', code: '26' }] })).body).toMatchObject({
      decided: { count: 3 }, taken: { count: 1 }, unplacedCount: 1,
      refused: expect.arrayContaining([expect.objectContaining({ code: 'place_not_accredited', service: 'employment', count: 1 })]),
    });
  });

  it('goes through more redemptions than it reads at once, each once', async () => {
    const { programmeId, till } = await opened();
    await redeemAll(programmeId, till, ['safe_use']);
    // Copies of that one, as tills would have left them.
    await scheme.app.world.admin.query('set session_replication_role = replica');
    await scheme.app.world.admin.query(`
      insert into redemption.redemption (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, redeemed_at,
        outbox_id, service_date, accreditation_version, fee_rule_version, currency, service)
      select gen_random_uuid(), gen_random_uuid(), batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, redeemed_at,
        outbox_id, service_date, accreditation_version, fee_rule_version, currency, service
      from redemption.redemption, generate_series(1, 5000) where programme_id = $1`, [programmeId]);
    await scheme.app.world.admin.query('set session_replication_role = origin');
    expect((await simulate(programmeId, { services: ['employment'] })).body).toMatchObject({
      decided: { count: 5_001, amountCents: 5_001_000 }, taken: { count: 0 }, refused: [{ count: 5_001, placeCount: 1 }],
    });
  });

  it('is the operator\'s, and of a programme that is known', async () => {
    expect((await simulate(scheme.programmeId, {}, MARCH, scheme.till.token)).status).toBe(403);
    expect((await simulate(scheme.programmeId, {}, MARCH, await scheme.app.auditorToken())).status).toBe(403);
    expect((await simulate(uuidv7(), {})).body.code).toBe('programme_not_found');
  });

  it.each<[string, object, object, string]>([
    ['an unknown service', { services: ['plumbing'] }, MARCH, 'rule.services[0]'],
    ['a field of rules that decides nothing here', { faceCents: 1_000 }, MARCH, 'rule.faceCents'],
    ['an EPCI without its communes', { territory: [{ kind: 'epci', code: '200040459' }] }, MARCH, 'rule.territory[0].communes'],
    ['a window of more than a year', {}, { from: '2026-01-01', to: '2027-01-02' }, 'window.to'],
    ['a window backwards', {}, { from: '2026-03-02', to: '2026-03-01' }, 'window.to'],
  ])('says where it is malformed: %s', async (_, rule, window, at) => {
    const { status, body } = await simulate(scheme.programmeId, rule, window);
    expect(status).toBe(400);
    expect(body.errors).toContainEqual(expect.objectContaining({ path: at }));
  });
});

const THIS_YEAR = { from: '2026-01-01', to: '2026-12-31' };
const accredit = (till: Till, programmeId: string, over: object = {}): Promise<Answer> => scheme.app.call(`places/${till.placeId}/accreditations`, {
  token: scheme.operator, body: { programmeId: `prg_${programmeId}`, ...THIS_YEAR, ...over },
});
const accredited = async (programmeId: string, over: object): Promise<Till> => {
  const till = await scheme.openTill([]);
  expect((await accredit(till, programmeId, over)).status).toBe(201);
  return till;
};
/** As a published file would say it. */
const listed = (till: Till, inseeCode: string) => scheme.app.world.admin.query(
  `with file as (insert into redemption.file_import (id, kind, sha256, bytes, read, imported, started_by, started_at, finished_at)
     values (gen_random_uuid(), 'places', repeat('0', 64), 1, 1, 1, 'test', now(), now()) returning id)
   insert into redemption.place_listing (place_id, made_by, postal_code, insee_code, services, access_fees, details)
   select $1, id, '26150', $2, '{}', '{}', '{}' from file`, [till.placeId.slice(4), inseeCode]);

describe('a programme with a territory', () => {
  const DROME = { territory: [{ kind: 'departement' as const, code: '26' }] };

  it('lets in places of its communes only, by what a file says or else the operator', async () => {
    const programmeId = await scheme.programme(true, DROME);
    const [inside, outside, unknown] = [await scheme.openTill([]), await scheme.openTill([]), await scheme.openTill([])];
    await listed(inside, '26001');
    await listed(outside, '07001');
    expect((await accredit(inside, programmeId)).status).toBe(201);
    expect((await accredit(outside, programmeId)).body).toMatchObject({ code: 'place_outside_territory', details: { inseeCode: '07001' } });
    expect((await accredit(outside, programmeId, { inseeCode: '26001' })).body).toMatchObject({ code: 'place_commune_differs' });
    expect((await accredit(unknown, programmeId)).body.code).toBe('place_commune_unknown');
    expect((await accredit(unknown, programmeId, { inseeCode: '75056' })).body.code).toBe('place_outside_territory');
    expect((await accredit(unknown, programmeId, { inseeCode: 'x' })).status).toBe(400);
    expect((await accredit(unknown, programmeId, { inseeCode: '26002' })).status).toBe(201);
    const { rows } = await scheme.app.world.inspector.query(
      'select commune from redemption.accreditation where programme_id = $1 order by created_at, commune', [programmeId]);
    expect(rows.map(({ commune }) => commune as string)).toEqual(['26001', '26002']);
  });

  it('is asked as it is on the first day of the accreditation, or today when that is past', async () => {
    const programmeId = await scheme.programme(true, { ...DROME, effectiveFrom: '2026-03-01' });
    await scheme.revise(programmeId, 2, { territory: [{ kind: 'region', code: '84' }], effectiveFrom: '2026-07-01' });
    const till = await scheme.openTill([]);
    const ask = async (from: string) => (await accredit(till, programmeId, { from, inseeCode: '07001' })).status;
    expect([await ask('2026-01-01'), await ask('2026-06-30'), await ask('2026-07-01')]).toEqual([409, 409, 201]);
    // Nothing was told again: the day came.
    scheme.app.clock.set('2026-06-30T22:00:00.000Z');
    const later = await ask('2026-01-01');
    scheme.app.clock.set(NOON);
    expect(later).toBe(201);
  });

  it('keeps each version that is told, in whatever order they come', async () => {
    const programmeId = await scheme.programme(true, { ruleVersion: 3, effectiveFrom: '2026-02-01' });
    await scheme.revise(programmeId, 1, { ...DROME, effectiveFrom: '2026-01-01' });
    await scheme.revise(programmeId, 2, { ...DROME, effectiveFrom: '2026-02-01' });
    expect((await accredit(await scheme.openTill([]), programmeId)).status).toBe(201);
  });
});

describe('a voucher for some services', () => {
  it('is taken for these, in a workshop too, and for nothing else', async () => {
    const { programmeId, till } = await opened();
    const { codes: [one, two, three] } = await scheme.batch(3, { services: ['employment', 'safe_use'] }, programmeId);
    expect((await scheme.redeem(one!, {}, { at: till })).body).toMatchObject({ code: 'service_missing', details: { services: 'employment safe_use' } });
    expect((await scheme.redeem(one!, { service: 'digital_world' }, { at: till })).body.code).toBe('service_not_covered');
    expect((await scheme.redeem(one!, { service: 'safe_use' }, { at: till })).status).toBe(201);
    const workshop = (service: string) => scheme.session([{ code: two }, { code: three }], { service }, { at: till });
    expect((await workshop('digital_world')).body).toMatchObject({ redeemedCount: 0, refusedCount: 2 });
    expect((await workshop('employment')).body).toMatchObject({ redeemedCount: 2, refusedCount: 0 });
  });

  it('says nothing of itself to a place that is accredited for no programme', async () => {
    const { codes: [code] } = await scheme.batch(1, { services: ['employment'] });
    expect((await scheme.redeem(code!, {}, { at: await scheme.formerTill() })).body.code).toBe('voucher_not_found');
  });
});
