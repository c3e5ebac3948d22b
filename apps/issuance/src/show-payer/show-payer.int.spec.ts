// One payer over HTTP, on a real database: its own part of shared orders, by programme.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IssuanceWorld, memberOf, OPERATOR, plain } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
/** Of the end that a signed statement is drawn up at. */
const BEFORE = '2026-03-02T10:00:00.000Z';
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

type Standing = { programmeId: string; name: string } & Record<string, number>;
const standing = async (payerId: string): Promise<Standing[]> => (await world.get(`payers/${payerId}`, OPERATOR)).body['programmes'] as Standing[];

describe('one payer', () => {
  it('has its own part of what was ordered, paid, used, expired and is out, which add up', async () => {
    const payers = [await world.payer(), await world.payer()];
    const shares = payers.map((payerId, at) => ({ payerId, basisPoints: at === 0 ? 6_000 : 4_000 }));
    const order = await world.usedOrder([1_000, 1_000], { shares });
    await world.expire(order.batchId, [3_000]);
    const waiting = await world.order({ programmeId: order.programmeId, count: 1, shares: [{ payerId: payers[0]!, basisPoints: 10_000 }] });
    const [own, ...others] = await standing(payers[0]!);
    expect(others).toEqual([]);
    expect(own).toEqual({
      programmeId: order.programmeId, name: 'Numérique pour tous', orders: 2, orderedCents: 7_000, paidCents: 6_000, missingCents: 1_000, availableCents: 0,
      activatedCents: 6_000, usedCents: 1_200, spendableCents: 3_000, expiredCents: 1_800, refundedCents: 0,
    });
    expect((await standing(payers[1]!))[0]).toMatchObject({
      orders: 1, orderedCents: 4_000, activatedCents: 4_000, usedCents: 800, spendableCents: 2_000, expiredCents: 1_200,
    });
    const listed = async (question: string, as = OPERATOR) => ((await world.get(question, as)).body['items'] as { orderId: string; shares: unknown[] }[]);
    expect((await listed(`orders?payerId=${payers[0]}`)).map(({ orderId }) => orderId).sort()).toEqual([order.orderId, waiting.orderId].sort());
    expect((await listed(`orders?payerId=${payers[1]}`)).map(({ orderId, shares }) => [orderId, shares.length])).toEqual([[order.orderId, 1]]);
    expect(await listed(`orders?payerId=${payers[1]}`, memberOf(payers[0]!))).toEqual([]);
  });

  it('has what was ordered back to it, and its refunds are listed alone', async () => {
    const signed = await world.signedOrder();
    world.clock.set(BEFORE);
    const other = await world.signedOrder();
    for (const { statementId } of [signed, other]) await world.done('refunds', { statementId });
    expect((await standing(signed.payerId))[0])
      .toMatchObject({ usedCents: 2_000, expiredCents: 8_000, spendableCents: 0, refundedCents: 8_000 });
    const refunds = async (as = OPERATOR) => ((await world.get(`refunds?payerId=${signed.payerId}`, as)).body['items'] as { payerId: string; amountCents: number }[]);
    expect((await refunds()).map(({ payerId, amountCents }) => [payerId, amountCents])).toEqual([[signed.payerId, 8_000]]);
    expect(await refunds(memberOf(other.payerId))).toEqual([]);
    world.clock.set(BEFORE);
  });

  it('is unknown under another id, and has no programme before its first order', async () => {
    const payerId = await world.payer();
    expect(await standing(payerId)).toEqual([]);
    const unknown = `${payerId.slice(0, 4)}${plain(payerId).replace(/^.{8}/, '00000000')}`;
    expect((await world.get(`payers/${unknown}`, OPERATOR))).toMatchObject({ status: 404, body: { code: 'payer_not_found' } });
    expect((await world.get(`payers/${payerId}`, memberOf(payerId))).status).toBe(403);
  });
});
