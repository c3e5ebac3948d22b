import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { distributorMemberOf, IssuanceWorld, memberOf, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

const report = async ({ orderId }: Pick<PlacedOrder, 'orderId'>, query = '', as?: Parameters<typeof memberOf>[0]) =>
  (await world.get(`orders/${orderId}/report${query}`, ...(as ? [memberOf(as)] : []))).body;
const three = async () => {
  const payers = [await world.payer(), await world.payer(), await world.payer()];
  return payers.map((payerId, at) => ({ payerId, basisPoints: [5_000, 3_000, 2_000][at]!, ...(at === 0 && { capCents: 4_000 }) }));
};

describe('the report of an order', () => {
  it('says what was used of whose money, and adds up, to the end', async () => {
    const shares = await three();
    const order = await world.usedOrder([1_000, 1_000, 1_000], { shares });
    expect(await report(order)).toMatchObject({
      orderedCents: 10_000, activatedCents: 10_000, usedCents: 3_000, expiredCents: 0, spendableCents: 7_000, refundedCents: 0,
      shares: [
        { orderedCents: 4_000, usedCents: 1_200 }, { orderedCents: 3_600, usedCents: 1_080 }, { orderedCents: 2_400, usedCents: 720 },
      ],
      handedOver: [], stateAtMostCents: null,
    });
    const own = await report(order, '', shares[1]!.payerId) as { shares: unknown[] };
    expect(own.shares).toMatchObject([{ payerId: shares[1]!.payerId, usedCents: 1_080 }]);
    expect((await report(order, '', await world.payer()))['code']).toBe('order_not_found');
  });

  it('has what was ordered back of what expired, as all signed it', async () => {
    const order = await world.signedOrder({ shares: await three() });
    await world.done('refunds', { statementId: order.statementId });
    const shown = await report(order) as { shares: { expiredCents: number; refundedCents: number }[] };
    expect(shown).toMatchObject({ usedCents: 2_000, expiredCents: 8_000, refundedCents: 8_000, spendableCents: 0 });
    for (const share of shown.shares) expect(share.refundedCents).toBe(share.expiredCents);
    world.clock.set('2026-03-02T10:00:00.000Z');
  });

  it('has what went back of a cancelled order', async () => {
    const order = await world.coFunded();
    for (const share of order.shares) await world.fund(share, share.amountCents);
    await world.done(`orders/${order.orderId}/cancellation`, { reason: 'test' });
    expect(await report(order)).toMatchObject({
      activatedCents: 0, refundedCents: 10_000, shares: [{ refundedCents: 6_000 }, { refundedCents: 4_000 }],
    });
  });

  it('answers the rule of 2020, and lists to which publics vouchers went', async () => {
    const programmeId = await world.programme({ faceCents: 1_000_000 });
    const order = await world.usedOrder([1_000_000, 1_000_000], { programmeId, count: 10 });
    await world.done(`batches/${order.batchId}/print-files`, { format: 'csv' });
    const distributorId = await world.distributor();
    const as = distributorMemberOf(distributorId);
    await world.done(`deliveries/${await world.ship(order.batchId, distributorId)}/receipts`, {}, as);
    await world.done('hand-overs', { handOvers: [
      { batchId: order.batchId, first: 0, last: 2, publicCategory: 'seniors' }, { batchId: order.batchId, first: 3, last: 3 },
    ] }, as);
    expect(await report(order, '?usedByPicCents=1000000')).toMatchObject({
      stateAtMostCents: 1_000_000, handedOver: [{ publicCategory: 'seniors', count: 3 }, { publicCategory: null, count: 1 }],
    });
    expect((await report(order, '?usedByPicCents=999999'))['code']).toBe('publics_outside_rule');
  });
});

describe('a co-funding proposal', () => {
  it('is what a draft takes, and commits nobody', async () => {
    const [state, council, foundation] = [await world.payer(), await world.payer(), await world.payer()];
    const asked = {
      rule: 'state_2019', totalCents: 10_000, state: {
        payerId: state, localNetwork: true, hub: false, jointPurchase: true, europeanFunds: false, territoryBasisPoints: 500,
      },
      others: [{ payerId: council, basisPoints: 6_000 }, { payerId: foundation, basisPoints: 4_000 }],
    };
    const { status, body } = await world.post('orders/co-funding-proposal', { body: asked });
    expect([status, body]).toMatchObject([200, { sharing: 'pro_rata', shares: [
      { payerId: state, basisPoints: 5_000, capCents: 120_000_000, amountCents: 5_000 },
      { basisPoints: 3_000, amountCents: 3_000 }, { basisPoints: 2_000 },
    ] }]);
    const shares = (body['shares'] as { amountCents: number }[]).map(({ amountCents, ...share }) => share);
    expect((await world.draft({ shares, sharing: body['sharing'] })).payerIds).toEqual([state, council, foundation]);
    const twice = await world.post('orders/co-funding-proposal', { body: { ...asked, others: [{ payerId: state, basisPoints: 10_000 }] } });
    expect(twice.status).toBe(400);
  });
});
