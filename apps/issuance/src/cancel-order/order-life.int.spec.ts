// An order from its proof to its delivery, and its cancellation at every stage: what is refused, what it costs, and where
// the money is afterwards. Over HTTP, on a real database, against the ledger.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { RefundRequestedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { distributorMemberOf, IssuanceWorld, memberOf, NOW, OPERATOR, plain, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let service: pg.Client;
beforeAll(async () => {
  world = await IssuanceWorld.create();
  service = new pg.Client({ connectionString: world.database.urlFor('issuance') });
  await service.connect();
});
afterAll(async () => {
  await service.end();
  await world.close();
});

const LOCAL = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'issuance');
const show = async ({ orderId }: { orderId: string }, as = OPERATOR) => (await world.get(`orders/${orderId}`, as)).body;
const preview = async ({ orderId }: { orderId: string }, query = '', as = OPERATOR) => (await world.get(`orders/${orderId}/cancellation${query}`, as)).body;
const cancel = ({ orderId }: { orderId: string }, body: object = {}, as = OPERATOR) =>
  world.post(`orders/${orderId}/cancellation`, { body: { reason: 'Le budget est voté autrement', ...body }, as });
const fundAll = async (order: PlacedOrder) => { for (const share of order.shares) await world.fund(share, share.amountCents); };
const cover = (order: PlacedOrder) => Promise.all(order.shares.map(({ payerId }) => world.prefund({ ...order, payerId })));
const due = (order: PlacedOrder) => Promise.all(order.shares.map(({ payerId }) => world.balance(`refund_due:${plain(payerId)}`)));
const proof = (orderId: string, digit: string) => world.post(`orders/${orderId}/proofs`, { body: { reference: `BAT ${digit}`, sha256: digit.repeat(64) } });
const answerProof = (orderId: string, payerId: string, digit: string, answer: object = { answer: 'approved' }) =>
  world.post(`orders/${orderId}/proof-answers`, { body: { sha256: digit.repeat(64), ...answer }, as: memberOf(payerId) });
/** SQLSTATE or constraint of what the service's own role is told. */
const refusal = (sql: string, values: unknown[] = []) =>
  service.query(sql, values).then(() => undefined, (fault: pg.DatabaseError) => fault.constraint ?? fault.code);

describe('a printed order', () => {
  it('is made once its first payer approved these bytes, and activated as it is received', async () => {
    const order = await world.coFunded({ paper: true, activateOn: 'receipt' });
    const [first] = order.shares.map(({ payerId }) => payerId);
    expect(await show(order)).toMatchObject({ state: 'accepted', proof: 'none', nextSteps: ['submit_proof', 'pay'] });
    await proof(order.orderId, 'a');
    expect(await show(order)).toMatchObject({ state: 'proof_pending', nextSteps: ['answer_proof', 'pay'] });
    await answerProof(order.orderId, first!, 'a', { answer: 'sent_back', reason: 'Le logo est celui de 2019' });
    expect(await show(order)).toMatchObject({ state: 'accepted', proof: 'sent_back' });
    await proof(order.orderId, 'b');
    expect((await answerProof(order.orderId, first!, 'a')).body.code).toBe('proof_hash_differs');
    expect((await world.post(`orders/${order.orderId}/batches`)).body.code).toBe('proof_not_approved');
    expect((await answerProof(order.orderId, first!, 'b')).status).toBe(201);
    expect(await show(order)).toMatchObject({ state: 'proof_approved', nextSteps: ['mint', 'pay'] });

    await fundAll(order);
    const batchId = await world.batch(order.orderId);
    expect(await show(order)).toMatchObject({ state: 'made', funding: 'funded', nextSteps: ['ship'] });
    await world.done(`batches/${batchId}/print-files`, { format: 'csv' });
    const distributorId = await world.distributor();
    const deliveryId = await world.ship(batchId, distributorId);
    expect(await show(order)).toMatchObject({ state: 'shipped', shippedCount: 10, nextSteps: ['confirm_delivery'] });
    await world.done(`deliveries/${deliveryId}/receipts`, { ranges: [{ first: 0, last: 3 }] }, distributorMemberOf(distributorId));
    expect(await show(order)).toMatchObject({ state: 'partially_delivered', receivedCount: 4, nextSteps: ['confirm_delivery', 'activate'] });

    expect((await world.activate(batchId)).body).toMatchObject({ code: 'range_not_received', details: { first: 4, last: 9 } });
    expect((await world.activate(batchId, { first: 0, last: 3 })).status).toBe(201);
    const beyond = `insert into issuance.activation (id, batch_id, batch_count, face_cents, first, last, amount_cents, currency, activated_by, activated_at)
      values (gen_random_uuid(), $1, 10, 1000, 4, 4, 1000, 'EUR', 'test', now())`;
    expect(await refusal(beyond, [plain(batchId)])).toBe('activation_of_received');

    world.clock.set('2026-03-03T10:00:00.000Z');
    await world.done(`deliveries/${deliveryId}/losses`, {});
    world.clock.set(NOW);
    expect(await show(order)).toMatchObject({ state: 'delivered', lostCount: 6, activation: 'part_active', nextSteps: [] });
    const { history } = await show(order) as { history: { step: string; count: number | null; takenBy: string }[] };
    expect(history.map(({ step }) => step)).toEqual([
      'proof_submitted', 'proof_sent_back', 'proof_submitted', 'proof_approved', 'accepted', 'minted', 'shipped', 'received', 'funded', 'funded',
      'activated', 'lost',
    ]);
  });

  it('cannot be made before by the service itself', async () => {
    const order = await world.coFunded({ paper: true });
    await world.batch((await world.order()).orderId);
    const insert = `insert into issuance.batch (id, order_id, count, booklet_size, face_cents, currency, chunk_count, wrapping_key_id, wrapped_key,
      pepper_key_id, serial_permutation_id, serial_label, created_by, created_at)
      select gen_random_uuid(), $1, 10, 10, 1000, 'EUR', 1, wrapping_key_id, wrapped_key, pepper_key_id, 'p', 'ZZZZZZZZ', 'test', now() from issuance.batch where wrapped_key is not null limit 1`;
    expect(await refusal(insert, [plain(order.orderId)])).toBe('batch_before_proof');
  });
});

describe('a cancellation', () => {
  it('of a draft costs nothing, and is its first payer\'s or the operator\'s', async () => {
    const payers = [await world.payer(), await world.payer()];
    const draft = () => world.quoted({ shares: payers.map((payerId) => ({ payerId, basisPoints: 5_000 })) });
    const [one, other] = [await draft(), await draft()];
    expect(await preview(one)).toMatchObject({ stage: 'before_acceptance', indemnityCents: 0, productionCents: 0, shares: [] });
    expect((await cancel(one, {}, memberOf(payers[1]!))).body.code).toBe('cancellation_not_yours');
    expect((await cancel(one, {}, memberOf(payers[0]!))).status).toBe(201);
    expect((await cancel(other)).status).toBe(201);
    expect((await world.answer(one, memberOf(payers[1]!))).body.code).toBe('order_cancelled');
    expect((await world.get(`order-drafts?state=cancelled`)).body['items']).toMatchObject([{ orderId: other.orderId }, { orderId: one.orderId }]);
  });

  it('before production gives back what was paid, each payer its own, by refunds', async () => {
    const order = await world.coFunded();
    await world.fund(order.shares[0]!, 6_000);
    await world.fund(order.shares[1]!, 1_500);
    expect(await preview(order)).toMatchObject({ stage: 'before_production', shares: [{ costCents: 0, backCents: 6_000 }, { costCents: 0, backCents: 1_500 }] });
    expect(await preview(order, '', memberOf(order.shares[1]!.payerId))).toMatchObject({ shares: [{ payerId: order.shares[1]!.payerId, backCents: 1_500 }] });
    const { status, body } = await cancel(order);
    expect([status, body]).toMatchObject([201, { stage: 'before_production', refunds: [{ amountCents: expect.any(Number) }, {}] }]);
    expect([await cover(order), await due(order)]).toEqual([[0, 0], [0, 0]]);
    const requested = (await world.emitted(RefundRequestedV1)).slice(-2).map(({ body: { payerId, amountCents } }) => [`pyr_${payerId}`, amountCents]);
    expect(new Map(requested as [string, number][]))
      .toEqual(new Map([[order.shares[0]!.payerId, 6_000], [order.shares[1]!.payerId, 1_500]]));
    const { items } = (await world.get('refunds?limit=2')).body as { items: { orderId: string; state: string }[] };
    expect(items).toMatchObject([{ orderId: order.orderId, state: 'requested' }, { orderId: order.orderId }]);
    expect(await show(order)).toMatchObject({ state: 'cancelled', nextSteps: [] });
    expect((await cancel(order)).body.code).toBe('order_cancelled');
  });

  it('in production costs what the operator states, divided by the shares, and no batch of it is ever activated', async () => {
    const order = await world.coFunded();
    await fundAll(order);
    const batchId = await world.batch(order.orderId);
    expect(await preview(order, '?productionCents=333')).toMatchObject({
      stage: 'in_production', productionCents: 333, shares: [{ costCents: 200, backCents: 6_000 }, { costCents: 133, backCents: 4_000 }],
    });
    expect((await preview(order, '?productionCents=1001'))['code']).toBe('production_costs_unfounded');
    expect((await cancel(order, { productionCents: 333 })).body).toMatchObject({ stage: 'in_production', productionCents: 333 });
    expect((await world.activate(batchId)).body.code).toBe('order_cancelled');
    expect((await world.post(`orders/${order.orderId}/batches`, { body: { count: 1 } })).body.code).toBe('order_cancelled');
    const activation = `insert into issuance.activation (id, batch_id, batch_count, face_cents, first, last, amount_cents, currency, activated_by, activated_at)
      values (gen_random_uuid(), $1, 10, 1000, 0, 0, 1000, 'EUR', 'test', now())`;
    expect(await refusal(activation, [plain(batchId)])).toBe('activation_of_cancelled');
  });

  it('of an active order waits for the stop of what is in stock, and leaves citizens what they have', async () => {
    const order = await world.coFunded({ count: 100 });
    await fundAll(order);
    const [batchId, distributorId] = [await world.batch(order.orderId), await world.distributor()];
    const as = distributorMemberOf(distributorId);
    await world.activate(batchId, { first: 0, last: 59 });
    await world.done(`batches/${batchId}/print-files`, { format: 'csv' });
    await world.done(`deliveries/${await world.ship(batchId, distributorId)}/receipts`, {}, as);
    await world.done('hand-overs', { handOvers: [{ batchId, first: 0, last: 19 }] }, as);

    expect(await preview(order)).toMatchObject({
      stage: 'active', staysCents: 20_000, backAtEndCents: 40_000, toStop: [{ batchId, first: 20, last: 59 }],
      shares: [{ backCents: 24_000 }, { backCents: 16_000 }],
    });
    expect((await cancel(order)).body).toMatchObject({ code: 'range_not_stopped', details: { first: 20, last: 59 } });
    await world.stop(batchId, [{ first: 20, last: 59 }]);
    expect((await cancel(order)).body).toMatchObject({ stage: 'active', staysCents: 20_000, backAtEndCents: 40_000 });
    expect([await cover(order), await show(order)]).toMatchObject([[0, 0], { state: 'cancelled', activation: 'part_active' }]);
    // What was never activated would be worth nothing to whoever was given it.
    const handOver = await world.post('hand-overs', { body: { handOvers: [{ batchId, first: 60, last: 69 }] }, as });
    expect(handOver.body).toMatchObject({ code: 'order_cancelled', details: { batchId: plain(batchId) } });
    expect((await world.post(`batches/${batchId}/print-files`, { body: { format: 'csv' } })).body.code).toBe('order_cancelled');
  });

  it('asks no more money: what comes for it waits for a person, and a hand cannot match it', async () => {
    const order = await world.order();
    const announced = async () => (await world.get(`programmes/${order.programmeId}/coverage`)).body['announcedCents'];
    expect(await announced()).toBe(10_000);
    await cancel(order);
    expect(await announced()).toBe(0);
    const line = await world.fund(order, 10_000);
    expect(await world.prefund(order)).toBe(0);
    expect((await world.post(`credits/${line}/matches`, { body: { orderId: order.orderId } })).body.code).toBe('order_cancelled');
  });

  it('and an activation at the same moment: one of them decides on what the other left', async () => {
    const order = await world.order();
    await fundAll(order);
    const batchId = await world.batch(order.orderId);
    const [activated, cancelled] = await Promise.all([world.activate(batchId), cancel(order)]);
    const codes = [activated.body.code ?? activated.status, cancelled.body.code ?? cancelled.status];
    expect([['order_cancelled', 201], [201, 'range_not_stopped']]).toContainEqual(codes);
  });

  it('and the last acceptance at the same moment: the order is cancelled or never was', async () => {
    const quote = await world.quoted();
    const [accepted, cancelled] = await Promise.all([world.answer(quote, quote.as), cancel(quote)]);
    expect(cancelled.status).toBe(201);
    expect([201, 409]).toContain(accepted.status);
    expect((await cancel(quote)).body.code).toBe('order_cancelled');
  });

  it('breaks no invariant', async () => {
    expect((await inspect(world.database.urlFor('issuance'), LOCAL)).broken).toEqual([]);
  });
});

describe('the list of orders', () => {
  it('is filtered by either track', async () => {
    const funded = await world.order();
    await fundAll(funded);
    const states = async (query: string) => ((await world.get(`orders?${query}&limit=200`)).body['items'] as { orderId: string; state: string; funding: string }[]);
    const cancelled = await states('state=cancelled');
    expect(new Set(cancelled.map(({ state }) => state))).toEqual(new Set(['cancelled']));
    const paid = await states('state=accepted&funding=funded');
    expect(paid.map(({ orderId }) => orderId)).toEqual([funded.orderId]);
    expect((await world.get('orders?state=draft')).status).toBe(400);
  });
});
