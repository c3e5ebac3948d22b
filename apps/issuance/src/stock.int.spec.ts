// From the printer to a citizen, as ranges: every voucher is in one place, whoever moves it and however many at once.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { BatchKeyDestroyedV1, PrintFileTakenV1, RangeHandedOverV1, RangeLostV1, RangeReceivedV1, RangeReturnedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { AUDITOR, distributorMemberOf, IssuanceWorld, plain } from '../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

type Stocked = Readonly<{ batchId: string; distributorId: string; deliveryId: string; as: Principal }>;
const shipped = async (range: object = {}, given?: string): Promise<Stocked> => {
  const [batchId, distributorId] = [given ?? await world.printedBatch(), await world.distributor()];
  return { batchId, distributorId, as: distributorMemberOf(distributorId), deliveryId: await world.ship(batchId, distributorId, range) };
};
const inStock = async (range: object = {}): Promise<Stocked> => {
  const all = await shipped(range);
  await world.done(`deliveries/${all.deliveryId}/receipts`, {}, all.as);
  return all;
};
const handOver = (as: Principal, handOvers: object[], key: string = randomUUID()) => world.post('hand-overs', { body: { handOvers }, as, key });
const booklet = (batchId: string, first: number, last = first) => ({ batchId, booklets: { first, last } });
const stockOf = async (as: Principal) => ((await world.get('stock', as)).body as unknown as { items: Record<string, unknown>[] }).items;
const counts = (vouchers: number, booklets: number) => ({ vouchers, booklets });
const bodiesOf = async (contract: Parameters<typeof world.emitted>[0], batchId: string) =>
  (await world.emitted(contract)).map(({ body }) => body as Record<string, unknown>).filter((body) => body['batchId'] === plain(batchId));
const keyOf = async (batchId: string) =>
  (await world.rows<{ wrapped_key: Buffer | null }>('select wrapped_key from issuance.batch where id = $1', [plain(batchId)]))[0]!.wrapped_key;

describe('a delivery', () => {
  it('splits a batch over three distributors, each voucher to one of them', async () => {
    const batchId = await world.printedBatch();
    const first = await shipped({ booklets: { first: 1, last: 4 } }, batchId);
    const second = await shipped({ booklets: { first: 5, last: 7 } }, batchId);
    const third = await shipped({ first: 70, last: 99 }, batchId);
    expect((await Promise.all([first, second, third].map(({ as }) => stockOf(as)))).flat().map(({ inTransit }) => inTransit)).toEqual([
      counts(40, 4), counts(30, 3), counts(30, 3),
    ]);
    expect(await world.post(`batches/${batchId}/deliveries`, { body: { distributorId: first.distributorId, first: 39, last: 40 } })).toMatchObject({
      status: 409, body: { code: 'range_already_shipped', details: { first: 0, last: 39 } },
    });
  });

  it('goes to one of two that ask for it at once', async () => {
    const [batchId, distributorId] = [await world.printedBatch(), await world.distributor()];
    const ask = () => world.post(`batches/${batchId}/deliveries`, { body: { distributorId, first: 10, last: 49 } });
    expect((await Promise.all([ask(), ask(), ask(), ask()])).map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('may only take what was printed, in one file or several', async () => {
    const batchId = await world.batch((await world.order({ count: 30 })).orderId);
    const ship = async () => (await world.post(`batches/${batchId}/deliveries`, { body: { distributorId: await world.distributor() } })).body.code;
    await world.done(`batches/${batchId}/print-files`, { format: 'csv', first: 0, last: 14 });
    await world.done(`batches/${batchId}/print-files`, { format: 'csv', first: 16, last: 29 });
    expect(await ship()).toBe('range_not_printed');
    await world.done(`batches/${batchId}/print-files`, { format: 'pdf', first: 15, last: 15 });
    expect(await ship()).toBeUndefined();
  });

  it('arrives in parts: what did not arrive stays under way, and cannot be handed over', async () => {
    const { batchId, deliveryId, distributorId, as } = await shipped();
    const ranges = [{ booklets: { first: 1, last: 3 } }, { first: 50, last: 54 }];
    const answer = await world.post(`deliveries/${deliveryId}/receipts`, { body: { ranges }, as });
    expect([answer.status, answer.body]).toEqual([201, {
      deliveryId, batchId, inTransitCount: 65, keyDestroyed: false, missing: [{ first: 30, last: 49 }, { first: 55, last: 99 }],
      parts: [[0, 29], [50, 54]].map(([first, last]) => ({ deliveryOutcomeId: expect.stringMatching(/^dlo_/), first, last })),
    }]);
    expect(await stockOf(as)).toMatchObject([
      { inTransit: counts(65, 6), inStock: counts(35, 3), lost: counts(0, 0), handedOver: counts(0, 0) },
    ]);
    expect((await handOver(as, [booklet(batchId, 4)])).body).toMatchObject({
      code: 'range_not_in_stock', details: { position: 0, first: 30, last: 39 },
    });
    expect(await bodiesOf(RangeReceivedV1, batchId)).toMatchObject([
      { deliveryId: plain(deliveryId), distributorId: plain(distributorId), first: 0, last: 29 }, { first: 50, last: 54 },
    ]);
    const [shown] = ((await world.get('deliveries', as)).body as unknown as { items: object[] }).items;
    expect(shown).toMatchObject({ deliveryId, receivedCount: 35, lostCount: 0, inTransitCount: 65 });
  });

  it('is received once, though operator and distributor confirm it at once', async () => {
    const { batchId, deliveryId, as } = await shipped();
    const path = `deliveries/${deliveryId}/receipts`;
    const answers = await Promise.all([world.post(path, { as }), world.post(path), world.post(path, { as }), world.post(path)]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'range_not_in_transit', 'range_not_in_transit', 'range_not_in_transit']);
    expect(await bodiesOf(RangeReceivedV1, batchId)).toHaveLength(1);
  });

  it('belongs to its distributor: another neither sees nor confirms it, and gives up nothing', async () => {
    const { deliveryId, as } = await shipped();
    const stranger = distributorMemberOf(await world.distributor());
    expect(await world.post(`deliveries/${deliveryId}/receipts`, { as: stranger })).toMatchObject({ status: 404, body: { code: 'delivery_not_found' } });
    expect((await world.get('deliveries', stranger)).body['items']).toEqual([]);
    expect(await world.post(`deliveries/${deliveryId}/losses`, { as })).toMatchObject({ status: 404, body: { code: 'delivery_not_found' } });
  });
});

describe('the key of a batch', () => {
  it('ends with the last receipt, for ever; then nothing can be written out again, under an old key of a request neither', async () => {
    const request = randomUUID();
    const batchId = await world.batch((await world.order({ count: 20 })).orderId);
    const print = (key?: string) => world.post(`batches/${batchId}/print-files`, { body: { format: 'json' }, ...(key && { key }) });
    expect((await print(request)).status).toBe(200);
    const one = await shipped({ last: 9 }, batchId);
    const other = await shipped({ first: 10 }, batchId);
    expect((await world.post(`deliveries/${one.deliveryId}/receipts`)).body).toMatchObject({ keyDestroyed: false });
    expect(await keyOf(batchId)).toBeInstanceOf(Buffer);
    expect((await print()).status).toBe(200);
    const told = (await bodiesOf(PrintFileTakenV1, batchId)).length;
    expect((await world.post(`deliveries/${other.deliveryId}/receipts`)).body).toMatchObject({ keyDestroyed: true });
    expect([await keyOf(batchId), await bodiesOf(BatchKeyDestroyedV1, batchId)]).toEqual([null, [{ batchId: plain(batchId) }]]);
    expect([(await print()).body.code, (await print(request)).body.code]).toEqual(['batch_key_destroyed', 'batch_key_destroyed']);
    expect(await bodiesOf(PrintFileTakenV1, batchId)).toHaveLength(told);
  });

  it('ends too when the rest is given up as lost', async () => {
    const { batchId, deliveryId } = await shipped();
    await world.done(`deliveries/${deliveryId}/receipts`, { ranges: [{ first: 0, last: 89 }] });
    expect((await world.post(`deliveries/${deliveryId}/losses`)).body).toMatchObject({ parts: [{ first: 90, last: 99 }], keyDestroyed: true });
    expect(await bodiesOf(RangeLostV1, batchId)).toMatchObject([{ first: 90, last: 99 }]);
  });
});

describe('a hand-over', () => {
  it('takes two hundred booklets in one call, and tells redemption of each', async () => {
    const batchId = await world.printedBatch(2_000);
    const { as, deliveryId, distributorId } = await shipped({}, batchId);
    await world.done(`deliveries/${deliveryId}/receipts`, {}, as);
    const list = Array.from({ length: 200 }, (_, at) => ({ ...booklet(batchId, at + 1), inseeCode: '42218', publicCategory: 'seniors' }));
    const answer = await handOver(as, list);
    expect([answer.status, (answer.body['handOvers'] as object[]).length]).toEqual([201, 200]);
    expect((answer.body['handOvers'] as object[]).at(-1)).toMatchObject({ position: 199, batchId, first: 1_990, last: 1_999 });
    expect(await bodiesOf(RangeHandedOverV1, batchId)).toHaveLength(200);
    expect(await stockOf(as)).toMatchObject([{ distributorId, bookletSize: 10, inStock: counts(0, 0), handedOver: counts(2_000, 200) }]);
    const [order] = await world.rows<{ order_id: string }>('select order_id from issuance.batch where id = $1', [plain(batchId)]);
    expect((await world.get(`orders/ord_${order!.order_id}`)).body).toMatchObject({ batches: [{ bookletSize: 10, handedOverCount: 2_000 }] });

    const page = (cursor: string) => world.get(`hand-overs?limit=120&batchId=${batchId}${cursor}`, AUDITOR);
    const [first] = [(await page('')).body as unknown as { items: { inseeCode: string }[]; nextCursor: string }];
    const second = (await page(`&cursor=${first.nextCursor}`)).body as unknown as { items: object[]; nextCursor: null };
    expect([first.items.length, second.items.length, second.nextCursor, first.items[0]]).toEqual([
      120, 80, null, expect.objectContaining({ inseeCode: '42218', publicCategory: 'seniors', distributorId, returnedAt: null }),
    ]);
  });

  it('of a list is made whole or not at all', async () => {
    const { batchId, as } = await inStock();
    const { body } = await handOver(as, [booklet(batchId, 1), booklet(batchId, 2), booklet(batchId, 1, 2)]);
    expect(body).toMatchObject({ code: 'range_not_in_stock', details: { position: 2, first: 0, last: 19 } });
    expect([await bodiesOf(RangeHandedOverV1, batchId), (await stockOf(as))[0]]).toMatchObject([[], { handedOver: counts(0, 0) }]);
  });

  it('happens once per voucher, though four people hand it over at once', async () => {
    const { batchId, as } = await inStock();
    const answers = await Promise.all([1, 2, 3, 4].map(() => handOver(as, [booklet(batchId, 5)])));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('is told the same answer for the same key, and done once', async () => {
    const { batchId, as } = await inStock();
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => handOver(as, [booklet(batchId, 5)], key)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [201, answers[0]!.body]));
    expect(await bodiesOf(RangeHandedOverV1, batchId)).toHaveLength(1);
  });

  it('of a range that came in two parts is two, out of each its own', async () => {
    const { batchId, deliveryId, as } = await shipped();
    await world.done(`deliveries/${deliveryId}/receipts`, { ranges: [{ first: 0, last: 14 }] }, as);
    await world.done(`deliveries/${deliveryId}/receipts`, {}, as);
    expect((await handOver(as, [booklet(batchId, 2)])).body['handOvers']).toMatchObject([
      { position: 0, first: 10, last: 14 }, { position: 0, first: 15, last: 19 },
    ]);
  });

  it('takes only out of one\'s own stock; whoever never got anything of a batch is not told that there is one', async () => {
    const { batchId } = await inStock({ first: 0, last: 49 });
    const beside = await shipped({ first: 50, last: 99 }, batchId);
    const stranger = distributorMemberOf(await world.distributor());
    expect((await handOver(beside.as, [booklet(batchId, 1)])).body).toMatchObject({ code: 'range_not_in_stock' });
    expect((await handOver(stranger, [booklet(batchId, 1)])).body).toMatchObject({ code: 'batch_not_found' });
    expect((await world.post('hand-overs', { body: { handOvers: [booklet(batchId, 1)] } })).body).toMatchObject({ code: 'role_missing' });
  });

  it('that is taken back is in stock again, and may be made anew', async () => {
    const { batchId, distributorId, as } = await inStock();
    const made = (await handOver(as, [booklet(batchId, 3)])).body['handOvers'] as { handOverId: string }[];
    const path = `hand-overs/${made[0]!.handOverId}/returns`;
    expect((await world.post(path, { as: distributorMemberOf(await world.distributor()) })).body.code).toBe('hand_over_not_found');
    const answers = await Promise.all([world.post(path, { as }), world.post(path, { as })]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'hand_over_returned']);
    expect(await bodiesOf(RangeReturnedV1, batchId)).toEqual([
      { handOverId: plain(made[0]!.handOverId), batchId: plain(batchId), distributorId: plain(distributorId), first: 20, last: 29 },
    ]);
    expect((await stockOf(as))[0]).toMatchObject({ inStock: counts(100, 10), handedOver: counts(0, 0) });
    expect((await handOver(as, [booklet(batchId, 3)])).status).toBe(201);
  });

  it('names no person: what is not asked for is refused', async () => {
    const { batchId, as } = await inStock();
    for (const over of [{ name: 'Mme Durand' }, { publicCategory: 'Mme Durand' }, { inseeCode: '4221' }, { first: 0 }]) {
      expect((await handOver(as, [{ ...booklet(batchId, 1), ...over }])).status).toBe(400);
    }
    expect((await handOver(as, [{ batchId }])).status).toBe(400);
  });
});

describe('all this', () => {
  it('breaks no invariant of issuance', async () => {
    const local = CATALOGUE.filter(({ schema }) => schema === 'issuance');
    expect((await inspect(world.database.urlFor('issuance'), local)).broken).toEqual([]);
  });

  it('shows stock page by page', async () => {
    const all = ((await world.get('stock?limit=200')).body as unknown as { items: { batchId: string; distributorId: string }[] }).items;
    const seen: object[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { items, nextCursor } = (await world.get(`stock?limit=3${cursor && `&cursor=${cursor}`}`)).body as unknown as { items: object[]; nextCursor: string | null };
      seen.push(...items);
      cursor = nextCursor;
    }
    expect(seen).toEqual(all);
    expect(all.length).toBeGreaterThan(3);
  });
});
