// What a distributor does with its stock besides handing it over: desks, transfers, losses, lists, replacements; and what
// others can see of it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { BatchKeyDestroyedV1, RangeGivenBackV1, RangeReceivedV1, RangeWrittenOffV1, RedemptionUndoneV1, VoucherChunkLoadedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { AUDITOR, distributorMemberOf, IssuanceWorld, memberOf, NOW, plain, type PlacedOrder } from '../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

type Stocked = Readonly<{ batchId: string; distributorId: string; deliveryId: string; as: Principal; order: PlacedOrder }>;
/** A batch of which all, or a range, is in the stock of a new distributor. */
async function inStock(range: object = {}, count = 100, over: object = {}): Promise<Stocked> {
  const order = await world.order({ count, ...over });
  const { batchId } = await world.done(`orders/${order.orderId}/batches`, { bookletSize: 10 });
  await world.mint();
  await world.take(VoucherChunkLoadedV1, { batchId: plain(String(batchId)), chunk: 0, count });
  await world.done(`batches/${String(batchId)}/print-files`, { format: 'csv' });
  const distributorId = await world.distributor();
  const deliveryId = await world.ship(String(batchId), distributorId, range);
  const as = distributorMemberOf(distributorId);
  await world.done(`deliveries/${deliveryId}/receipts`, {}, as);
  return { batchId: String(batchId), distributorId, deliveryId, as, order };
}
const partsOf = async (batchId: string) => {
  const { parts } = (await world.get(`batches/${batchId}/places`)).body as unknown as { parts: { place: string; vouchers: number; distributorId: string | null }[] };
  return parts.map(({ place, vouchers }) => `${place} ${vouchers}`);
};
const send = (as: Principal, batchId: string, to: object, over: object = {}) => world.post('transfers', { body: { batchId, to, ...over }, as });
const bodiesOf = async (contract: Parameters<typeof world.emitted>[0], batchId: string) =>
  (await world.emitted(contract)).map(({ body }) => body as Record<string, unknown>).filter((body) => body['batchId'] === plain(batchId));
const serialOf = async (batchId: string, index: number) => {
  const [row] = await world.rows<{ id: string }>('select serial_permutation_id as id from issuance.batch where id = $1', [plain(batchId)]);
  const serials = world.keyring.serials(row!.id);
  return { serial: serials.serialOf(index), booklet: serials.bookletNumberOf(Math.floor(index / 10)) };
};
const redeemed = (batchId: string, voucherIndex: number, amountCents = 1_000) =>
  world.take(VoucherRedeemedV1, {
    ...VoucherRedeemedV1.sample, redemptionId: world.newId(), batchId: plain(batchId), amountCents, voucherIndex,
  });

describe('a transfer', () => {
  it('leaves its stock when it is sent, arrives when it is received, and names what is missing', async () => {
    const { batchId, as, distributorId } = await inStock();
    const other = await world.distributor();
    const { body } = await send(as, batchId, { kind: 'distributor', distributorId: other }, { booklets: { first: 1, last: 3 } });
    expect(body).toMatchObject({ deliveryId: expect.stringMatching(/^dlv_/), first: 0, last: 29 });
    expect(await partsOf(batchId)).toEqual(['under_way 30', 'stock 70']);
    const path = `deliveries/${String(body['deliveryId'])}/receipts`;
    expect((await world.post(path, { as })).body.code).toBe('delivery_not_found');
    const answer = await world.post(path, { body: { ranges: [{ first: 5, last: 24 }] }, as: distributorMemberOf(other) });
    expect(answer.body).toMatchObject({ missing: [{ first: 0, last: 4 }, { first: 25, last: 29 }], inTransitCount: 10 });
    expect((await partsOf(batchId)).sort()).toEqual(['stock 20', 'stock 70', 'under_way 10']);
    expect(await bodiesOf(RangeReceivedV1, batchId)).toMatchObject([
      { distributorId: plain(distributorId), first: 0, last: 99 }, { distributorId: plain(other), first: 5, last: 24 },
    ]);
    const { items: [row] } = (await world.get('stock', as)).body as unknown as { items: object[] };
    expect(row).toMatchObject({ sent: { vouchers: 10 }, inTransit: { vouchers: 0 }, inStock: { vouchers: 70, booklets: 7 } });
    expect(row).toMatchObject({
      label: expect.stringMatching(/^[0-9A-Z]{8}$/), bookletSize: 10, programmeId: expect.stringMatching(/^prg_/), programmeName: expect.any(String),
      faceCents: 1_000, usableUntil: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
    });
    expect((await world.post(`deliveries/${String(body['deliveryId'])}/losses`, { as })).status).toBe(201);
    const { items } = (await world.get('deliveries', as)).body as unknown as { items: object[] };
    expect(items[0]).toMatchObject({ kind: 'transfer', fromDistributorId: distributorId, distributorId: other, receivedCount: 20, lostCount: 10, inTransitCount: 0 });
  });

  it('moves stock to a desk, which hands it over and gets it back', async () => {
    const { batchId, as } = await inStock();
    const { agentId } = await world.done('agents', { name: 'Accueil Vaise' }, as);
    const { deliveryId } = await world.done('transfers', { batchId, to: { kind: 'agent', agentId }, booklets: { first: 1, last: 2 } }, as);
    await world.done(`deliveries/${String(deliveryId)}/receipts`, {}, as);
    const desks = async () => ((await world.get('stock', as)).body as unknown as { items: { desks: object[] }[] }).items[0]!.desks;
    expect(await desks()).toEqual([{ agentId: null, name: null, vouchers: 80, booklets: 8 }, { agentId, name: 'Accueil Vaise', vouchers: 20, booklets: 2 }]);
    const elsewhere = await world.post('hand-overs', { body: { handOvers: [{ batchId, agentId, first: 20, last: 29 }] }, as });
    expect(elsewhere.body.code).toBe('range_not_in_stock');
    const { handOvers: [made] } = await world.done('hand-overs', { handOvers: [{ batchId, first: 0, last: 9 }] }, as) as { handOvers: { handOverId: string }[] };
    expect(await desks()).toMatchObject([{ vouchers: 80 }, { vouchers: 10 }]);
    await world.done(`hand-overs/${made!.handOverId}/returns`, {}, as);
    expect(await desks()).toMatchObject([{ vouchers: 80 }, { vouchers: 20, booklets: 2 }]);
    expect((await send(as, batchId, { kind: 'own_stock' }, { fromAgentId: agentId, first: 0, last: 19 })).status).toBe(201);
  });

  it('back to the operator is received by it, may be shipped again or destroyed, and ends no key twice', async () => {
    const { batchId, as, distributorId } = await inStock();
    const { deliveryId } = await world.done('transfers', { batchId, to: { kind: 'operator' }, first: 0, last: 49 }, as);
    expect((await world.post(`deliveries/${String(deliveryId)}/receipts`, { as })).body.code).toBe('delivery_not_found');
    await world.done(`deliveries/${String(deliveryId)}/receipts`, {});
    expect(await bodiesOf(RangeGivenBackV1, batchId)).toMatchObject([{ distributorId: plain(distributorId), first: 0, last: 49 }]);
    expect((await world.post('stock-losses', { body: { batchId, first: 0, last: 0, reason: 'lost' }, as })).body.code).toBe('range_not_in_stock');
    await world.done('stock-destructions', { batchId, first: 40, last: 49 });
    const again = await world.ship(batchId, await world.distributor(), { first: 0, last: 39 });
    await world.done(`deliveries/${again}/receipts`, {});
    expect((await partsOf(batchId)).sort()).toEqual(['destroyed 10', 'stock 40', 'stock 50']);
    expect(await bodiesOf(BatchKeyDestroyedV1, batchId)).toHaveLength(1);
  });

  it('happens once per voucher, though two ask for it at once', async () => {
    const { batchId, as } = await inStock();
    const to = { kind: 'operator' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(as, batchId, to, { first: 10, last: 19 })));
    expect(answers.map(({ body, status }) => body.code ?? status).sort()).toEqual([201, 'range_not_in_stock', 'range_not_in_stock', 'range_not_in_stock']);
  });
});

describe('a loss', () => {
  it('leaves the stock for good and is told to redemption; its vouchers take no money any more', async () => {
    const { batchId, as, distributorId, order } = await inStock();
    await world.fund(order, order.amountCents);
    const { body } = await world.post('stock-losses', { body: { batchId, booklets: { first: 4, last: 4 }, reason: 'stolen' }, as });
    expect(body).toMatchObject({ stockLossId: expect.stringMatching(/^los_/), first: 30, last: 39, reason: 'stolen', keyDestroyed: false });
    expect(await bodiesOf(RangeWrittenOffV1, batchId)).toEqual([
      { stockLossId: plain(String(body['stockLossId'])), batchId: plain(batchId), distributorId: plain(distributorId), first: 30, last: 39, reason: 'stolen' },
    ]);
    expect((await world.activate(batchId)).body).toMatchObject({ code: 'range_stopped', details: { first: 30, last: 39 } });
    expect((await world.activate(batchId, { first: 0, last: 29 })).status).toBe(201);
    expect((await world.post('stock-destructions', { body: { batchId, first: 0, last: 0 }, as })).body.code).toBe('role_missing');
  });

  it('of the last at the printer ends the key', async () => {
    const { batchId } = await inStock({ last: 89 });
    expect((await world.post('stock-destructions', { body: { batchId, first: 90, last: 99 } })).body).toMatchObject({ keyDestroyed: true });
    expect(await bodiesOf(BatchKeyDestroyedV1, batchId)).toHaveLength(1);
  });

  it('and a stop keep vouchers from being handed over, sent on and activated', async () => {
    const { batchId, as, order } = await inStock();
    await world.fund(order, order.amountCents);
    await world.stop(batchId, [{ first: 12, last: 13 }]);
    const details = { first: 12, last: 13 };
    expect((await world.post('hand-overs', { body: { handOvers: [{ batchId, first: 10, last: 19 }] }, as })).body).toMatchObject({ code: 'range_stopped', details: { position: 0, ...details } });
    expect((await world.activate(batchId, { first: 10, last: 19 })).body).toMatchObject({ code: 'range_stopped', details });
    expect((await send(as, batchId, { kind: 'distributor', distributorId: await world.distributor() })).body.code).toBe('range_stopped');
    expect((await send(as, batchId, { kind: 'operator' }, { first: 12, last: 13 })).status).toBe(201);
  });
});

describe('a voucher', () => {
  it('is found by its serial, its booklet, or its place in the batch, with the way it went', async () => {
    const { batchId, as, distributorId } = await inStock();
    const { serial, booklet } = await serialOf(batchId, 42);
    await world.done('hand-overs', { handOvers: [{ serial: booklet }] }, as);
    const where = async (query: string, who?: Principal) => (await world.get(`whereabouts?${query}`, who)).body;
    expect(await where(`serial=${serial}`)).toMatchObject({
      batchId, first: 42, last: 42, place: 'handed_over', distributorId, isStopped: false,
      moves: [{ place: 'printer' }, { place: 'under_way' }, { place: 'stock' }, { place: 'handed_over' }],
    });
    expect(await where(`serial=${booklet}`, AUDITOR)).toMatchObject({ first: 40, last: 49, place: 'handed_over' });
    expect(await where(`batchId=${batchId}&index=42`, as)).toMatchObject({ place: 'handed_over', moves: [{ place: 'under_way' }, { place: 'stock' }, { place: 'handed_over' }] });
    expect(await where(`serial=${serial}`, distributorMemberOf(await world.distributor()))).toMatchObject({ code: 'voucher_not_found' });
    expect(await where('serial=ABCDEFGH-0000000-0')).toMatchObject({ code: 'voucher_not_found' });
    expect((await world.get(`whereabouts?serial=${serial}&index=1`)).status).toBe(400);
    const { items } = (await world.get(`batches/${batchId}/pieces`)).body as unknown as { items: { first: number; last: number; place: string }[] };
    expect(items.map(({ first, last, place }) => [first, last, place])).toEqual([[0, 39, 'stock'], [40, 49, 'handed_over'], [50, 99, 'stock']]);
  });

  it('is handed over by what is scanned, on a path that can be counted and not named', async () => {
    const { batchId, as, distributorId } = await inStock();
    const [one, other] = [await serialOf(batchId, 3), await serialOf(batchId, 55)];
    const pathway = '7f3a-counsellor-word-1';
    const { handOvers } = await world.done('hand-overs', { handOvers: [{ serial: one.serial, pathway }, { serial: other.booklet, pathway }] }, as) as { handOvers: object[] };
    expect(handOvers).toMatchObject([{ position: 0, first: 3, last: 3 }, { position: 1, first: 50, last: 59 }]);
    const rows = await world.rows<{ mac: string }>('select pathway_mac as mac from issuance.hand_over where distributor_id = $1', [plain(distributorId)]);
    expect(new Set(rows.map(({ mac }) => mac)).size).toBe(1);
    const kept = await world.rows<{ all: string }>(`select string_agg(x::text, '') as all from issuance.hand_over x`);
    expect(kept[0]!.all).not.toContain('counsellor');
    expect((await world.post('hand-overs', { body: { handOvers: [{ serial: 'nonsense' }] }, as })).body).toMatchObject({ code: 'voucher_not_found', details: { position: 0 } });
    for (const named of ['Mme Durand', 'MadameDurandMarie']) {
      expect((await world.post('hand-overs', { body: { handOvers: [{ serial: one.serial, pathway: named }] }, as })).status).toBe(400);
    }
  });
});

describe('a list of hand-overs', () => {
  const outcomes = async (importId: unknown, as: Principal) =>
    ((await world.get(`hand-over-files/${String(importId)}/rows?limit=200`, as)).body as unknown as { items: { code: string }[] }).items.map(({ code }) => code);

  it('is tried without a trace, then taken row by row, and known when it comes again', async () => {
    const { batchId, as } = await inStock();
    const at = async (index: number) => serialOf(batchId, index);
    await world.stop(batchId, [{ first: 99, last: 99 }]);
    const elsewhere = await inStock();
    const file = ['Série;Commune;Public;Parcours', `${(await at(0)).booklet};42218;seniors;parcours-2026-001`, `${(await at(10)).serial};;;`,
      `${(await at(5)).serial};;;`, `${(await at(95)).booklet};;;`, `${(await serialOf(elsewhere.batchId, 0)).serial};;;`, 'Mme Durand;;;', `${(await at(20)).serial};Lyon;;`,
      `${(await at(21)).serial};;vieux;`, `${(await at(22)).serial};;;Marie Durand`, `${(await at(23)).serial};;;;x`, '=HYPERLINK("http://x");;;', ';42218;;', ''].join('\r\n');
    const codes = ['handed_over', 'handed_over', 'row_repeated', 'stopped', 'not_in_stock', 'serial_wrong', 'commune_wrong', 'public_wrong', 'pathway_wrong', 'row_ragged', 'serial_wrong', 'serial_missing'];
    const counted = async () => (await world.rows('select (select count(*) from issuance.hand_over) as h, (select count(*) from issuance.file_import) as f, (select count(*) from issuance.holding) as p'))[0];
    const before = await counted();
    const trial = await world.send('hand-over-files/trials', file, { as });
    expect([trial.status, trial.body]).toMatchObject([200, { read: 12, imported: 2, unchanged: 0, refused: 10, takenBefore: null }]);
    expect((trial.body['rows'] as { code: string }[]).map(({ code }) => code)).toEqual(codes.slice(2));
    expect(trial.text).not.toContain('Durand');
    expect(await counted()).toEqual(before);

    const taken = await world.send('hand-over-files', file, { as });
    expect([taken.status, taken.body]).toMatchObject([201, { read: 12, imported: 2, unchanged: 0, refused: 10 }]);
    expect(await outcomes(taken.body['importId'], as)).toEqual(codes);
    expect((await world.send('hand-over-files/trials', file, { as })).body).toMatchObject({
      imported: 0, unchanged: 2, takenBefore: { importId: taken.body['importId'] },
    });
    expect((await world.send('hand-over-files', file, { as })).body.code).toBe('hand_over_file_known');
    expect((await world.send('hand-over-files?again=true', file, { as })).body).toMatchObject({ imported: 0, unchanged: 2, refused: 10 });
    expect((await world.get(`hand-over-files/${String(taken.body['importId'])}/rows`, distributorMemberOf(await world.distributor()))).body.code).toBe('import_not_found');
    expect(await partsOf(batchId)).toEqual(['stock 89', 'handed_over 11']);
  });

  it.each<[string, () => string | Buffer, string]>([
    ['of a million columns', () => `serial${';x'.repeat(1_000_000)}\n1\n`, 'table_malformed'],
    ['whose quote never closes', () => 'serial\n"1\n', 'table_malformed'],
    ['without a column of serials', () => 'nom;prenom\na;b\n', 'table_columns_missing'],
    ['with a header only', () => 'serial\n', 'table_empty'],
    ['of too many rows', () => `serial\n${'1\n'.repeat(20_001)}`, 'table_too_long'],
  ])('%s is refused, and nothing is written', async (_, file, code) => {
    const { as } = await inStock();
    expect((await world.send('hand-over-files', file(), { as })).body.code).toBe(code);
    expect((await world.send('hand-over-files/trials', file(), { as })).body.code).toBe(code);
  });

  it('may come in another encoding', async () => {
    const { batchId, as } = await inStock();
    const { serial } = await serialOf(batchId, 7);
    for (const [index, encode] of [(text: string) => Buffer.from(text, 'latin1'), (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])].entries()) {
      const trial = await world.send('hand-over-files/trials', encode(`Numéro;Commune\n${serial};${index === 0 ? '42218' : ''}\n`), { as });
      expect(trial.body).toMatchObject({ read: 1, imported: 1 });
    }
  });
});

describe('a replacement by a distributor', () => {
  const quota = (distributorId: string, vouchersPerMonth: number, fromMonth = '2026-03') =>
    world.done(`distributors/${distributorId}/replacement-quotas`, { vouchersPerMonth, fromMonth });

  it('out of its stock or by a new batch is counted against its month', async () => {
    const { batchId, as, distributorId, order } = await inStock();
    await world.spendable(order, batchId);
    await world.done('hand-overs', { handOvers: [{ batchId, first: 0, last: 9 }] }, as);
    await world.stop(batchId, [{ first: 0, last: 9 }]);
    const fromStock = (first: number, last: number, given: object) => world.post(`batches/${batchId}/stock-replacements`, { body: { first, last, given }, as });
    expect((await fromStock(0, 3, { batchId, first: 20, last: 23 })).body).toMatchObject({ code: 'replacement_quota_exceeded', details: { left: 0 } });
    await quota(distributorId, 100, '2026-04');
    await quota(distributorId, 6);
    expect((await fromStock(0, 3, { batchId, first: 8, last: 11 })).body.code).toBe('range_not_in_stock');
    expect((await fromStock(0, 3, { batchId, first: 20, last: 23 })).body).toMatchObject({ left: 2, handOvers: [{ first: 20, last: 23 }] });
    expect((await fromStock(3, 4, { batchId, first: 30, last: 31 })).body).toMatchObject({ code: 'range_already_replaced', details: { first: 0, last: 3 } });
    expect((await world.post(`batches/${batchId}/replacements`, { body: { first: 3, last: 4 } })).body.code).toBe('range_already_replaced');
    expect((await world.post(`batches/${batchId}/replacements`, { body: { first: 4, last: 6 }, as })).body).toMatchObject({ code: 'replacement_quota_exceeded', details: { left: 2 } });
    expect((await world.post(`batches/${batchId}/replacements`, { body: { first: 4, last: 5 }, as })).body).toMatchObject({ count: 2, replacedBatchId: batchId });
    expect((await world.post(`batches/${batchId}/replacements`, { body: { first: 6, last: 9 } })).status).toBe(201);
    expect((await world.get(`distributors/${distributorId}/replacement-quota`, as)).body).toEqual({ distributorId, month: '2026-03', vouchersPerMonth: 6, used: 6 });
    expect((await world.get(`distributors/${distributorId}/replacement-quota`, distributorMemberOf(await world.distributor()))).body.code).toBe('distributor_not_found');
  });

  it('is counted once, though two ask at once', async () => {
    const { batchId, as, distributorId, order } = await inStock();
    await world.spendable(order, batchId);
    await world.stop(batchId, [{ first: 0, last: 9 }]);
    await quota(distributorId, 2);
    const ask = (first: number) => world.post(`batches/${batchId}/stock-replacements`, { body: { first, last: first + 1, given: { batchId, first: first + 20, last: first + 21 } }, as });
    expect((await Promise.all([ask(0), ask(2), ask(4)])).map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'replacement_quota_exceeded', 'replacement_quota_exceeded']);
  });
});

describe('the funnel', () => {
  const funnel = async (query: string, who?: Principal) => ((await world.get(`funnel?${query}`, who)).body as unknown as { rows: Record<string, unknown>[] }).rows;

  it('follows vouchers from their order to their last use, by what is asked', async () => {
    const programmeId = await world.programme();
    const { batchId, as, distributorId, order } = await inStock({ last: 89 }, 100, { programmeId });
    await world.done('hand-overs', { handOvers: [{ batchId, first: 0, last: 59 }] }, as);
    for (let index = 0; index < 10; index += 1) await redeemed(batchId, index);
    for (const index of [10, 20, 30, 45]) await redeemed(batchId, index);
    const undone = { ...RedemptionUndoneV1.sample, redemptionId: world.newId(), batchId: plain(batchId), voucherIndex: 45 };
    await world.take(RedemptionUndoneV1, undone);
    const stages = {
      delivered: { vouchers: 90, booklets: 9 }, inStock: { vouchers: 30, booklets: 3 }, handedOver: { vouchers: 60, booklets: 6 },
      firstUse: 4, usedUp: 1,
    };
    const none = { programmeId: null, month: null, distributorId: null, departement: null };
    expect(await funnel(`programmeId=${programmeId}`)).toEqual([{ ...none, ordered: { vouchers: 100, booklets: 10 }, ...stages }]);
    expect(await funnel(`by=programme,month,distributor,departement&programmeId=${programmeId}`, AUDITOR)).toEqual([
      { programmeId, month: '2026-03', distributorId, departement: null, ordered: null, ...stages },
    ]);
    expect(await funnel('by=programme', as)).toEqual([{ ...none, programmeId, ordered: null, ...stages }]);
    // A payer is told of five, and not of four.
    expect(await funnel('', memberOf(order.payerId))).toEqual([{ ...none, ordered: { vouchers: 100, booklets: 10 }, ...stages, firstUse: null, usedUp: null }]);
    expect(await funnel('', memberOf(await world.payer()))).toEqual([]);
  });

  it('is of the communes that a distributor serves', async () => {
    const programmeId = await world.programme();
    const { batchId } = await inStock({ last: 0 }, 30, { programmeId });
    const made = await world.done('distributors', { name: 'Corse', siret: '44306184100047', communes: ['2A004', '2A041'] });
    const deliveryId = await world.ship(batchId, String(made['distributorId']), { first: 10, last: 29 });
    await world.done(`deliveries/${deliveryId}/receipts`, {});
    expect(await funnel(`by=departement&programmeId=${programmeId}`)).toMatchObject([
      { departement: '2A', delivered: { vouchers: 20, booklets: 2 } }, { departement: null, delivered: { vouchers: 1, booklets: 0 } },
    ]);
    expect(await funnel(`commune=2A041&programmeId=${programmeId}`)).toMatchObject([{ delivered: { vouchers: 20 } }]);
  });

  it('tells of stock that sleeps and of booklets that nobody began, after so many days', async () => {
    const { batchId, as, distributorId } = await inStock();
    await world.done('hand-overs', { handOvers: [{ batchId, first: 0, last: 29 }] }, as);
    await redeemed(batchId, 11);
    const alerts = async (query = '') => ((await world.get(`stock-alerts${query}`, as)).body as unknown as { alerts: object[] }).alerts;
    expect(await alerts('?days=1')).toEqual([]);
    world.clock.set('2026-05-02T10:00:00.000Z');
    expect(await alerts()).toEqual([
      { kind: 'never_used', distributorId, batchId, vouchers: 20, booklets: 2, since: NOW },
      { kind: 'sleeping_stock', distributorId, batchId, vouchers: 70, booklets: 7, since: NOW },
    ]);
    expect(await alerts('?days=62')).toEqual([]);
    await world.stop(batchId, [{ first: 0, last: 9 }]);
    expect(await alerts()).toMatchObject([{ kind: 'never_used', vouchers: 10, booklets: 1 }, { kind: 'sleeping_stock' }]);
    await world.done('hand-overs', { handOvers: [{ batchId, first: 30, last: 39 }] }, as);
    expect(await alerts()).toMatchObject([{ kind: 'never_used', booklets: 1 }]);
    world.clock.set(NOW);
  });
});

describe('a request of a distributor', () => {
  it('is told the same answer under the same key', async () => {
    const { batchId, as } = await inStock();
    const key = randomUUID();
    const ask = () => world.post('stock-losses', { body: { batchId, first: 0, last: 0, reason: 'lost' }, as, key });
    const [first, second] = [await ask(), await ask()];
    expect([second.status, second.body]).toEqual([first.status, first.body]);
  });
});
