import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchCreatedV1 } from '#libs/contracts';
import { IssuanceWorld, plain } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

const create = (orderId: string, count: number | null = null, key: string = randomUUID()) =>
  world.post(`orders/${orderId}/batches`, { body: { count }, key });

describe('a batch', () => {
  it('is announced with everything that redemption needs, and with no key', async () => {
    const order = await world.order();
    const { status, body } = await create(order.orderId);
    expect([status, body]).toEqual([201, { batchId: expect.stringMatching(/^bat_/), orderId: order.orderId, count: 10, bookletSize: 10, chunks: 1 }]);
    const [event] = (await world.emitted(BatchCreatedV1)).slice(-1);
    expect(event!.body).toEqual({
      batchId: plain(String(body['batchId'])), orderId: plain(order.orderId), programmeId: plain(order.programmeId), count: 10, bookletSize: 10, chunks: 1,
      faceCents: 1_000, currency: 'EUR', kind: 'unit', ruleVersion: 1, usableUntil: '2026-12-31', claimableUntil: '2027-01-31',
      custodyAccountId: '01900000-0000-7000-8000-0000000000aa', pepperKeyId: 'published',
      serialPermutationId: expect.stringMatching(/^published\./), serialLabel: expect.stringMatching(/^[0-9A-Z]{8}$/),
    });
  });

  it('keeps its key wrapped: the row opens with the wrapping key only', async () => {
    const { orderId } = await world.order();
    const { body } = await create(orderId);
    const [row] = await world.rows<{ wrapped_key: Buffer; wrapping_key_id: string }>(
      'select wrapped_key, wrapping_key_id from issuance.batch where id = $1', [plain(String(body['batchId']))]);
    const opened = world.keyring.unwrap({ keyId: row!.wrapping_key_id, wrapped: row!.wrapped_key });
    expect([opened.length, row!.wrapped_key.includes(opened)]).toEqual([32, false]);
  });

  it('never takes more than was ordered, also when ten ask at once', async () => {
    const { orderId } = await world.order();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(orderId, 3)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 201, 201, ...Array.from({ length: 7 }, () => 'order_fully_minted')]);
    expect((await create(orderId)).body).toMatchObject({ count: 1 });
    expect((await create(orderId)).body).toMatchObject({ code: 'order_fully_minted', details: { orderedCount: 10, mintedCount: 10 } });
  });

  it('is made once for one Idempotency-Key', async () => {
    const { orderId } = await world.order();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(orderId, 5, key)));
    expect(new Set(answers.map(({ body }) => body['batchId'])).size).toBe(1);
    expect((await world.get(`orders/${orderId}`)).body).toMatchObject({ mintedCount: 5 });
  });

  it('needs an order', async () => {
    expect(await create(`ord_${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'order_not_found' } });
  });
});
