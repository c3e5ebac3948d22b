import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchCreatedV1, RedemptionUndoneV1, VoucherRedeemedV1, VoucherReplacedV1 } from '#libs/contracts';
import { CUSTODY, IssuanceWorld, plain, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

async function stopped(): Promise<{ order: PlacedOrder; batchId: string }> {
  const order = await world.order();
  const batchId = await world.batch(order.orderId);
  await world.spendable(order, batchId);
  await world.stop(batchId, [{ first: 0, last: 5 }, { first: 4, last: 9 }]);
  return { order, batchId };
}
const replace = (batchId: string, first: number, last: number, key?: string) =>
  world.post(`batches/${batchId}/replacements`, { body: { first, last }, ...(key && { key }) });
const batchesOf = async ({ orderId }: PlacedOrder) => (await world.get(`orders/${orderId}`)).body as unknown as {
  mintedCount: number; batches: { batchId: string; count: number; replacedBatchId: string | null; movedCount: number | null }[];
};
const replaced = (made: string, batchId: string, over: object = {}) => world.take(VoucherReplacedV1, {
  replacementBatchId: plain(made), batchId: plain(batchId), first: 2, last: 4, count: 2, amountCents: 2_000, currency: 'EUR', ...over,
});

describe('a replacement', () => {
  it('is a batch of as many vouchers of the same order, not counted among those ordered', async () => {
    const { order, batchId } = await stopped();
    const { status, body } = await replace(batchId, 2, 4);
    expect([status, body]).toEqual([201, { batchId: expect.stringMatching(/^bat_/), replacedBatchId: batchId, first: 2, last: 4, count: 3 }]);
    const [told] = (await world.emitted(BatchCreatedV1)).slice(-1);
    expect(told!.body).toMatchObject({
      batchId: plain(String(body['batchId'])), orderId: plain(order.orderId), count: 3, faceCents: 1_000, usableUntil: '2026-12-31',
      claimableUntil: '2027-01-31', replaces: { batchId: plain(batchId), first: 2 },
    });
    const shown = await batchesOf(order);
    expect(shown.mintedCount).toBe(10);
    expect(shown.batches.map(({ count, replacedBatchId, movedCount }) => [count, replacedBatchId, movedCount]))
      .toEqual([[10, null, null], [3, batchId, null]]);
    await world.mint();
    expect(await world.rows('select count from issuance.chunk where batch_id = $1', [plain(String(body['batchId']))])).toEqual([{ count: 3 }]);
  });

  it('keeps what redemption moved to it, once', async () => {
    const { order, batchId } = await stopped();
    const made = String((await replace(batchId, 2, 4)).body['batchId']);
    await expect(replaced(made, batchId, { last: 5 })).rejects.toThrow('no replacement of ours');
    await replaced(made, batchId);
    expect((await batchesOf(order)).batches[1]).toMatchObject({ movedCount: 2 });
    await expect(replaced(made, batchId, { count: 3 })).rejects.toThrow('known already');
  });

  it('is made once of each voucher, also when ten ask at once for ranges that touch', async () => {
    const { batchId } = await stopped();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => replace(batchId, at % 3, 5 + (at % 3))));
    expect(answers.map(({ body }) => body.code ?? 'made').sort()).toEqual(['made', ...Array.from({ length: 9 }, () => 'range_already_replaced')].sort());
  });

  it('may itself be replaced, once something has moved to it', async () => {
    const { batchId } = await stopped();
    const made = String((await replace(batchId, 2, 4)).body['batchId']);
    await world.stop(made, [{ first: 0, last: 2 }]);
    expect((await replace(made, 0, 2)).body.code).toBe('range_not_spendable');
    await replaced(made, batchId);
    expect((await replace(made, 0, 2)).status).toBe(201);
  });

  it('needs every voucher of the range stopped and spendable', async () => {
    const order = await world.order();
    const batchId = await world.batch(order.orderId);
    await world.fund(order, 10_000);
    await world.activate(batchId, { first: 0, last: 8 });
    await world.stop(batchId, [{ first: 1, last: 9 }]);
    expect((await replace(batchId, 1, 8)).body.code).toBe('range_not_spendable');
  });

  it('is refused by the database as well: activated, of another order, of another count', async () => {
    const { batchId } = await stopped();
    const made = plain(String((await replace(batchId, 2, 4)).body['batchId']));
    const other = plain(await world.batch((await world.order()).orderId));
    const attempt = (sql: string, values: unknown[]) => world.work.client.$executeRawUnsafe(sql, ...values);
    const insert = `insert into issuance.replacement (batch_id, replaced_batch_id, first, last, requested_by, requested_at)
      values ($1::uuid, $2::uuid, $3, $4, 'x', now())`;
    await expect(attempt(insert, [other, plain(batchId), 5, 6])).rejects.toThrow('is no replacement of');
    await expect(attempt(insert, [other, plain(batchId), 0, 9])).rejects.toThrow('is no replacement of');
    await expect(attempt(
      `insert into issuance.activation (id, batch_id, batch_count, face_cents, first, last, amount_cents, currency, activated_by, activated_at)
       values ($1::uuid, $2::uuid, 3, 1000, 0, 2, 3000, 'EUR', 'x', now())`, [world.newId(), made])).rejects.toThrow('is not activated');
  });
});

describe('what was redeemed of a batch', () => {
  it('is without what was undone, in whatever order the two are heard', async () => {
    const order = await world.order();
    const batchId = plain(await world.batch(order.orderId));
    const ids = { redemptionId: world.newId(), voucherId: world.newId(), programmeId: world.newId(), batchId, placeId: world.newId() };
    await world.take(RedemptionUndoneV1, { ...ids, amountCents: 1_000, currency: 'EUR', custodyAccountId: CUSTODY, reason: 'scanned_twice', to: 'balance' });
    const redeemed = {
      ...ids, siteId: world.newId(), amountCents: 1_000, currency: 'EUR' as const, coPaymentCents: 0, serviceDate: '2026-03-10',
      redeemedAt: '2026-03-10T09:30:00.000Z', accreditationVersion: 1, feeRuleVersion: 1, custodyAccountId: CUSTODY,
    };
    await world.take(VoucherRedeemedV1, redeemed);
    await world.take(VoucherRedeemedV1, { ...redeemed, redemptionId: world.newId() });
    expect((await batchesOf(order)).batches[0]).toMatchObject({ redeemedCount: 1, redeemedCents: 1_000 });
  });
});
