// Orders by what somebody has in hand: a reference as it stands on a bank statement, or an amount. Over HTTP, on a real database.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IssuanceWorld, memberOf, OPERATOR, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let shared: PlacedOrder;
let other: PlacedOrder;
beforeAll(async () => {
  world = await IssuanceWorld.create();
  shared = await world.coFunded();
  other = await world.order({ count: 7 });
});
afterAll(() => world.close());

const found = async (question: Record<string, string>, as = OPERATOR) => {
  const { body } = await world.get(`orders?${new URLSearchParams(question)}`, as);
  return (body['items'] as { orderId: string }[]).map(({ orderId }) => orderId);
};

describe('orders', () => {
  it('are found by the reference of any share, whatever its case and spaces', async () => {
    for (const { reference } of shared.shares) {
      expect(await found({ reference: `${reference.slice(0, 4).toLowerCase()} ${reference.slice(4)}` })).toEqual([shared.orderId]);
    }
    expect(await found({ reference: 'RF00' })).toEqual([]);
  });

  it('are found by a payer under its own reference, and under that of another payer by nobody but the operator', async () => {
    const [own, others] = shared.shares;
    expect(await found({ reference: own!.reference }, memberOf(own!.payerId))).toEqual([shared.orderId]);
    expect(await found({ reference: others!.reference }, memberOf(own!.payerId))).toEqual([]);
    expect(await found({ reference: other.shares[0]!.reference }, memberOf(own!.payerId))).toEqual([]);
  });

  it('are found by an amount, both bounds included', async () => {
    const { amountCents } = (await world.get(`orders/${other.orderId}`, OPERATOR)).body as { amountCents: number };
    const between = (from: number, to: number) => found({ amountCentsFrom: String(from), amountCentsTo: String(to) });
    expect(await between(amountCents, amountCents)).toEqual([other.orderId]);
    expect(await between(amountCents + 1, amountCents + 1)).toEqual([]);
    expect((await found({ amountCentsFrom: '0' })).length).toBe(2);
    expect((await world.get('orders?amountCentsFrom=lots', OPERATOR)).status).toBe(400);
  });
});
