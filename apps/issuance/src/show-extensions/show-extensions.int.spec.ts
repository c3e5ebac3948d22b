// What was proposed to payers, read by the operator, by the payers of the order and by nobody else. Over HTTP, on a real database.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDITOR, IssuanceWorld, memberOf, OPERATOR } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => {
  world = await IssuanceWorld.create();
});
afterAll(() => world.close());

type Shown = Readonly<{ extensionId: string; state: string; payers: readonly Readonly<{ payerId: string; agreedAt: string | null }>[] }>;
const listed = async (as: typeof OPERATOR, question = '') => (await world.get(`extensions${question}`, as)).body['items'] as Shown[];

describe('extensions', () => {
  it('are shown with who has agreed, until they are in force', async () => {
    const order = await world.coFunded();
    const [first, second] = order.shares.map(({ payerId }) => payerId);
    const { extensionId } = await world.done('extensions', { orderId: order.orderId, usableUntil: '2028-12-31', claimableUntil: '2029-01-31' });
    expect(await listed(OPERATOR)).toMatchObject([{
      extensionId, state: 'to_agree', asked: { usableUntil: '2028-12-31' }, payers: [{ payerId: first, agreedAt: null }, { payerId: second, agreedAt: null }],
    }]);
    await world.done(`extensions/${String(extensionId)}/agreements`, {}, memberOf(first!));
    const [seen] = await listed(memberOf(second!));
    expect([seen?.state, seen?.payers.map(({ agreedAt }) => agreedAt !== null)]).toEqual(['to_agree', [true, false]]);
    await world.done(`extensions/${String(extensionId)}/agreements`, {}, memberOf(second!));
    expect(await listed(AUDITOR, `?extensionId=${String(extensionId)}`)).toMatchObject([{ state: 'in_force', now: { usableUntil: '2028-12-31' } }]);
  });

  it('are of nobody who has no share of the order, whatever is asked', async () => {
    const [extended, other] = [await world.order({}), await world.order({})];
    await world.done('extensions', { orderId: extended.orderId, usableUntil: '2028-12-31', claimableUntil: '2029-01-31' });
    const stranger = memberOf(other.shares[0]!.payerId);
    expect([await listed(stranger), await listed(stranger, `?orderId=${extended.orderId}`)]).toEqual([[], []]);
    expect((await listed(OPERATOR, `?orderId=${extended.orderId}`)).length).toBe(1);
  });
});
