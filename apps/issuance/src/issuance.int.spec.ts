// The edge: who may do and see what, what an answer says, and what is not understood.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routesWithoutWho } from '#libs/auth';
import { ProgrammePublishedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { until } from '#libs/testing';
import { IssuanceWork } from './issuance.work.js';
import { AUDITOR, CREDITOR, IssuanceWorld, memberOf, plain } from '../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

const redeemed = (programmeId: string, batchId: string, amountCents: number) => ({
  redemptionId: world.newId(), voucherId: randomUUID(), programmeId: plain(programmeId), batchId: plain(batchId), placeId: randomUUID(),
  siteId: randomUUID(), amountCents, currency: 'EUR' as const, coPaymentCents: 0, serviceDate: '2026-03-02',
  redeemedAt: '2026-03-02T09:00:00.000Z', accreditationVersion: 1, feeRuleVersion: 1, custodyAccountId: randomUUID(),
});

describe('a payer', () => {
  it('orders for itself and is told what to pay, where, and under which reference', async () => {
    const [payerId, programmeId] = [await world.payer(), await world.programme()];
    const { status, body } = await world.post('orders', { as: memberOf(payerId), body: { programmeId, count: 10 } });
    expect([status, body]).toEqual([201, {
      orderId: expect.stringMatching(/^ord_/), reference: expect.stringMatching(/^RF\d\dMRO/), count: 10, faceCents: 1_000, amountCents: 10_000,
      currency: 'EUR', creditor: CREDITOR, shares: [{ payerId, basisPoints: 10_000, capCents: null, amountCents: 10_000, reference: body['reference'] }],
    }]);
    expect((await world.get(`orders/${String(body['orderId'])}`)).body).toMatchObject({
      funding: 'awaiting_funds', activation: 'inactive', missingCents: 10_000, batches: [],
      shares: [{ payerId, basisPoints: 10_000, amountCents: 10_000, missingCents: 10_000, funding: 'awaiting_funds', reference: body['reference'] }],
    });
  });

  it('commits nobody else', async () => {
    const [payerId, other, programmeId] = [await world.payer(), await world.payer(), await world.programme()];
    const shares = [{ payerId: other, basisPoints: 10_000 }];
    expect(await world.post('orders', { as: memberOf(payerId), body: { programmeId, count: 1, shares } })).toMatchObject({
      status: 400, body: { code: 'request_malformed', errors: [{ path: 'shares' }] },
    });
  });

  it('sees its own orders and cover, and those that it shares; of others not even that they exist', async () => {
    const [mine, other] = [await world.payer(), await world.payer()];
    const shared = await world.order({ shares: [{ payerId: other, basisPoints: 6_000 }, { payerId: mine, basisPoints: 4_000 }] });
    const foreign = await world.order({ programmeId: shared.programmeId, shares: [{ payerId: other, basisPoints: 10_000 }] });
    await world.fund(shared.shares[0]!, 5_000);
    await world.fund(shared.shares[1]!, 4_000);
    const as = memberOf(mine);
    const { items } = (await world.get('orders', as)).body as unknown as { items: { orderId: string }[] };
    expect(items.map(({ orderId }) => orderId)).toEqual([shared.orderId]);
    expect((await world.get(`orders/${foreign.orderId}`, as)).status).toBe(404);
    expect((await world.get(`programmes/${shared.programmeId}/coverage`, as)).body).toMatchObject({
      availableCents: 4_000, announcedCents: 0, activatedCents: 0, payers: [{ payerId: mine }],
    });
    expect((await world.get(`programmes/${shared.programmeId}/coverage`)).body).toMatchObject({
      availableCents: 9_000, announcedCents: 11_000,
      payers: [{ payerId: mine }, { payerId: other, availableCents: 5_000, announcedCents: 11_000 }],
    });
    expect((await world.get(`orders/${shared.orderId}`, as)).body).toMatchObject({
      funding: 'part_funded', amountCents: 10_000,
      shares: [{ payerId: mine, amountCents: 4_000, fundedCents: 4_000, funding: 'funded', reference: shared.shares[1]!.reference }],
    });
    expect((await world.get(`orders/${shared.orderId}`, as)).body['shares']).toHaveLength(1);
    expect((await world.get(`orders/${shared.orderId}`)).body['shares']).toHaveLength(2);
  });

  it.each(['payers', 'programmes', 'orders/:order/batches', 'batches/:batch/activations', 'batches/:batch/print-files', 'credits/:credit/matches'])(
    'may not POST %s', async (path) => {
      const target = path.replace(/:(\w+)/, (_, noun: string) => `${{ order: 'ord', batch: 'bat', credit: 'bkn' }[noun]!}_${randomUUID()}`);
      expect(await world.post(target, { as: memberOf(await world.payer()) })).toMatchObject({ status: 403, body: { code: 'role_missing' } });
    });
});

describe('an auditor', () => {
  it('sees all orders, payers, cover and unmatched credits, and changes nothing', async () => {
    const order = await world.order();
    const { orderId, programmeId } = order;
    for (const path of ['orders', `orders/${orderId}`, 'payers', 'programmes', `programmes/${programmeId}/coverage`, 'credits/unmatched']) {
      expect([path, (await world.get(path, AUDITOR)).status]).toEqual([path, 200]);
    }
    expect((await world.post('orders', { as: AUDITOR })).status).toBe(403);
  });
});

describe('a programme', () => {
  it('is told to redemption with each version; earlier orders keep theirs, later ones get the new', async () => {
    const order = await world.order();
    const rule = { name: 'Deuxième année', faceCents: 1_500, usableUntil: '2027-12-31', claimableUntil: '2028-01-31', creditor: CREDITOR };
    expect((await world.post(`programmes/${order.programmeId}/rules`, { body: rule })).body).toEqual({
      programmeId: order.programmeId, ruleVersion: 2, effectiveFrom: '2026-03-02',
    });
    const told = (await world.emitted(ProgrammePublishedV1)).filter(({ body }) => body.programmeId === plain(order.programmeId));
    expect(told.map(({ subjectVersion, body }) => [subjectVersion, body.ruleVersion, body.faceCents, body.usableUntil])).toEqual([
      [1, 1, 1_000, '2026-12-31'], [2, 2, 1_500, '2027-12-31'],
    ]);
    expect((await world.order({ programmeId: order.programmeId })).amountCents).toBe(15_000);
    expect((await world.get(`orders/${order.orderId}`)).body).toMatchObject({ faceCents: 1_000, programmeName: 'Numérique pour tous' });
  });

  it('gets versions without a gap, also when five are published at once', async () => {
    const programmeId = await world.programme();
    const rule = { name: 'Encore', faceCents: 1_000, usableUntil: '2027-12-31', claimableUntil: '2028-01-31', creditor: CREDITOR };
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.post(`programmes/${programmeId}/rules`, { body: rule })));
    expect(answers.map(({ body }) => body['ruleVersion']).sort()).toEqual([2, 3, 4, 5, 6]);
  });
});

describe('the funnel of a batch', () => {
  it('adds up redemptions as they come', async () => {
    const order = await world.order();
    const batchId = await world.batch(order.orderId);
    await Promise.all([1_000, 1_000, 500].map((amount) => world.take(VoucherRedeemedV1, redeemed(order.programmeId, batchId, amount))));
    expect((await world.get(`orders/${order.orderId}`)).body).toMatchObject({ batches: [{ redeemedCount: 3, redeemedCents: 2_500 }] });
    await expect(world.take(VoucherRedeemedV1, redeemed(order.programmeId, `bat_${randomUUID()}`, 1))).rejects.toThrow('is not ours');
  });
});

describe('what is malformed', () => {
  it.each<[string, object, string]>([
    ['payers', { name: 'X', siren: '123456789' }, 'siren'],
    ['payers', { name: 'X', siren: '732829320', siret: '35600000049837' }, 'siret'],
    ['programmes', { name: 'X', kind: 'unit', faceCents: 1.5, usableUntil: '2026-12-31', claimableUntil: '2026-12-30', custodyAccountId: 'x', creditor: CREDITOR }, 'faceCents'],
    ['orders', { programmeId: `prg_${randomUUID()}`, count: 0, shares: [] }, 'count'],
    ['orders', { programmeId: `prg_${randomUUID()}`, count: 1, shares: [{ payerId: `pyr_${randomUUID()}`, basisPoints: 9_999 }] }, 'shares'],
    ['orders', { programmeId: `prg_${randomUUID()}`, count: 1 }, 'shares'],
    [`batches/bat_${randomUUID()}/activations`, { first: -1 }, 'first'],
    ['orders', { programmeId: `prg_${randomUUID()}`, count: 1, discountCents: 1 }, 'discountCents'],
  ])('is told for POST %s %#', async (path, body, at) => {
    const answer = await world.post(path, { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
    expect(answer.body['errors']).toContainEqual(expect.objectContaining({ path: at }));
  });

  it.each([['55208131766522', 'a usual SIRET'], ['35600000049837', 'one of La Poste, which has a rule of its own']])('is not %s: %s', async (siret) => {
    expect((await world.post('payers', { body: { name: 'Une organisation', siren: siret.slice(0, 9), siret } })).status).toBe(201);
  });
});

describe('the service', () => {
  it('says of every route who may call it', () => {
    expect(routesWithoutWho(world.app)).toEqual([]);
  });

  it('shows lists page by page', async () => {
    const payerId = await world.payer();
    const programmeId = await world.programme();
    const made: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      made.push((await world.order({ programmeId, shares: [{ payerId, basisPoints: 10_000 }], count: 1 })).orderId);
    }
    const page = async (cursor: unknown) => {
      const { body } = await world.get(`orders?limit=2${cursor ? `&cursor=${String(cursor)}` : ''}`, memberOf(payerId));
      return body as unknown as { items: { orderId: string }[]; nextCursor: string | null };
    };
    const first = await page(null);
    const second = await page(first.nextCursor);
    expect([...first.items, ...second.items].map(({ orderId }) => orderId)).toEqual([...made].reverse());
    expect(second.nextCursor).toBeNull();
  });

  it('tells of each commit, and of nothing that was rolled back', async () => {
    let told = 0;
    const work = new IssuanceWork(world.work.client, world.work.settings);
    work.onCommit(() => { told += 1; });
    const meta = { kind: 'process', name: 'test', correlationId: 'test' } as const;
    await work.once(meta, async () => undefined);
    await expect(work.once(meta, async () => { throw new Error('outage'); })).rejects.toThrow('outage');
    expect(told).toBe(1);
  });

  it('mints by itself and hands its messages on when its background runs, and is well', async () => {
    await world.lifecycle.start();
    const { orderId } = await world.order();
    await world.done(`orders/${orderId}/batches`, {});
    await until('the batch is minted', async () => {
      const { batches } = (await world.get(`orders/${orderId}`)).body as unknown as { batches: { state: string }[] };
      return batches[0]?.state === 'minted';
    });
    await until('messages are numbered and cut', async () => {
      const [row] = await world.rows<{ count: number }>(
        `select count(*)::int as count from issuance.sent_batch where receiver = 'redemption' and messages::text like '%chunk_minted%'`);
      return row!.count > 0;
    });
    for (const [part, check] of Object.entries(world.lifecycle.checks())) expect([part, await check()]).toEqual([part, 'ok']);
  });
});
