// Versions of a programme's rules over time: which one an order is placed under, and what redemption is told of it.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchCreatedV1, ProgrammePublishedV1, SERVICE_CODES } from '#libs/contracts';
import {
  AUDITOR, CREDITOR, distributorMemberOf, ENDED, IssuanceWorld, memberOf, NOW, plain, type Answer,
} from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterEach(() => { world.clock.set(NOW); });
afterAll(() => world.close());

const revise = (programmeId: string, over: object): Promise<Answer> => world.post(`programmes/${programmeId}/rules`, { body: world.rule({ ...over }) });
const versions = async (programmeId: string, query = '') =>
  (await world.get(`programmes/${programmeId}/rules${query}`)).body as unknown as { items: { ruleVersion: number; state: string }[]; nextCursor: string | null };
const states = async (programmeId: string) => (await versions(programmeId)).items.map(({ ruleVersion, state }) => [ruleVersion, state]);
const priceOf = async (programmeId: string) => (await world.order({ programmeId, count: 1 })).amountCents;
/** In Paris it is summer: the day begins at 22:00 UTC of the day before. */
const [EVENING, MIDNIGHT] = ['2026-06-30T21:59:59.999Z', '2026-06-30T22:00:00.000Z'];

describe('rules of a later day', () => {
  it('are in force from its first moment, without anybody doing anything, and orders of before keep theirs', async () => {
    const programmeId = await world.programme();
    expect((await revise(programmeId, { faceCents: 1_500, effectiveFrom: '2026-07-01' })).body).toEqual({
      programmeId, ruleVersion: 2, effectiveFrom: '2026-07-01',
    });
    expect(await states(programmeId)).toEqual([[2, 'to_come'], [1, 'in_force']]);
    const before = await world.order({ programmeId, count: 1 });
    world.clock.set(EVENING);
    expect(await priceOf(programmeId)).toBe(1_000);
    world.clock.set(MIDNIGHT);
    expect([await priceOf(programmeId), await states(programmeId)]).toEqual([1_500, [[2, 'in_force'], [1, 'past']]]);
    const [{ faceCents }] = (await world.get('programmes')).body['items'] as [{ faceCents: number }];
    expect([faceCents, (await world.get(`orders/${before.orderId}`)).body['faceCents']]).toEqual([1_500, 1_000]);
  });

  it('stay planned when those of today are mended, and are mended by a later version of their day', async () => {
    const programmeId = await world.programme();
    await revise(programmeId, { faceCents: 1_500, effectiveFrom: '2026-07-01' });
    await revise(programmeId, { faceCents: 1_200 });
    await revise(programmeId, { faceCents: 1_600, effectiveFrom: '2026-07-01' });
    expect([await priceOf(programmeId), await states(programmeId)]).toEqual([1_200, [[4, 'to_come'], [3, 'in_force'], [2, 'past'], [1, 'past']]]);
    world.clock.set(MIDNIGHT);
    expect([await priceOf(programmeId), await states(programmeId)]).toEqual([1_600, [[4, 'in_force'], [3, 'past'], [2, 'past'], [1, 'past']]]);
  });

  it('may be the first of a programme: it is listed, and nobody orders before', async () => {
    const programmeId = await world.programme({ effectiveFrom: '2026-07-01' });
    expect((await world.get('programmes')).body['items']).toContainEqual(expect.objectContaining({ programmeId, state: 'to_come', effectiveFrom: '2026-07-01' }));
    const body = { programmeId, count: 1, shares: [{ payerId: await world.payer(), basisPoints: 10_000 }] };
    expect((await world.post('orders', { body })).body).toMatchObject({ code: 'programme_not_open', details: { effectiveFrom: '2026-07-01' } });
    world.clock.set(MIDNIGHT);
    expect((await world.post('orders', { body })).status).toBe(201);
  });

  it('keep the cover of a programme that they continue: nothing of it is paid back while they may be ordered by', async () => {
    const order = await world.order();
    await world.fund(order, order.amountCents);
    world.clock.set(ENDED);
    const refund = () => world.post('refunds', { body: { programmeId: order.programmeId, payerId: order.payerId } });
    const later = { usableUntil: '2028-12-31', claimableUntil: '2029-01-31', effectiveFrom: '2027-09-01' };
    await revise(order.programmeId, later);
    expect((await refund()).body).toMatchObject({ code: 'claims_open', details: { claimableUntil: '2029-01-31' } });
    // Replaced before its day, by one of that day: it counts no more.
    await revise(order.programmeId, { ...later, claimableUntil: '2028-12-31' });
    expect((await refund()).body).toMatchObject({ code: 'claims_open', details: { claimableUntil: '2028-12-31' } });
  });
});

describe('what the rules say', () => {
  const full = {
    faceCents: 1_000, faceCentsMin: 500, faceCentsMax: 2_000, targetPublics: ['seniors', 'young_people', 'seniors'], targetPublicLabel: 'Habitants du canton',
    territory: [{ kind: 'region', code: '84' }, { kind: 'epci', code: '200040459', communes: ['26198', '26001'] }, { kind: 'commune', code: '2A004' }],
    services: ['safe_use', 'employment'], limits: { orderCountMin: 2, orderedCentsMax: 1_000_000, redemptionCentsMax: 2_000 },
    servicePrices: [{ service: 'safe_use', priceCentsMin: 3_000, priceCentsMax: 3_000 }], tariffRaiseNeedsApproval: true,
    offline: true,
  };
  const told = { ...full, targetPublics: ['young_people', 'seniors'], services: ['employment', 'safe_use'] };

  it('is listed as it was said, with bounds that were left out', async () => {
    const programmeId = await world.programme(full);
    expect((await versions(programmeId)).items).toEqual([{
      ...told, programmeId, ruleVersion: 1, effectiveFrom: '2026-03-02', state: 'in_force', name: 'Numérique pour tous', kind: 'unit', currency: 'EUR',
      usableUntil: '2026-12-31', claimableUntil: '2027-01-31', onExpiry: 'refund', custodyAccountId: expect.stringMatching(/^bac_/), publishedAt: NOW,
      limits: { ...full.limits, orderCountMax: null },
    }]);
    expect((await versions(await world.programme({ kind: 'balance' }))).items).toMatchObject([
      { faceCentsMin: 1, faceCentsMax: 1_000, territory: [], services: [], targetPublics: [], targetPublicLabel: null,
        servicePrices: [], tariffRaiseNeedsApproval: false, offline: false },
    ]);
  });

  it('is told to redemption, with the day of effect', async () => {
    const programmeId = await world.programme({ ...full, effectiveFrom: '2026-07-01' });
    const { body } = (await world.emitted(ProgrammePublishedV1)).find((message) => message.body.programmeId === plain(programmeId))!;
    expect(body).toMatchObject({
      effectiveFrom: '2026-07-01', faceCentsMin: 500, faceCentsMax: 2_000, territory: full.territory, services: told.services,
      targetPublics: told.targetPublics, orderedCentsMax: 1_000_000, redemptionCentsMax: 2_000,
    });
  });

  it('binds the vouchers of an order as it was when the order was placed, whatever is in force when they are made', async () => {
    const programmeId = await world.programme(full);
    const order = await world.order({ programmeId, count: 2 });
    await revise(programmeId, { services: ['leisure_and_creation'] });
    const later = await world.order({ programmeId, count: 2 });
    const batches = [await world.batch(order.orderId), await world.batch(later.orderId)].map(plain);
    const bodies = (await world.emitted(BatchCreatedV1)).map(({ body }) => body).filter(({ batchId }) => batches.includes(batchId));
    expect(bodies.map(({ ruleVersion, services, redemptionCentsMax, servicePrices }) =>
      ({ ruleVersion, services, redemptionCentsMax, servicePrices }))).toEqual([
      { ruleVersion: 1, services: told.services, redemptionCentsMax: 2_000, servicePrices: full.servicePrices },
      { ruleVersion: 2, services: ['leisure_and_creation'], redemptionCentsMax: undefined, servicePrices: undefined },
    ]);
  });

  it('bounds face values, counts and the programme as a whole', async () => {
    const programmeId = await world.programme({ ...full, limits: { orderCountMin: 2, orderCountMax: 5, orderedCentsMax: 10_000 } });
    const shares = [{ payerId: await world.payer(), basisPoints: 10_000 }];
    const ask = async (over: object) => (await world.post('orders', { body: { programmeId, count: 2, shares, ...over } })).body;
    expect(await ask({ faceCents: 2_001 })).toMatchObject({ code: 'face_not_allowed', details: { faceCentsMin: 500, faceCentsMax: 2_000 } });
    expect(await ask({ count: 6 })).toMatchObject({ code: 'order_count_not_allowed', details: { orderCountMin: 2, orderCountMax: 5 } });
    expect(await ask({ count: 4, faceCents: 2_000 })).toMatchObject({ amountCents: 8_000 });
    expect(await ask({ count: 3 })).toMatchObject({ code: 'programme_limit_reached', details: { orderedCentsMax: 10_000, orderedCents: 8_000 } });
    expect(await ask({})).toMatchObject({ amountCents: 2_000 });
  });

  it('gives the last room below the limit to one of several orders that want it at once', async () => {
    const programmeId = await world.programme({ limits: { orderedCentsMax: 10_000 } });
    const shares = [{ payerId: await world.payer(), basisPoints: 10_000 }];
    const answers = await Promise.all(Array.from({ length: 6 }, () => world.post('orders', { body: { programmeId, count: 4, shares } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
  });

  it('is open to payers, auditors and the operator, page by page, and to nobody else', async () => {
    const programmeId = await world.programme();
    for (const day of ['2026-07-01', '2026-08-01']) await revise(programmeId, { effectiveFrom: day });
    const first = await versions(programmeId, '?limit=2');
    const second = await versions(programmeId, `?limit=2&cursor=${first.nextCursor}`);
    expect([first, second].map(({ items }) => items.map(({ ruleVersion }) => ruleVersion))).toEqual([[3, 2], [1]]);
    expect(second.nextCursor).toBeNull();
    const path = `programmes/${programmeId}/rules`;
    expect([(await world.get(path, AUDITOR)).status, (await world.get(path, memberOf(await world.payer()))).status]).toEqual([200, 200]);
    expect((await world.get(path, distributorMemberOf(await world.distributor()))).status).toBe(403);
    expect((await world.get(`programmes/prg_${randomUUID()}/rules`)).body.code).toBe('programme_not_found');
    expect((await world.get(`${path}?cursor=abc`)).body.code).toBe('request_malformed');
  });
});

describe('rules that are malformed', () => {
  it.each<[string, object, string]>([
    ['a day that is none', { effectiveFrom: '2026-02-30' }, 'effectiveFrom'],
    ['a moment for a day', { effectiveFrom: '2026-07-01T00:00:00Z' }, 'effectiveFrom'],
    ['a least face above the face', { faceCentsMin: 1_001 }, 'faceCentsMin'],
    ['a most face below it', { faceCentsMax: 999 }, 'faceCentsMax'],
    ['half a cent', { faceCentsMax: 1_000.5 }, 'faceCentsMax'],
    ['claims that end before use', { claimableUntil: '2026-12-30' }, 'claimableUntil'],
    ['bounds of a count that are swapped', { limits: { orderCountMin: 5, orderCountMax: 4 } }, 'limits.orderCountMax'],
    ['an unknown limit', { limits: { placesMax: 5 } }, 'limits.placesMax'],
    ['a limit of nothing', { limits: { orderedCentsMax: 0 } }, 'limits.orderedCentsMax'],
    ['a public that is not in the vocabulary', { targetPublics: ['cats'] }, 'targetPublics[0]'],
    ['a price of no service', { servicePrices: [{ service: 'plumbing', priceCentsMax: 1_000 }] }, 'servicePrices[0].service'],
    ['a price without a bound', { servicePrices: [{ service: 'employment' }] }, 'servicePrices[0]'],
    ['bounds of a price that are swapped', { servicePrices: [{ service: 'employment', priceCentsMin: 2_000, priceCentsMax: 1_999 }] },
      'servicePrices[0].priceCentsMax'],
    ['two prices of one service', { servicePrices: [{ service: 'employment', priceCentsMax: 1_000 }, { service: 'employment', priceCentsMin: 1_000 }] },
      'servicePrices[1].service'],
    ['a service that is not in the nomenclature', { services: ['plumbing'] }, 'services[0]'],
    ['more services than there are', { services: [...SERVICE_CODES, 'employment'] }, 'services'],
    ['a territory of an unknown kind', { territory: [{ kind: 'canton', code: '2601' }] }, 'territory[0].kind'],
    ['a commune that is none', { territory: [{ kind: 'commune', code: '2C001' }] }, 'territory[0].code'],
    ['a département that is none', { territory: [{ kind: 'departement', code: '20' }] }, 'territory[0].code'],
    ['a région that is none', { territory: [{ kind: 'region', code: '82' }] }, 'territory[0].code'],
    ['an EPCI without its communes', { territory: [{ kind: 'epci', code: '200040459' }] }, 'territory[0].communes'],
    ['an EPCI whose SIREN fails its check', { territory: [{ kind: 'epci', code: '200040458', communes: ['26198'] }] }, 'territory[0].code'],
    ['one part twice', { territory: [{ kind: 'region', code: '84' }, { kind: 'region', code: '84' }] }, 'territory'],
    ['more codes than anybody needs', { territory: [{ kind: 'epci', code: '200040459', communes: Array.from({ length: 2_000 }, () => '26198') },
      { kind: 'region', code: '84' }] }, 'territory'],
    ['another kind, which never changes', { kind: 'balance' }, 'kind'],
    ['an unknown field', { colour: 'blue' }, 'colour'],
  ])('say where: %s', async (_, over, at) => {
    const programmeId = await world.programme();
    const { status, body } = await revise(programmeId, over);
    expect([status, body.code]).toEqual([400, 'request_malformed']);
    expect(body['errors']).toContainEqual(expect.objectContaining({ path: at }));
    expect(await states(programmeId)).toEqual([[1, 'in_force']]);
  });

  it('are refused by the database as well', async () => {
    const [row] = await world.rows<{ checks: string[] }>(
      `select array_agg(pg_get_constraintdef(oid)) as checks from pg_constraint where conrelid = 'issuance.programme_rule'::regclass`);
    // The database lists the same codes as the vocabulary: a service that is added to one of the two only shows here.
    const services = row!.checks.find((check) => check.includes('services <@'))!;
    expect([...services.matchAll(/'(\w+)'/g)].map(([, code]) => code)).toEqual(SERVICE_CODES);
  });
});

it('a creditor that changes with the rules is told with orders of before too, from the day of effect', async () => {
  const order = await world.order();
  await revise(order.programmeId, { effectiveFrom: '2026-07-01', creditor: { ...CREDITOR, name: 'Nouveau compte' } });
  const creditorNow = async () => ((await world.get(`orders/${order.orderId}`)).body['creditor'] as { name: string }).name;
  expect(await creditorNow()).toBe(CREDITOR.name);
  world.clock.set(MIDNIGHT);
  expect(await creditorNow()).toBe('Nouveau compte');
});
