// A payer pays its share by card: the real SDK against the fake Stripe, whose signed webhooks come twice and backwards.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PaymentSucceededV1, StripeAccountConnectedV1 } from '#libs/contracts';
import { FakeStripe } from '#libs/stripe';
import { seedOfRun, until } from '#libs/testing';
import { brokenAlone } from '../../../../test/builders/all-invariants.js';
import { AUDITOR, CUSTODY, IssuanceWorld, memberOf, NOW, plain, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

const SECRET = 'whsec_spec';
let fake: FakeStripe;
let world: IssuanceWorld;
let url: string;
beforeAll(async () => {
  fake = await FakeStripe.start();
  world = await IssuanceWorld.create({ cardProcessor: { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: [SECRET] } });
  await world.app.listen(0, '127.0.0.1');
  url = `${await world.app.getUrl()}/issuance/stripe-webhooks`;
});
afterAll(async () => {
  await world.close();
  await fake.stop();
});

const target = (secret = SECRET) => ({ url, secret });
const throwing = (_: string, error: unknown) => { throw error; };
const odd: string[] = [];
const book = () => world.booker.bookWaiting(throwing, (_, outcome) => { odd.push(outcome); });
const told = async (how: Parameters<FakeStripe['deliverWebhooks']>[1] = {}) => {
  const statuses = (await fake.deliverWebhooks(target(), how)).map(({ status }) => status);
  expect(new Set([...statuses, 200])).toEqual(new Set([200]));
  await book();
};
const ask = (orderId: string, payerId?: string, over: Parameters<IssuanceWorld['post']>[1] = {}) =>
  world.post(`orders/${orderId}/card-payments`, { body: payerId === undefined ? {} : { payerId }, ...over });
const open = async ({ orderId, shares }: PlacedOrder, at = 0) => {
  const { status, body } = await ask(orderId, shares[at]!.payerId);
  expect([status, body.code]).toEqual([201, undefined]);
  return body as unknown as { cardPaymentId: string; sessionId: string; url: string; amountCents: number };
};
const coverOf = (order: PlacedOrder) => Promise.all(order.shares.map(({ payerId }) => world.prefund({ ...order, payerId })));
const broken = () => brokenAlone(world.database.inspectorUrl, 'issuance');
let unmatchedBefore = 0;
const unmatched = async () => (await world.balance('unmatched')) - unmatchedBefore;
beforeEach(async () => { unmatchedBefore = await world.balance('unmatched'); });

describe('a payer', () => {
  it('is sent to a page that asks what its share owes, and what it pays there becomes its cover (row 4)', async () => {
    const order = await world.coFunded();
    await world.fund(order.shares[0]!, 6_000);
    const as = memberOf(order.shares[1]!.payerId);
    const { status, body } = await ask(order.orderId, undefined, { as });
    expect([status, body]).toEqual([201, {
      cardPaymentId: expect.stringMatching(/^cpy_/), sessionId: expect.stringMatching(/^cs_test_/), url: expect.stringContaining(fake.baseUrl),
      amountCents: 4_000, currency: 'EUR',
    }]);
    expect(await (await fetch(String(body['url']))).text()).toContain('40.00 EUR');
    fake.account.pay(String(body['sessionId']));
    await told();
    expect([await coverOf(order), await unmatched()]).toEqual([[6_000, 4_000], 0]);
    const event = (await world.emitted(PaymentSucceededV1)).at(-1)!;
    expect(event.body).toEqual({
      cardPaymentId: plain(String(body['cardPaymentId'])), stripeObjectId: expect.stringMatching(/^pi_/), orderId: plain(order.orderId),
      payerId: plain(order.shares[1]!.payerId), custodyAccountId: CUSTODY, amountCents: 4_000, coverCents: 4_000, feeCents: 0, currency: 'EUR',
      programmeId: plain(order.programmeId),
    });
    expect(await world.rows(`select rule, debit, credit, amount::int from issuance.transfer where event_id = $1`, [event.id])).toEqual([
      { rule: '4', debit: 'clearing:settlement', credit: `prefund:${plain(order.programmeId)}:${plain(order.shares[1]!.payerId)}`, amount: 4_000 },
    ]);
    expect((await world.get(`orders/${order.orderId}`, as)).body).toMatchObject({ funding: 'funded', shares: [{ funding: 'funded' }] });
    expect((await world.get('card-payments', as)).body).toMatchObject({ items: [{ state: 'paid', coverCents: 4_000, excessCents: 0 }] });
  });

  it('gets one page for one key, also when the answer was lost and when Stripe would have forgotten the key', async () => {
    const order = await world.order();
    const key = randomUUID();
    fake.failNext('reset_after');
    const first = await ask(order.orderId, undefined, { key });
    const seen = fake.seen.length;
    expect((await ask(order.orderId, undefined, { key })).body).toEqual(first.body);
    expect(fake.seen).toHaveLength(seen);
    expect(await world.rows('select 1 from issuance.card_payment where order_id = $1', [plain(order.orderId)])).toHaveLength(1);
  });

  it('that Stripe cannot serve is told to come again with the same key, and is served then', async () => {
    const order = await world.order();
    const key = randomUUID();
    fake.failNext('unavailable', 'unavailable', 'unavailable');
    expect(await ask(order.orderId, undefined, { key })).toMatchObject({ status: 503, body: { code: 'unavailable', retryable: true } });
    expect(await ask(order.orderId, undefined, { key })).toMatchObject({ status: 201, body: { amountCents: 10_000 } });
  });

  it('pays for nobody else, and sees no payments of others', async () => {
    const order = await world.coFunded();
    await open(order, 0);
    const as = memberOf(order.shares[1]!.payerId);
    expect(await ask(order.orderId, order.shares[0]!.payerId, { as })).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
    expect((await world.get('card-payments', as)).body).toMatchObject({ items: [] });
    expect((await world.get(`card-payments?orderId=${order.orderId}`, AUDITOR)).body).toMatchObject({ items: [{ state: 'open', coverCents: null }] });
    expect((await ask(order.orderId, undefined, { as: AUDITOR })).status).toBe(403);
  });

  it('that pays in two pages at once has paid once: the second payment is kept in unmatched, where the list shows it', async () => {
    const order = await world.order();
    const pages = [await open(order), await open(order)];
    for (const { sessionId } of pages) fake.account.pay(sessionId);
    await told({ copies: 2, reversed: true });
    expect([await coverOf(order), await unmatched()]).toEqual([[10_000], 10_000]);
    const { body } = await world.get(`card-payments?orderId=${order.orderId}`);
    expect((body['items'] as { excessCents: number }[]).map(({ excessCents }) => excessCents).sort()).toEqual([0, 10_000]);
    expect(await broken()).toEqual([]);
  });

  it('whose transfer arrives before the card payment has paid too much by card, and the other way round by transfer', async () => {
    const [first, second] = [await world.order(), await world.order()];
    const pages = [await open(first), await open(second)];
    await world.fund(first, 7_000);
    for (const { sessionId } of pages) fake.account.pay(sessionId);
    await told();
    await world.fund(second, 7_000);
    expect([await coverOf(first), await coverOf(second), await unmatched()]).toEqual([[10_000], [10_000], 14_000]);
    expect((await ask(first.orderId)).body.code).toBe('order_fully_funded');
  });

  it('may open only so many pages in a day', async () => {
    const order = await world.order();
    for (let at = 0; at < 10; at += 1) await open(order);
    expect(await ask(order.orderId)).toMatchObject({ status: 429, body: { code: 'card_payments_too_many' } });
    world.clock.set('2026-03-03T10:00:01.000Z');
    expect((await ask(order.orderId)).status).toBe(201);
    world.clock.set(NOW);
  });
});

describe('a webhook', () => {
  it('is kept once, and a declined card or an open page funds nothing', async () => {
    const order = await world.order();
    const { sessionId } = await open(order);
    fake.account.decline(sessionId);
    await told({ copies: 3 });
    expect(await coverOf(order)).toEqual([0]);
    fake.account.pay(sessionId);
    await told({ copies: 3 });
    await told({ again: true, reversed: true });
    expect(await coverOf(order)).toEqual([10_000]);
    const kept = await world.rows<{ count: number }>('select count(*)::int as count from issuance.stripe_event where session_id = $1 group by type', [sessionId]);
    // That a card was declined, that a payment succeeded, and that the page is complete.
    expect(kept).toEqual([{ count: 1 }, { count: 1 }, { count: 1 }]);
  });

  it('that nobody of ours signed is refused and leaves nothing', async () => {
    const order = await world.order();
    fake.account.pay((await open(order)).sessionId);
    const events = async () => (await world.rows<{ count: number }>('select count(*)::int as count from issuance.stripe_event'))[0]!.count;
    const before = await events();
    const answers = await fake.deliverWebhooks(target('whsec_other'));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    expect((await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(403);
    expect(await events()).toBe(before);
    await book();
    expect(await coverOf(order)).toEqual([0]);
    await told({ again: true });
    expect(await coverOf(order)).toEqual([10_000]);
  });

  it('is a hint only: a session that Stripe does not call paid, or that is not ours, books nothing', async () => {
    const order = await world.order();
    const { sessionId } = await open(order);
    const event = (id: string) => ({
      id: `evt_${randomUUID()}`, object: 'event', type: 'checkout.session.completed', created: 1, livemode: false,
      data: { object: { id, object: 'checkout.session', amount_total: 10_000, currency: 'eur', mode: 'payment', payment_status: 'paid' } },
    });
    fake.account.events.push(event(sessionId) as never, event('cs_test_stranger') as never);
    await told();
    expect(await coverOf(order)).toEqual([0]);
    expect(await world.rows(`select outcome from issuance.stripe_event where session_id in ($1, 'cs_test_stranger') order by outcome`, [sessionId]))
      .toEqual([{ outcome: 'not_paid' }, { outcome: 'unknown_session' }]);
    expect(odd).toEqual(['unknown_session']);
  });

  it('while Stripe is away waits, is looked at again, and does not hold up the others', async () => {
    const [slow, quick] = [await world.order(), await world.order()];
    for (const order of [slow, quick]) fake.account.pay((await open(order)).sessionId);
    await fake.deliverWebhooks({ ...target(), types: ['checkout.session.'] });
    const failures: unknown[] = [];
    fake.failNext('unavailable', 'unavailable', 'unavailable');
    await world.booker.bookWaiting((_, error) => { failures.push(error); }, () => undefined);
    expect(failures).toMatchObject([{ name: 'CardPaymentFault' }]);
    expect([await coverOf(slow), await coverOf(quick)].flat().sort()).toEqual([0, 10_000]);
    expect(await world.booker.idle()).toBe(false);
    await book();
    expect([await coverOf(slow), await coverOf(quick)]).toEqual([[10_000], [10_000]]);
    expect(await world.booker.idle()).toBe(true);
  });

  it('that never comes is made up for by the operator\'s check', async () => {
    const order = await world.order();
    fake.account.pay((await open(order)).sessionId);
    expect((await world.done('card-payment-checks', {}))['booked']).toBe(1);
    expect(await coverOf(order)).toEqual([10_000]);
    expect((await world.done('card-payment-checks', {}))['booked']).toBe(0);
    await told();
    expect(await coverOf(order)).toEqual([10_000]);
  });

  it('is looked at by two processes at once, and booked by one', async () => {
    const order = await world.order();
    fake.account.pay((await open(order)).sessionId);
    await fake.deliverWebhooks(target());
    await Promise.all([book(), book(), world.done('card-payment-checks', {})]);
    expect([await coverOf(order), await unmatched()]).toEqual([[10_000], 0]);
  });

  it('wakes the background of the service', async () => {
    await world.lifecycle.start();
    const order = await world.order();
    fake.account.pay((await open(order)).sessionId);
    await fake.deliverWebhooks(target());
    await until('the order is funded', async () => (await world.get(`orders/${order.orderId}`)).body['funding'] === 'funded');
  });
});

describe('Stripe', () => {
  it('is connected to one custody account: orders of another are not paid by card', async () => {
    const elsewhere = await world.order({ programmeId: await world.programme({ custodyAccountId: `bac_${randomUUID()}` }) });
    expect(await ask(elsewhere.orderId)).toMatchObject({ status: 409, body: { code: 'card_account_other' } });
    await expect(world.take(StripeAccountConnectedV1, { custodyAccountId: randomUUID() })).rejects.toThrow();
  });
});

type Step = Readonly<{ kind: 'credit' | 'page' | 'pay' | 'tell' | 'book'; payer: 0 | 1; amount: number; copies: number; reversed: boolean }>;
const aStep = fc.record<Step>({
  kind: fc.constantFrom('credit', 'page', 'pay', 'tell', 'book'), payer: fc.constantFrom(0, 1), amount: fc.integer({ min: 100, max: 7_000 }),
  copies: fc.integer({ min: 1, max: 3 }), reversed: fc.boolean(),
});

describe('whatever comes by bank and by card, in any order, twice and late', () => {
  it('the cover of each payer is what that payer paid, up to its share, and unmatched holds the rest', async () => {
    const seed = [...seedOfRun()].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7);
    await fc.assert(fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 14 }), async (steps) => {
      const order = await world.coFunded();
      const start = await world.balance('unmatched');
      const paid = [0, 0];
      const pages: { payer: 0 | 1; sessionId: string; amountCents: number }[] = [];
      for (const { kind, payer, amount, copies, reversed } of steps) {
        if (kind === 'credit') {
          await world.fund(order.shares[payer]!, amount);
          paid[payer]! += amount;
        } else if (kind === 'page') {
          const { status, body } = await ask(order.orderId, order.shares[payer]!.payerId);
          if (status === 201) pages.push({ payer, ...(body as unknown as { sessionId: string; amountCents: number }) });
        } else if (kind === 'pay') {
          const page = pages.shift();
          if (page) fake.account.pay(page.sessionId);
          if (page) paid[page.payer]! += page.amountCents;
        } else if (kind === 'tell') {
          await fake.deliverWebhooks(target(), { copies, reversed });
        } else {
          await book();
        }
      }
      await told({ again: true, reversed: true });
      const owed = order.shares.map(({ amountCents }) => amountCents);
      const cover = await coverOf(order);
      expect(cover).toEqual(paid.map((sum, at) => Math.min(sum, owed[at]!)));
      expect((await world.balance('unmatched')) - start).toBe(paid[0]! + paid[1]! - cover[0]! - cover[1]!);
    }), { seed, numRuns: 12, endOnFailure: true });
    expect(await broken()).toEqual([]);
  }, 240_000);
});
