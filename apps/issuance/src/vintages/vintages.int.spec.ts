// The end of a vintage as issuance knows it, against a real database: who is told, what a payer signs off, and what a
// distributor hears when it hands over vouchers that end.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchExpiryDueV1, BatchExtendedV1, VintageNoticeDueV1, VintageSignedOffV1, type BodyOf } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { AUDITOR, distributorMemberOf, IssuanceWorld, memberOf, NOW, OPERATOR, plain, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterEach(async () => {
  world.clock.set(NOW);
  expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'issuance'))).broken).toEqual([]);
});
afterAll(() => world.close());

type Step = BodyOf<typeof BatchExpiryDueV1>['step'];
const DUE_ON = {
  thirty_days: '2026-12-01', fifteen_days: '2026-12-16', seven_days: '2026-12-24', use_ended: '2027-01-01', claims_ended: '2027-02-01',
} as const;
type Shown = { programmeId: string; payerId: string; step: Step; state: string; figures: string; sha256: string; signedAt: string | null };
const due = (order: PlacedOrder & { batchId: string }, step: Step, over: object = {}) => world.take(BatchExpiryDueV1, {
  ...BatchExpiryDueV1.sample, batchId: plain(order.batchId), programmeId: plain(order.programmeId), step, dueOn: DUE_ON[step], ...over,
});
const shown = async (payerId: string) => (await world.get('vintages', memberOf(payerId))).body['items'] as Shown[];
const signOff = async (order: PlacedOrder, payerId: string, step: Step) => {
  const { sha256 } = (await shown(payerId)).find((one) => one.step === step)!;
  return world.post('vintage-sign-offs', { body: { programmeId: order.programmeId, usableUntil: '2026-12-31', step, sha256 }, as: memberOf(payerId) });
};
const noticesOf = async ({ programmeId }: PlacedOrder) =>
  (await world.emitted(VintageNoticeDueV1)).map(({ body }) => body).filter((body) => body.programmeId === plain(programmeId));
/** Ten vouchers printed and received, of which so many are handed over. */
async function handedOver(order: { batchId: string }, count: number) {
  const distributorId = await world.distributor();
  const as = distributorMemberOf(distributorId);
  await world.done(`batches/${order.batchId}/print-files`, { format: 'csv' });
  await world.done(`deliveries/${await world.ship(order.batchId, distributorId)}/receipts`, {}, as);
  const handOver = (first: number, last: number) => world.post('hand-overs', { body: { handOvers: [{ batchId: order.batchId, first, last }] }, as });
  if (count > 0) expect((await handOver(0, count - 1)).status).toBe(201);
  return { distributorId, handOver };
}

describe('the steps of a vintage', () => {
  it('tell payers and distributors, each of what concerns them', async () => {
    const order = await world.usedOrder();
    const { distributorId } = await handedOver(order, 2);
    for (const step of ['thirty_days', 'fifteen_days', 'seven_days', 'use_ended', 'claims_ended'] as const) await due(order, step);
    const payer = { kind: 'payer', partyId: plain(order.payerId) };
    const distributor = { kind: 'distributor', partyId: plain(distributorId) };
    expect((await noticesOf(order)).map(({ notice, parties }) => [notice, parties])).toEqual([
      ['ends_in_thirty_days', [payer, distributor]], ['sign_off_due', [payer]], ['charge_to_acknowledge', [payer]],
      ['use_ended', [payer, distributor]], ['claims_ended', [payer]],
    ]);
    expect((await noticesOf(order))[0]).toMatchObject({ programmeName: 'Numérique pour tous', usableUntil: '2026-12-31', claimableUntil: '2027-01-31' });
  });

  it('are kept once', async () => {
    const order = await world.usedOrder();
    await due(order, 'thirty_days');
    await expect(due(order, 'thirty_days')).rejects.toThrow('expiry_step_batch_id_usable_until_step_key');
  });

  it('are shown to a payer with its own figures, and to nobody else\'s', async () => {
    const order = await world.usedOrder();
    const stranger = await world.payer();
    await handedOver(order, 3);
    await due(order, 'fifteen_days');
    const [vintage] = await shown(order.payerId);
    expect(vintage).toMatchObject({ programmeId: order.programmeId, step: 'fifteen_days', state: 'to_sign', signedAt: null });
    expect(JSON.parse(vintage!.figures)).toEqual({
      format: 1, programmeId: order.programmeId, payerId: order.payerId, usableUntil: '2026-12-31', step: 'fifteen_days', currency: 'EUR',
      batches: [{
        batchId: order.batchId, orderId: order.orderId, claimableUntil: '2027-01-31', issuedCount: 10, handedOverCount: 3, notHandedOverCount: 7,
        spendableCount: 10, startedCount: 2, leftCents: 8_000,
      }],
    });
    expect(await shown(stranger)).toEqual([]);
    for (const who of [OPERATOR, AUDITOR]) {
      expect((await world.get(`vintages?programmeId=${order.programmeId}`, who)).body['items']).toEqual([expect.objectContaining({ payerId: order.payerId })]);
    }
    const first = await world.get('vintages?limit=1');
    expect((await world.get(`vintages?limit=1&cursor=${String(first.body['nextCursor'])}`)).body['items']).not.toEqual(first.body['items']);
  });
});

describe('a sign-off', () => {
  it('freezes what was seen, by whom and when, and tells distributors to stop once all payers of an order have signed', async () => {
    const payers = [await world.payer(), await world.payer()];
    const order = await world.usedOrder([1_000, 1_000], { shares: payers.map((payerId) => ({ payerId, basisPoints: 5_000 })) });
    const { distributorId } = await handedOver(order, 2);
    await due(order, 'fifteen_days');
    expect(await signOff(order, payers[0]!, 'fifteen_days')).toMatchObject({ status: 201, body: { step: 'fifteen_days', signedAt: NOW } });
    expect((await noticesOf(order)).map(({ notice }) => notice)).toEqual(['sign_off_due']);
    expect((await signOff(order, payers[1]!, 'fifteen_days')).status).toBe(201);
    expect((await noticesOf(order)).at(-1)).toMatchObject({ notice: 'stop_handing_over', parties: [{ kind: 'distributor', partyId: plain(distributorId) }] });
    const facts = await world.rows<{ content: string; sha256: string; signed_by: string }>(
      'select content, sha256, signed_by from issuance.vintage_sign_off where programme_id = $1', [plain(order.programmeId)]);
    expect(facts).toHaveLength(2);
    expect(facts[0]).toMatchObject({ content: expect.stringContaining('"handedOverCount":2'), signed_by: expect.stringMatching(/^user:/) });
    expect((await world.emitted(VintageSignedOffV1)).map(({ body }) => body.payerId)).toEqual(expect.arrayContaining(payers.map(plain)));
  });

  it('is made once, also by two people of a payer at once', async () => {
    const order = await world.usedOrder();
    await due(order, 'fifteen_days');
    const both = await Promise.all([signOff(order, order.payerId, 'fifteen_days'), signOff(order, order.payerId, 'fifteen_days')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('of the seventh day says what was handed over since the fifteenth, which stays at the payer\'s charge', async () => {
    const order = await world.usedOrder();
    const { handOver } = await handedOver(order, 2);
    await due(order, 'fifteen_days');
    expect((await handOver(2, 2)).body).toMatchObject({ ending: [{ batchId: order.batchId, usableUntil: '2026-12-31', stop: false }] });
    await signOff(order, order.payerId, 'fifteen_days');
    expect((await handOver(3, 4)).body).toMatchObject({ ending: [{ stop: true }] });
    await due(order, 'seven_days');
    const [seventh] = await shown(order.payerId);
    expect(JSON.parse(seventh!.figures)).toMatchObject({ batches: [{ handedOverCount: 5, handedOverSinceCount: 3 }] });
    expect((await signOff(order, order.payerId, 'seven_days')).status).toBe(201);
    expect(await shown(order.payerId)).toEqual([expect.objectContaining({ step: 'seven_days', state: 'signed' }), expect.objectContaining({ state: 'signed' })]);
  });

  it('is of a payer alone, and of what was shown', async () => {
    const order = await world.usedOrder();
    await due(order, 'fifteen_days');
    const body = { programmeId: order.programmeId, usableUntil: '2026-12-31', step: 'fifteen_days', sha256: (await shown(order.payerId))[0]!.sha256 };
    expect((await world.post('vintage-sign-offs', { body, as: OPERATOR })).status).toBe(403);
    expect((await world.post('vintage-sign-offs', { body, as: memberOf(await world.payer()) })).body).toMatchObject({ code: 'vintage_not_found' });
    // Another batch of the payer comes to the step after it looked.
    const more = await world.usedOrder([], { programmeId: order.programmeId, shares: [{ payerId: order.payerId, basisPoints: 10_000 }] });
    await due(more, 'fifteen_days');
    expect((await world.post('vintage-sign-offs', { body, as: memberOf(order.payerId) })).body).toMatchObject({ code: 'vintage_hash_differs' });
    expect((await signOff(order, order.payerId, 'fifteen_days')).status).toBe(201);
  });
});

describe('a hand-over', () => {
  it('warns of nothing before the fifteenth day, is warned after it, and refused when nobody can use the vouchers', async () => {
    const order = await world.usedOrder();
    const { handOver } = await handedOver(order, 0);
    expect((await handOver(0, 0)).body).toMatchObject({ ending: [] });
    world.clock.set('2026-12-31T22:59:59.000Z');
    expect((await handOver(1, 1)).status).toBe(201);
    world.clock.set('2026-12-31T23:00:00.000Z');
    expect(await handOver(2, 2)).toMatchObject({ status: 409, body: { code: 'vouchers_ended', details: { usableUntil: '2026-12-31' } } });
  });
});

describe('an extension before the end', () => {
  const dates = { usableUntil: '2027-06-30', claimableUntil: '2027-07-31' };

  it('is in force with the agreement of the last payer: dates at the batches, nothing posted, and a calendar of its own', async () => {
    const payers = [await world.payer(), await world.payer()];
    const order = await world.usedOrder([1_000], { shares: payers.map((payerId) => ({ payerId, basisPoints: 5_000 })) });
    const { handOver } = await handedOver(order, 0);
    const { extensionId } = await world.done('extensions', { orderId: order.orderId, ...dates });
    const agree = (payerId: string) => world.post(`extensions/${String(extensionId)}/agreements`, { as: memberOf(payerId) });
    expect((await agree(payers[0]!)).body).toMatchObject({ agreements: 1, agreementsNeeded: 2, inForce: false });
    expect(await world.emitted(BatchExtendedV1)).toEqual([]);
    expect((await agree(payers[1]!)).body).toMatchObject({ inForce: true });
    const [event] = await world.emitted(BatchExtendedV1);
    expect(event!.body).toMatchObject({ batchId: plain(order.batchId), ...dates, amountCents: 0 });
    expect(await world.rows('select 1 from issuance.transfer where event_id = $1', [event!.id])).toEqual([]);
    world.clock.set('2027-03-01T09:00:00.000Z');
    expect((await handOver(0, 0)).status).toBe(201);
    await due(order, 'fifteen_days', dates);
    expect((await shown(payers[0]!)).map(({ step }) => step)).toEqual(['fifteen_days']);
  });

  it('is agreed once by two payers at once, and not after the last day of use', async () => {
    const payers = [await world.payer(), await world.payer()];
    const order = await world.order({ shares: payers.map((payerId) => ({ payerId, basisPoints: 5_000 })) });
    const { extensionId } = await world.done('extensions', { orderId: order.orderId, ...dates });
    const agree = (payerId: string) => world.post(`extensions/${String(extensionId)}/agreements`, { as: memberOf(payerId) });
    const both = await Promise.all(payers.map(agree));
    expect(both.map(({ body }) => body['inForce']).sort()).toEqual([false, true]);
    const late = await world.done('extensions', { orderId: order.orderId, usableUntil: '2027-12-31', claimableUntil: '2027-12-31' });
    world.clock.set('2027-07-01T09:00:00.000Z');
    expect((await world.post(`extensions/${String(late['extensionId'])}/agreements`, { as: memberOf(payers[0]!) })).body)
      .toMatchObject({ code: 'extension_by_statement' });
  });
});
