// From a draft to an order, over HTTP: what is frozen, who commits whom, and what several at once can do.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDITOR, IssuanceWorld, memberOf, NOW, OPERATOR, plain, type Drafted } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

type Quoted = Drafted & { version: number };
const show = async (orderId: string, as = OPERATOR) => (await world.get(`order-drafts/${orderId}`, as)).body;
const three = async (over: Record<string, unknown> = {}): Promise<Quoted> => {
  const payers = [await world.payer(), await world.payer(), await world.payer()];
  const shares = payers.map((payerId, at) => ({ payerId, basisPoints: [5_000, 3_000, 2_000][at], ...(at === 0 && { capCents: 4_000 }) }));
  return world.quoted({ shares, ...over });
};

describe('a draft', () => {
  it('of a payer names it, and is unknown to others', async () => {
    const [payer, other] = [await world.payer(), await world.payer()];
    const body = { programmeId: await world.programme(), count: 10 };
    const { orderId } = await world.done('order-drafts', body, memberOf(payer));
    expect(await show(String(orderId), memberOf(payer))).toMatchObject({ state: 'draft', shares: [{ payerId: payer, basisPoints: 10_000 }], quote: null });
    expect((await show(String(orderId), memberOf(other)))['code']).toBe('order_not_found');
    const without = await world.post('order-drafts', { body: { ...body, shares: [{ payerId: other, basisPoints: 10_000 }] }, as: memberOf(payer) });
    expect([without.status, without.body.code]).toEqual([400, 'request_malformed']);
  });

  it('and the order that it becomes tell each of its payers who the others are, by name, and of their money nothing', async () => {
    const quoted = await three();
    const named = quoted.payerIds.map((payerId) => ({ payerId, name: expect.stringMatching(/^Payeur \d+$/) }));
    const second = memberOf(quoted.payerIds[1]!);
    expect((await show(quoted.orderId, second))['payers']).toEqual(named);
    for (const payerId of quoted.payerIds) await world.answer(quoted, memberOf(payerId));
    const order = (await world.get(`orders/${quoted.orderId}`, second)).body;
    expect([order['payers'], order['shares']]).toEqual([named, [expect.objectContaining({ payerId: quoted.payerIds[1] })]]);
    expect((await world.get(`orders/${quoted.orderId}`, memberOf(await world.payer()))).body.code).toBe('order_not_found');
  });

  it('is activated on receipt when it is on paper, unless told', async () => {
    const [paper, told] = [await world.draft({ paper: true }), await world.draft({ paper: true, activateOn: 'cover' })];
    expect([(await show(paper.orderId))['activateOn'], (await show(told.orderId))['activateOn']]).toEqual(['receipt', 'cover']);
  });

  it('is written anew until a quote of it is open, and again once that is refused', async () => {
    const { orderId, payerIds, as } = await world.draft();
    const content = { programmeId: await world.programme(), count: 20, shares: [{ payerId: payerIds[0]!, basisPoints: 10_000 }] };
    expect(await world.done(`order-drafts/${orderId}/revisions`, content, as)).toEqual({ orderId, revision: 2 });
    const quote = await world.done(`order-drafts/${orderId}/quotes`, {});
    expect(quote).toMatchObject({
      version: 1, validUntil: '2026-05-01', amountCents: 20_000, lines: [{ kind: 'face_value', count: 20, unitCents: 1_000, amountCents: 20_000 }],
    });
    expect((await world.post(`order-drafts/${orderId}/revisions`, { body: content, as })).body.code).toBe('quote_open');
    await world.answer({ orderId, version: 1 }, as, 'refused');
    await world.done(`order-drafts/${orderId}/revisions`, { ...content, count: 5 }, as);
    expect(await world.done(`order-drafts/${orderId}/quotes`, {})).toMatchObject({ version: 2, amountCents: 5_000 });
    expect((await show(orderId))['steps']).toMatchObject([
      { step: 'drafted' }, { step: 'revised' }, { step: 'quoted', quoteVersion: 1 },
      { step: 'quote_refused', payerId: payerIds[0], reason: 'Trop cher', takenBy: `user:${as.userId}` }, { step: 'revised' }, { step: 'quoted', quoteVersion: 2 },
    ]);
  });

  it('cannot be written anew under an open quote, even by two at once', async () => {
    const { orderId, as, payerIds } = await world.draft();
    const content = { programmeId: await world.programme(), count: 20, shares: [{ payerId: payerIds[0]!, basisPoints: 10_000 }] };
    const answers = await Promise.all([1, 2, 3].map(() => world.post(`order-drafts/${orderId}/quotes`)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'quote_open', 'quote_open']);
    expect((await world.post(`order-drafts/${orderId}/revisions`, { body: content, as })).body.code).toBe('quote_open');
  });
});

describe('a quote', () => {
  it('is an order once each payer has accepted its own share, and not before', async () => {
    const quote = await three();
    const [state, council, foundation] = quote.payerIds.map(memberOf);
    expect((await world.answer(quote, state!)).body).toMatchObject({ reference: null });
    expect((await world.answer(quote, foundation!)).body).toMatchObject({ reference: null });
    expect((await world.get(`orders/${quote.orderId}`)).body.code).toBe('order_not_found');
    expect(await show(quote.orderId)).toMatchObject({ state: 'quoted', quote: { shares: [{ answer: 'accepted' }, { answer: null }, { answer: 'accepted' }] } });

    const { body } = await world.answer(quote, council!);
    expect(body['reference']).toMatch(/^RF/);
    expect(await show(quote.orderId)).toMatchObject({ state: 'accepted' });
    expect((await world.get(`orders/${quote.orderId}`)).body).toMatchObject({
      orderId: quote.orderId, reference: body['reference'], funding: 'awaiting_funds', amountCents: 10_000,
      shares: [
        { payerId: quote.payerIds[0], basisPoints: 5_000, capCents: 4_000, amountCents: 4_000 }, { basisPoints: 3_000, amountCents: 3_600 },
        { basisPoints: 2_000, amountCents: 2_400 },
      ],
    });
  });

  it('is accepted by payers only, and by nobody for another', async () => {
    const quote = await three();
    expect((await world.answer(quote, OPERATOR)).status).toBe(403);
    expect((await world.answer(quote, AUDITOR)).status).toBe(403);
    expect((await world.answer(quote, memberOf(await world.payer()))).body.code).toBe('order_not_found');
  });

  it('makes one order, also when the last two payers accept at the same moment', async () => {
    const quote = await three();
    await world.answer(quote, memberOf(quote.payerIds[0]!));
    const last = await Promise.all([1, 2].map((at) => world.answer(quote, memberOf(quote.payerIds[at]!))));
    expect(last.map(({ status }) => status)).toEqual([201, 201]);
    expect(last.filter(({ body }) => body['reference'] !== null)).toHaveLength(1);
    expect(await world.rows('select 1 from issuance.order where id = $1', [plain(quote.orderId)])).toHaveLength(1);
  });

  it('keeps its price whatever becomes of the rules', async () => {
    const quote = await world.quoted();
    const { programmeId } = await show(quote.orderId) as { programmeId: string };
    await world.done(`programmes/${programmeId}/rules`, {
      name: 'Numérique pour tous', faceCents: 2_000, usableUntil: '2027-12-31', claimableUntil: '2028-01-31',
      creditor: { name: 'Un autre compte', iban: 'FR1420041010050500013M02606', bic: null },
    });
    await world.accept(quote);
    expect((await world.get(`orders/${quote.orderId}`)).body).toMatchObject({ faceCents: 1_000, amountCents: 10_000 });
  });

  it('lapses by the day alone, and is then quoted again', async () => {
    const quote = await world.quoted();
    world.clock.set('2026-05-02T10:00:00.000Z');
    expect(await show(quote.orderId)).toMatchObject({ state: 'draft' });
    expect((await world.answer(quote, quote.as)).body.code).toBe('quote_lapsed');
    expect(await world.done(`order-drafts/${quote.orderId}/quotes`, { validDays: 1 })).toMatchObject({ version: 2, validUntil: '2026-05-03' });
    world.clock.set(NOW);
  });

  it('cannot be made an order past its payers by the service itself', async () => {
    const quote = await three();
    await world.answer(quote, memberOf(quote.payerIds[0]!));
    const insert = `insert into issuance.order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency, placed_by, placed_at)
      select order_id, 'RF18MRO0000000000', programme_id, rule_version, count, face_cents, total_cents, currency, 'test', now()
      from issuance.order_quote where order_id = '${plain(quote.orderId)}'::uuid`;
    await expect(world.work.transaction({ actor: { kind: 'system', id: 'test' }, correlationId: 'test', causationId: null },
      async (tx) => { await tx.sql.$executeRawUnsafe(insert); })).rejects.toThrow('not what all payers of its last quote accepted');
  });
});

describe('the list of drafts', () => {
  it('is filtered by state, page by page', async () => {
    const [first, second] = [await world.quoted(), await world.quoted()];
    await world.answer(first, first.as, 'refused');
    const page = async (query: string) => (await world.get(`order-drafts?${query}`)).body as unknown as { items: { orderId: string; state: string }[]; nextCursor: string | null };
    const ids = async (state: string) => {
      const found: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const { items, nextCursor } = await page(`state=${state}&limit=1${next && `&cursor=${next}`}`);
        expect(items.every((item) => item.state === state)).toBe(true);
        found.push(...items.map(({ orderId }) => orderId));
        next = nextCursor;
      }
      return found;
    };
    const [quoted, drafts] = [await ids('quoted'), await ids('draft')];
    expect([quoted.includes(second.orderId), quoted.includes(first.orderId)]).toEqual([true, false]);
    expect([drafts.includes(first.orderId), drafts.includes(second.orderId)]).toEqual([true, false]);
    expect(new Set(quoted).size).toBe(quoted.length);
  });

  it('repeats an answer for a key, and takes it once', async () => {
    const quote = await world.quoted();
    const key = randomUUID();
    const twice = await Promise.all([1, 2].map(() =>
      world.post(`order-drafts/${quote.orderId}/quotes/1/answers`, { body: { answer: 'accepted' }, as: quote.as, key })));
    expect(new Set(twice.map(({ body }) => body['reference'])).size).toBe(1);
  });
});
