// Rules that nobody published, on orders that were placed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AUDITOR, IssuanceWorld, NOW, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
beforeEach(() => { world.clock.set(NOW); });
afterAll(() => world.close());

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const simulate = async (programmeId: string, over: object, window: object = MARCH) =>
  world.post(`programmes/${programmeId}/rules/simulate`, { body: { rule: world.rule({ ...over }), window } });
const on = async (day: string, place: () => Promise<PlacedOrder>) => {
  world.clock.set(`${day}T10:00:00.000Z`);
  return place();
};

describe('a simulation', () => {
  it('says what of past orders rules would have refused, why, and what the rest would have cost', async () => {
    const programmeId = await world.programme({ kind: 'balance' });
    const small = await on('2026-03-03', () => world.order({ programmeId, count: 2 }));
    const large = await on('2026-03-04', () => world.order({ programmeId, count: 30 }));
    await on('2026-04-01', () => world.order({ programmeId, count: 50 }));
    const { status, body } = await simulate(programmeId, { faceCents: 1_200, limits: { orderCountMin: 10 } });
    expect([status, body]).toEqual([200, {
      programmeId, currency: 'EUR', decided: { count: 2, amountCents: 32_000 }, accepted: { count: 1, amountCents: 36_000 },
      refused: [{ code: 'order_count_not_allowed', count: 1, amountCents: 2_000 }], repriced: { count: 1, differenceCents: 6_000 },
      differentCount: 2, differences: [
        { orderId: small.orderId, code: 'order_count_not_allowed', amountCents: 2_000, simulatedCents: null },
        { orderId: large.orderId, code: null, amountCents: 30_000, simulatedCents: 36_000 },
      ],
    }]);
  });

  it('of the rules in force finds no difference', async () => {
    const limits = { orderCountMin: 2, orderedCentsMax: 40_000, redemptionCentsMax: 1_000 };
    const programmeId = await world.programme({ limits });
    for (const count of [2, 10, 28]) await world.order({ programmeId, count });
    expect((await simulate(programmeId, { limits })).body).toMatchObject({
      decided: { count: 3, amountCents: 40_000 }, accepted: { count: 3, amountCents: 40_000 }, refused: [], differentCount: 0,
    });
  });

  it('counts what was ordered before its window against the limit of the programme', async () => {
    const programmeId = await world.programme();
    await world.order({ programmeId, count: 10 });
    await on('2026-04-02', () => world.order({ programmeId, count: 10 }));
    const window = { from: '2026-04-01', to: '2026-04-30' };
    const limit = (orderedCentsMax: number) => simulate(programmeId, { limits: { orderedCentsMax } }, window);
    expect((await limit(19_999)).body).toMatchObject({ refused: [{ code: 'programme_limit_reached', count: 1 }] });
    expect((await limit(20_000)).body).toMatchObject({ decided: { count: 1 }, refused: [] });
  });

  it('leaves out what was cancelled, before the window and in it', async () => {
    const programmeId = await world.programme();
    const cancelled = [await world.order({ programmeId, count: 10 }), await on('2026-04-02', () => world.order({ programmeId, count: 10 }))];
    await on('2026-04-03', () => world.order({ programmeId, count: 10 }));
    for (const { orderId } of cancelled) await world.done(`orders/${orderId}/cancellation`, { reason: 'Le budget est voté autrement' });
    const window = { from: '2026-04-01', to: '2026-04-30' };
    const told = await simulate(programmeId, { limits: { orderedCentsMax: 10_000 } }, window);
    expect(told.body).toMatchObject({ decided: { count: 1, amountCents: 10_000 }, accepted: { count: 1 }, refused: [] });
  });

  it('goes through more orders than it reads at once, each once', async () => {
    const { programmeId } = await world.order({ count: 1 });
    await world.manyOrders(programmeId, 2_500);
    expect((await simulate(programmeId, { faceCents: 2_000 })).body).toMatchObject({
      decided: { count: 2_501, amountCents: 2_501_000 }, accepted: { count: 2_501, amountCents: 5_002_000 }, differentCount: 2_501,
    });
  });

  it('begins and ends its window with the operator\'s day', async () => {
    world.clock.set('2026-02-01T10:00:00.000Z');
    const programmeId = await world.programme();
    for (const moment of ['2026-02-28T22:59:59.999Z', '2026-02-28T23:00:00.000Z', '2026-03-31T21:59:59.999Z', '2026-03-31T22:00:00.000Z']) {
      world.clock.set(moment);
      await world.order({ programmeId, count: 1 });
    }
    expect((await simulate(programmeId, {})).body).toMatchObject({ decided: { count: 2 } });
  });

  it('keeps nothing, needs no key, and is the operator\'s', async () => {
    const { programmeId } = await world.order();
    const count = async () => (await world.rows(`select (select count(*) from issuance.programme_rule)::int as rules,
      (select count(*) from issuance.outbox)::int as messages, (select count(*) from issuance.idempotency)::int as keys`))[0];
    const before = await count();
    expect((await world.post(`programmes/${programmeId}/rules/simulate`, { key: '', body: { rule: world.rule(), window: MARCH } })).status).toBe(200);
    expect(await count()).toEqual(before);
    expect((await world.post(`programmes/${programmeId}/rules/simulate`, { as: AUDITOR, body: {} })).status).toBe(403);
    expect((await simulate(`prg_${randomUUID()}`, {})).body.code).toBe('programme_not_found');
  });

  it('refuses what could not be published either', async () => {
    const programmeId = await world.programme();
    expect((await simulate(programmeId, { effectiveFrom: '2026-03-01' })).body.code).toBe('effect_in_past');
    expect((await simulate(programmeId, { limits: { redemptionCentsMax: 1 } })).body.code).toBe('limit_below_face');
  });

  it.each<[string, object, object, string]>([
    ['a window that ends before it begins', {}, { from: '2026-03-02', to: '2026-03-01' }, 'window.to'],
    ['one of more than a year', {}, { from: '2026-01-01', to: '2027-01-02' }, 'window.to'],
    ['none', {}, { from: '2026-03-01' }, 'window.to'],
    ['rules that are malformed', { faceCents: 0 }, MARCH, 'rule.faceCents'],
    ['bounds that are swapped', { faceCentsMin: 1_001 }, MARCH, 'rule.faceCentsMin'],
  ])('says where it is malformed: %s', async (_, over, window, at) => {
    const { status, body } = await simulate(await world.programme(), over, window);
    expect(status).toBe(400);
    expect(body['errors']).toContainEqual(expect.objectContaining({ path: at }));
  });
});
