// A payer pays its share through Stripe otherwise than by card: by a transfer that comes in parts, or by a debit that takes
// days and that its bank may take back. What is on its way is announced, and nobody's cover.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BankCreditBookedV1, PaymentDisputeClosedV1, PaymentDisputedV1, PaymentSucceededV1, RefundRequestedV1, VoucherRedeemedV1,
} from '#libs/contracts';
import Stripe from 'stripe';
import { CATALOGUE, inspect } from '#libs/invariants';
import { FakeStripe, FaultPlan } from '#libs/stripe';
import { seedOfRun, until } from '#libs/testing';
import { APPROVER, CUSTODY, IssuanceWorld, memberOf, NOW, plain, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

const DAY_MS = 86_400_000;
const LIMITS = { exposureCents: 25_000, exposurePerPayerCents: 15_000 };
let fake: FakeStripe;
let world: IssuanceWorld;
beforeAll(async () => {
  fake = await FakeStripe.start({ now: () => world?.clock.override() ?? new Date(NOW) });
  world = await IssuanceWorld.create({
    cardProcessor: { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: ['whsec_spec'], sepaDebit: LIMITS },
  });
  await world.app.listen(0, '127.0.0.1');
});
beforeEach(() => { world.clock.set(NOW); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'issuance');
  expect((await inspect(world.database.inspectorUrl, local)).broken).toEqual([]);
  await world.close();
  await fake.stop();
});

type Method = 'card' | 'bank_transfer' | 'sepa_debit';
type Opened = Readonly<{ cardPaymentId: string; sessionId: string; amountCents: number }>;
const ask = (order: PlacedOrder, method: Method, key: string = randomUUID()) =>
  world.post(`orders/${order.orderId}/card-payments`, { body: { method }, as: memberOf(order.payerId), key });
const open = async (order: PlacedOrder, method: Method): Promise<Opened> => {
  const { status, text, body } = await ask(order, method);
  if (status !== 201) throw new Error(text);
  return body as unknown as Opened;
};
const told = async () => {
  const url = `${await world.app.getUrl()}/issuance/stripe-webhooks`;
  const answers = await fake.deliverWebhooks({ url, secret: 'whsec_spec' }, { copies: 2, reversed: true });
  expect(new Set([...answers.map(({ status }) => status), 200])).toEqual(new Set([200]));
  await world.booker.bookWaiting((_, error) => { throw error; }, () => undefined);
};
const shownOf = async ({ orderId }: PlacedOrder) =>
  ((await world.get(`card-payments?orderId=${orderId}`)).body['items'] as Record<string, unknown>[])[0]!;
const later = (days: number) => world.clock.set(new Date(Date.parse(NOW) + days * DAY_MS).toISOString());
const paymentOf = (sessionId: string) => fake.account.find('checkout.session', sessionId).payment_intent!;

describe('a bank transfer through Stripe', () => {
  it('is no cover in parts, and is cover when the last part has come, however late', async () => {
    const order = await world.order();
    const { sessionId } = await open(order, 'bank_transfer');
    fake.account.delayed.promise(sessionId);
    await told();
    expect(await shownOf(order)).toMatchObject({ method: 'bank_transfer', state: 'processing', announcedCents: 0, instructionsUrl: expect.stringContaining('https://') });
    later(2);
    fake.account.delayed.transfer(sessionId, 4_000);
    await told();
    expect(await shownOf(order)).toMatchObject({ state: 'processing', announcedCents: 4_000, coverCents: null });
    expect(await world.prefund(order)).toBe(0);
    later(40);
    fake.account.delayed.transfer(sessionId, 6_000);
    await told();
    expect(await shownOf(order)).toMatchObject({ state: 'paid', announcedCents: 0, coverCents: 10_000, excessCents: 0 });
    expect(await world.prefund(order)).toBe(10_000);
    const { body } = (await world.emitted(PaymentSucceededV1)).at(-1)!;
    expect(body).toMatchObject({ amountCents: 10_000, stripeObjectId: paymentOf(sessionId) });
  });

  it('goes to one account number per payer, whoever asks and however often', async () => {
    const order = await world.order();
    const again = await world.order({ shares: [{ payerId: order.payerId, basisPoints: 10_000 }] });
    const customers = () => fake.seen.filter(({ path }) => path === '/v1/customers').length;
    const before = customers();
    const sessions = [await open(order, 'bank_transfer'), await open(order, 'bank_transfer'), await open(again, 'bank_transfer')];
    expect([customers() - before, new Set(sessions.map(({ sessionId }) => fake.account.find('checkout.session', sessionId).customer)).size]).toEqual([1, 1]);
  });
});

describe('a direct debit', () => {
  it('is announced while it is on its way, cover once it has succeeded, and nothing when it fails', async () => {
    const [good, bad] = [await world.order(), await world.order()];
    const sessions = [await open(good, 'sepa_debit'), await open(bad, 'sepa_debit')];
    for (const { sessionId } of sessions) fake.account.delayed.promise(sessionId);
    await told();
    expect([await shownOf(good), await world.prefund(good)]).toMatchObject([{ state: 'processing', announcedCents: 10_000 }, 0]);
    fake.account.delayed.collect(sessions[0]!.sessionId);
    fake.account.delayed.fail(sessions[1]!.sessionId);
    await told();
    expect([await shownOf(good), await world.prefund(good)]).toMatchObject([{ state: 'paid', announcedCents: 0 }, 10_000]);
    expect([await shownOf(bad), await world.prefund(bad)]).toMatchObject([{ state: 'failed', announcedCents: 0 }, 0]);
    later(57);
  });

  it('is refused where more would be open than the operator is ready to lose, in all or of one payer', async () => {
    later(100);
    const order = await world.order();
    const [small, large] = [await world.order({ shares: [{ payerId: order.payerId, basisPoints: 10_000 }], count: 5 }),
      await world.order({ shares: [{ payerId: order.payerId, basisPoints: 10_000 }], count: 6 })];
    const { sessionId } = await open(order, 'sepa_debit');
    expect(await ask(large, 'sepa_debit')).toMatchObject({ status: 409, body: { code: 'sepa_exposure_exceeded', details: { amountCents: 6_000, leftCents: 5_000 } } });
    await open(small, 'sepa_debit');
    const other = await world.order({ count: 11 });
    expect(await ask(other, 'sepa_debit')).toMatchObject({ body: { code: 'sepa_exposure_exceeded', details: { leftCents: 10_000 } } });
    // A page that was never used is closed after a day; a debit that succeeded counts until its bank can take it back no more.
    fake.account.delayed.promise(sessionId);
    fake.account.delayed.collect(sessionId);
    await told();
    later(101.5);
    expect(await ask(other, 'sepa_debit')).toMatchObject({ status: 201 });
    expect(await ask(large, 'sepa_debit')).toMatchObject({ body: { code: 'sepa_exposure_exceeded', details: { leftCents: 4_000 } } });
    later(157);
    expect(await ask(large, 'sepa_debit')).toMatchObject({ status: 201 });
  });

  it('of two that are asked for at once is refused once where there is room for one', async () => {
    later(300);
    const payerId = await world.payer();
    const orders = await Promise.all([1, 2].map(() => world.order({ shares: [{ payerId, basisPoints: 10_000 }] })));
    const answers = await Promise.all(orders.map((order) => ask(order, 'sepa_debit')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('is not there unless somebody says how much may be lost', async () => {
    const without = await IssuanceWorld.create({ cardProcessor: { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: ['whsec_spec'] } });
    const order = await without.order();
    const answer = await without.post(`orders/${order.orderId}/card-payments`, { body: { method: 'sepa_debit' } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'sepa_debit_off' } });
    await without.close();
  });
});

const disputeOf = (order: PlacedOrder, { cardPaymentId, sessionId, amountCents }: Opened) => ({
  disputeId: `dp_${plain(cardPaymentId)}`, stripeObjectId: paymentOf(sessionId), cardPaymentId: plain(cardPaymentId), orderId: plain(order.orderId),
  payerId: plain(order.payerId), custodyAccountId: CUSTODY, amountCents, currency: 'EUR' as const,
});
const receivable = async ({ payerId }: PlacedOrder) => 0 - (await world.balance(`receivable:${plain(payerId)}`));
async function paid(count = 10): Promise<[PlacedOrder, Opened]> {
  const order = await world.order({ count });
  const opened = await open(order, 'card');
  fake.account.pay(opened.sessionId);
  await told();
  return [order, opened];
}
const closed = ({ stripeObjectId: _, ...dispute }: ReturnType<typeof disputeOf>, outcome: 'won' | 'lost') =>
  world.take(PaymentDisputeClosedV1, { ...dispute, outcome, amountCents: outcome === 'won' ? dispute.amountCents : 0 });

describe('a payment that Stripe takes back (row 30)', () => {
  it('is owed for what was activated, and the rest of it is cover no more: nothing is activated from money that is gone', async () => {
    const [order, opened] = await paid();
    const batchId = await world.batch(order.orderId);
    expect((await world.activate(batchId, { first: 0, last: 3 })).status).toBe(201);
    const dispute = disputeOf(order, opened);
    await world.take(PaymentDisputedV1, dispute);
    expect([await receivable(order), await world.prefund(order)]).toEqual([4_000, 0]);
    expect(await world.activate(batchId, { first: 4, last: 4 })).toMatchObject({ status: 409, body: { code: 'insufficient_coverage' } });
    expect((await world.get(`orders/${order.orderId}`)).body).toMatchObject({ fundedCents: 4_000, funding: 'part_funded' });
    await closed(dispute, 'won');
    expect([await receivable(order), await world.prefund(order)]).toEqual([0, 6_000]);
    expect((await world.activate(batchId, { first: 4, last: 9 })).status).toBe(201);
  });

  it('and that comes again after the payer has paid the share anew is too much, and lies in unmatched', async () => {
    const [order, opened] = await paid();
    const dispute = disputeOf(order, opened);
    await world.take(PaymentDisputedV1, dispute);
    await world.fund(order, 10_000);
    const before = await world.balance('unmatched');
    await closed(dispute, 'won');
    expect([await receivable(order), await world.prefund(order), (await world.balance('unmatched')) - before]).toEqual([0, 10_000, 10_000]);
  });

  it.each(['won', 'lost'] as const)('and is %s leaves the same whichever of the two is told first', async (outcome) => {
    const states = [];
    for (const endFirst of [false, true]) {
      const [order, opened] = await paid();
      const batchId = await world.batch(order.orderId);
      await world.activate(batchId, { first: 0, last: 3 });
      const dispute = disputeOf(order, opened);
      if (endFirst) await closed(dispute, outcome);
      await world.take(PaymentDisputedV1, dispute);
      if (!endFirst) await closed(dispute, outcome);
      states.push([await receivable(order), await world.prefund(order), (await world.get(`orders/${order.orderId}`)).body['fundedCents']]);
    }
    expect(states[0]).toEqual(states[1]);
    expect(states[0]).toEqual(outcome === 'won' ? [0, 6_000, 10_000] : [4_000, 0, 4_000]);
  });

  it('in two parts takes back what it became once, and no cent of what others sent', async () => {
    const [order, opened] = await paid();
    // The share was paid otherwise meanwhile: all of a second payment is too much.
    const twice = await world.order({ programmeId: order.programmeId });
    const late = await open(twice, 'card');
    await world.fund(twice, 10_000);
    fake.account.pay(late.sessionId);
    await told();
    expect(await shownOf(twice)).toMatchObject({ excessCents: 10_000 });
    await world.take(BankCreditBookedV1, world.credit(20_000, ['RF00MRO0000000000']));
    const before = await world.balance('unmatched');
    const part = (disputeId: string, amountCents: number) => ({ ...disputeOf(twice, late), disputeId, amountCents });
    await world.take(PaymentDisputedV1, part('dp_a', 6_000));
    await world.take(PaymentDisputedV1, part('dp_b', 6_000));
    expect([before - (await world.balance('unmatched')), await receivable(twice)]).toEqual([10_000, 2_000]);
    expect(opened.amountCents).toBe(10_000);
  });

  it('after its order was cancelled and gave it back takes no cover of another order', async () => {
    const payerId = await world.payer();
    const shares = [{ payerId, basisPoints: 10_000 }];
    const order = await world.order({ shares });
    const opened = await open(order, 'card');
    fake.account.pay(opened.sessionId);
    await told();
    await world.done(`orders/${order.orderId}/cancellation`, { reason: 'Plus de besoin' });
    const other = await world.order({ shares, programmeId: order.programmeId });
    await world.fund(other, 10_000);
    await world.take(PaymentDisputedV1, disputeOf(order, opened));
    expect([await receivable(order), await world.prefund(other)]).toEqual([10_000, 10_000]);
  });

  it('is paid by what expires on its order, before anything goes to anybody', async () => {
    const [order, opened] = await paid();
    const batchId = await world.batch(order.orderId);
    await world.activate(batchId);
    const dispute = disputeOf(order, opened);
    await world.take(PaymentDisputedV1, dispute);
    const about = { redemptionId: world.newId(), batchId: plain(batchId), amountCents: 1_000, custodyAccountId: CUSTODY };
    const redeemed = { ...VoucherRedeemedV1.sample, ...about };
    await world.take(VoucherRedeemedV1, redeemed, redeemed.redemptionId);
    await world.expire(batchId, [9_000]);
    const statement = await world.drawnUp(order);
    const sign = async () => (await world.sign(statement, memberOf(order.payerId))).body;
    expect((await sign()).code).toBe('dispute_open');
    await closed(dispute, 'lost');
    expect(await sign()).toMatchObject({ signed: false });
    expect((await world.sign(statement, APPROVER)).body).toMatchObject({ signed: true });
    expect([await receivable(order), await world.balance(`refund_due:${plain(order.payerId)}`)]).toEqual([1_000, 0]);
    expect((await world.post('refunds', { body: { statementId: statement.statementId } })).body.code).toBe('nothing_to_refund');
    const { body } = await world.get(`disputes?orderId=${order.orderId}`, memberOf(order.payerId));
    expect(body['items']).toMatchObject([{ state: 'lost', amountCents: 10_000, takenBackCents: 0, payerOwesCents: 1_000 }]);
  });
});

describe('a refund', () => {
  it('of a payment that is old goes by bank', async () => {
    const order = await world.order();
    await world.fund(order, 7_000);
    const opened = await open(order, 'card');
    fake.account.pay(opened.sessionId);
    await told();
    world.clock.set('2027-02-01T12:00:00.000Z');
    const bank = await world.done('refunds', { programmeId: order.programmeId, payerId: order.payerId });
    expect((bank['refunds'] as object[])).toMatchObject([{ amountCents: 10_000, way: 'bank' }]);
  });

  it('of a young payment goes in parts: what the card paid to the card, the rest by bank', async () => {
    world.clock.set('2026-12-20T10:00:00.000Z');
    const order = await world.order();
    await world.fund(order, 7_000);
    const opened = await open(order, 'card');
    fake.account.pay(opened.sessionId);
    await told();
    world.clock.set('2027-02-01T12:00:00.000Z');
    const answer = await world.done('refunds', { programmeId: order.programmeId, payerId: order.payerId });
    expect((answer['refunds'] as object[])).toMatchObject([{ amountCents: 3_000, way: 'stripe' }, { amountCents: 7_000, way: 'bank' }]);
    expect((await world.emitted(RefundRequestedV1)).slice(-2).map(({ body }) => [body.way, body.originalPayment]))
      .toEqual([['stripe', paymentOf(opened.sessionId)], ['bank', undefined]]);
  });
});

describe('a webhook', () => {
  it('that is larger than a mebibyte is refused before it is looked at', async () => {
    const payload = JSON.stringify({ id: 'evt_large', object: 'event', padding: 'x'.repeat(1_048_576) });
    const headers = { 'content-type': 'application/json', 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_spec' }) };
    const answer = await world.app.inject({ method: 'POST', url: '/issuance/stripe-webhooks', payload, headers });
    expect(answer.statusCode).toBe(413);
    expect(await world.rows(`select 1 from issuance.stripe_event where id = 'evt_large'`)).toEqual([]);
  });
});

describe('Stripe\'s own list of events', () => {
  const readAll = async () => {
    const read = await world.events.readWhenDue();
    await world.booker.bookWaiting((_, error) => { throw error; }, () => undefined);
    return read;
  };

  it('is read each hour for webhooks that never come, once, and from where a reading was interrupted', async () => {
    later(301);
    await readAll();
    const order = await world.order();
    fake.account.pay((await open(order, 'card')).sessionId);
    expect([await readAll(), await world.prefund(order)]).toEqual([undefined, 0]);
    later(301.05);
    fake.failNext('unavailable', 'unavailable', 'unavailable');
    await expect(world.events.readWhenDue()).rejects.toMatchObject({ name: 'CardPaymentFault' });
    expect(await readAll()).toBeGreaterThan(0);
    expect(await world.prefund(order)).toBe(10_000);
    expect(await readAll()).toBeUndefined();
    later(301.1);
    await readAll();
    expect(await world.prefund(order)).toBe(10_000);
  });

  it('makes up for whatever a plan of faults loses, doubles and shuffles', async () => {
    later(302);
    const seed = [...seedOfRun()].reduce((total, character) => (total * 31 + character.charCodeAt(0)) | 0, 7);
    const orders = await Promise.all(Array.from({ length: 8 }, () => world.order()));
    fake.follow(new FaultPlan(seed, { requests: 25, drop: 40, double: 30, shuffle: true }));
    for (const [at, order] of orders.entries()) {
      let sessionId = '';
      // With a new key each time: Stripe gives a key that it answered with 500 the same answer for a day.
      await until('a page is opened', async () => {
        const { status, body } = await ask(order, at % 2 === 0 ? 'card' : 'bank_transfer');
        sessionId = String(body['sessionId']);
        return status === 201;
      });
      if (at % 2 === 0) fake.account.pay(sessionId);
      else fake.account.delayed.promise(sessionId);
      if (at % 2 === 1) fake.account.delayed.transfer(sessionId, 10_000);
      const url = `${await world.app.getUrl()}/issuance/stripe-webhooks`;
      await fake.deliverWebhooks({ url, secret: 'whsec_spec' });
      await world.booker.bookWaiting(() => undefined, () => undefined);
    }
    later(302.1);
    await until('Stripe\'s list has been read', () => world.events.readWhenDue().then(() => true, () => false));
    await until('everything is booked', async () => {
      await world.booker.bookWaiting(() => undefined, () => undefined);
      return world.booker.idle();
    });
    fake.follow(undefined);
    expect(await Promise.all(orders.map((order) => world.prefund(order)))).toEqual(orders.map(() => 10_000));
  });
});
