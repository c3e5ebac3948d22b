// Cover against races, repeats and the last cent, on a real database (decision 10).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RangeActivatedV1, RangeSpendableV1 } from '#libs/contracts';
import { idOf } from '#libs/kernel';
import { CUSTODY, IssuanceWorld, NOW, plain, type Answer, type PlacedOrder } from '../../../../test/builders/issuance-world.js';
import { ActivateRange } from './activate-range.command.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

const codes = (answers: readonly Answer[]) => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) counts[body.code ?? status] = (counts[body.code ?? status] ?? 0) + 1;
  return counts;
};
const guarded = async ({ programmeId, payerId }: PlacedOrder) => {
  const [row] = await world.rows<{ balance: string }>('select balance from issuance.guarded_balance where account = $1',
    [`prefund:${plain(programmeId)}:${plain(payerId)}`]);
  return Number(row?.balance);
};

describe('twenty activations at once', () => {
  it('against cover for ten of one order: exactly ten succeed, and the balance ends at 0', async () => {
    const order = await world.order({ count: 20 });
    const batchId = await world.batch(order.orderId);
    await world.fund(order, 10_000);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => world.activate(batchId, { first: at, last: at })));
    expect(codes(answers)).toEqual({ 201: 10, insufficient_coverage: 10 });
    expect([await world.prefund(order), await guarded(order)]).toEqual([0, 0]);
  });

  it('against cover for ten that two orders share: exactly ten succeed, and the balance ends at 0', async () => {
    const first = await world.order({ count: 10 });
    const second = await world.order({
      programmeId: first.programmeId, count: 10, shares: [{ payerId: first.payerId, basisPoints: 10_000 }],
    });
    const batches = [await world.batch(first.orderId), await world.batch(second.orderId)];
    await world.fund(first, 10_000);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) =>
      world.activate(batches[at % 2]!, { first: Math.floor(at / 2), last: Math.floor(at / 2) })));
    expect(codes(answers)).toEqual({ 201: 10, insufficient_coverage: 10 });
    expect([await world.prefund(first), await guarded(first)]).toEqual([0, 0]);
  });

  it('wait for each other where they draw on the same cover, also from two orders', async () => {
    const first = await world.order({ count: 1 });
    const second = await world.order({
      programmeId: first.programmeId, count: 1, shares: [{ payerId: first.payerId, basisPoints: 10_000 }],
    });
    const batches = [await world.batch(first.orderId), await world.batch(second.orderId)] as const;
    await world.fund(first, 1_000);
    const open = await world.heldOpen((meta) => world.commands.execute(new ActivateRange(idOf('batch', plain(batches[0])), {}, meta)));
    const rival = world.activate(batches[1]);
    await open.rivalWaits(rival);
    await open.commit();
    expect(await rival).toMatchObject({ status: 409, body: { code: 'insufficient_coverage', details: { missingCents: 1_000 } } });
  });

  it('of one voucher: exactly one succeeds', async () => {
    const order = await world.order();
    const batchId = await world.batch(order.orderId);
    await world.fund(order, 10_000);
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.activate(batchId, { first: 3, last: 3 })));
    expect(codes(answers)).toEqual({ 201: 1, range_already_activated: 19 });
    expect(await world.prefund(order)).toBe(9_000);
  });

  it('with one Idempotency-Key: one activation, told twenty times', async () => {
    const order = await world.order();
    const batchId = await world.batch(order.orderId);
    await world.fund(order, 10_000);
    const key = '0190c2f4-7a10-7cc3-98c4-dc0c0c07398f';
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.activate(batchId, { first: 0, last: 1 }, key)));
    expect(answers.map(({ body }) => body)).toEqual(answers.map(() => answers[0]!.body));
    expect(answers[0]).toMatchObject({ status: 201, body: { first: 0, last: 1, amountCents: 2_000 } });
    expect(await world.prefund(order)).toBe(8_000);
    expect((await world.activate(batchId, { first: 0, last: 2 }, key)).body.code).toBe('idempotency_key_reused');
  });
});

describe('cover', () => {
  it('ends with the last cent: fund 100, activate 100, and one voucher more is refused', async () => {
    const order = await world.order();
    const batchId = await world.batch(order.orderId);
    await world.fund(order, 10_000);
    expect((await world.activate(batchId)).status).toBe(201);
    const more = await world.order({ programmeId: order.programmeId, count: 1, shares: [{ payerId: order.payerId, basisPoints: 10_000 }] });
    expect(await world.activate(await world.batch(more.orderId))).toMatchObject({
      status: 409, body: { code: 'insufficient_coverage', details: { missingCents: 1_000, neededCents: 1_000 } },
    });
  });

  it('is not made by an order, nor by all of it but a cent', async () => {
    const order = await world.order();
    const batchId = await world.batch(order.orderId);
    expect((await world.activate(batchId)).body).toMatchObject({ code: 'insufficient_coverage', details: { missingCents: 10_000 } });
    await world.fund(order, 9_999);
    expect((await world.activate(batchId)).body).toMatchObject({ code: 'insufficient_coverage', details: { missingCents: 1 } });
    await world.fund(order, 1);
    expect((await world.activate(batchId)).status).toBe(201);
  });

  it('of one payer does not help another: of a shared order, each bears its own part, to the cent', async () => {
    const payers = [await world.payer(), await world.payer(), await world.payer()];
    const shares = payers.map((payerId, at) => ({ payerId, basisPoints: at === 0 ? 3_334 : 3_333 }));
    const order = await world.order({ shares });
    const batchId = await world.batch(order.orderId);
    const [first, ...others] = order.shares;
    await world.fund(first!, 3_334);
    expect((await world.activate(batchId, { first: 0, last: 2 })).body).toMatchObject({ code: 'insufficient_coverage', details: { missingCents: 2_000 } });
    for (const share of others) await world.fund(share, 3_333);
    for (const range of [{ first: 0, last: 2 }, { first: 3, last: 3 }, { first: 4, last: 9 }]) {
      expect((await world.activate(batchId, range)).status).toBe(201);
    }
    const borne = await world.rows<{ sum: string }>(
      `select sum(s.amount_cents) from issuance.activation_share s join issuance.activation a on a.id = s.activation_id
       where a.batch_id = $1 group by s.payer_id order by s.payer_id`, [plain(batchId)],
    );
    expect(borne.map(({ sum }) => Number(sum))).toEqual([3_334, 3_333, 3_333]);
    for (const payerId of payers) expect(await world.prefund({ ...order, payerId })).toBe(0);
  });
});

describe('an activation', () => {
  it('posts one transfer per payer to redemption\'s clearing, under the id of its event (row 6)', async () => {
    const order = await world.order();
    const batchId = await world.batch(order.orderId);
    await world.fund(order, 10_000);
    const { body } = await world.activate(batchId, { first: 2, last: 4 });
    const event = (await world.emitted(RangeActivatedV1)).at(-1)!;
    expect(event.body).toEqual({
      activationId: plain(String(body['activationId'])), batchId: plain(batchId), first: 2, last: 4, amountCents: 3_000, currency: 'EUR',
      custodyAccountId: CUSTODY, shares: [{ payerId: plain(order.payerId), amountCents: 3_000 }],
    });
    expect(await world.rows('select rule, debit, credit, amount::int as amount from issuance.transfer where event_id = $1', [event.id])).toEqual([{
      rule: '6', debit: `prefund:${plain(order.programmeId)}:${plain(order.payerId)}`, credit: 'clearing:redemption', amount: 3_000,
    }]);
  });

  it('is spendable from the moment that redemption tells, however often it tells', async () => {
    const order = await world.order();
    const batchId = await world.batch(order.orderId);
    await world.fund(order, 10_000);
    const { body } = await world.activate(batchId);
    const spendable = { activationId: plain(String(body['activationId'])), batchId: plain(batchId), amountCents: 10_000, currency: 'EUR' as const };
    const shown = async () => (await world.get(`orders/${order.orderId}`)).body;
    expect(await shown()).toMatchObject({ activation: 'active', batches: [{ activatedCount: 10, spendableCount: 0 }] });
    await world.take(RangeSpendableV1, spendable);
    world.clock.set('2026-03-02T11:00:00.000Z');
    await world.take(RangeSpendableV1, spendable);
    world.clock.set(NOW);
    expect(await shown()).toMatchObject({ batches: [{ activatedCount: 10, spendableCount: 10 }] });
    expect(await world.rows('select spendable_at from issuance.activation where id = $1', [spendable.activationId])).toEqual([{ spendable_at: new Date(NOW) }]);
    await expect(world.take(RangeSpendableV1, { ...spendable, activationId: plain(batchId) })).rejects.toThrow('is not ours');
  });

  it.each<[string, number, string]>([['an unknown batch', 404, 'batch_not_found'], ['a range beyond the batch', 409, 'range_outside_batch'],
    ['a batch that is not loaded', 409, 'batch_not_loaded'], ['vouchers that nobody could use any more', 409, 'programme_ended']])(
    'is refused for %s', async (what, status, code) => {
      const order = await world.order();
      const loaded = await world.batch(order.orderId, 5);
      const { batchId } = await world.done(`orders/${order.orderId}/batches`, { count: 5 });
      if (what.includes('nobody')) world.clock.set('2026-12-31T23:00:00.000Z');
      const answer = what.includes('unknown') ? await world.activate(order.orderId.replace('ord_', 'bat_'))
        : what.includes('not loaded') ? await world.activate(String(batchId))
        : await world.activate(loaded, what.includes('beyond') ? { first: 0, last: 5 } : {});
      world.clock.set(NOW);
      await world.mint();
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    });
});
