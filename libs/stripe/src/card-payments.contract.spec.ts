// What the service relies on, held against whoever answers: the real SDK always, the fake here, and Stripe's own test
// mode when a test key is given. Only the fake can be told to fail and to pay, so those cases follow apart.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cents, isRejected } from '#libs/kernel';
import { randomUUID } from 'node:crypto';
import { CardPaymentFault, createStripe, FakeStripe, STRIPE_API_VERSION, StripeCardPayments, type CheckoutRequest } from './index.js';

const request = (over: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  orderId: randomUUID(), amountCents: cents(25_000), currency: 'EUR', successUrl: 'https://example.org/ok?s={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://example.org/back', idempotencyKey: randomUUID(), ...over,
});
const client = (fake: FakeStripe, maxNetworkRetries = 0) =>
  new StripeCardPayments(createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl, maxNetworkRetries }));
function value<T>(outcome: T) {
  if (isRejected(outcome)) throw new Error(`refused: ${outcome.code}`);
  return outcome as Exclude<T, { kind: 'rejected' }>;
}

const realKey = process.env.MEREAU_STRIPE_TEST_KEY;
const targets = [
  { name: 'the fake', run: true },
  { name: `Stripe in test mode${realKey ? '' : ' (skipped: MEREAU_STRIPE_TEST_KEY is not set)'}`, run: Boolean(realKey) },
];

describe.each(targets)('card payments over $name', ({ name, run }) => {
  const works = run ? it : it.skip;
  let fake: FakeStripe | undefined;
  let payments: StripeCardPayments;
  beforeAll(async () => {
    if (name === 'the fake') fake = await FakeStripe.start();
    payments = fake ? client(fake) : new StripeCardPayments(createStripe({ secretKey: realKey ?? 'sk_test_absent' }));
  });
  afterAll(async () => { await fake?.stop(); });

  works('open a session that is found again, open and unpaid', async () => {
    const asked = request();
    const { sessionId, url } = value(await payments.openCheckout(asked));
    expect(url).toMatch(/^https?:\/\//);
    expect(await payments.findPayment(sessionId)).toMatchObject({
      kind: 'payment', orderId: asked.orderId, state: 'open', amountCents: 25_000n, currency: 'EUR', livemode: false, receivedCents: 0n,
    });
  });

  works('give one key one session, whatever the number of requests', async () => {
    const asked = request();
    const answers = await Promise.all([1, 2, 3].map(() => payments.openCheckout(asked).catch((fault: unknown) => {
      // Stripe may answer 409 to those that come while the first is under way; they are told to ask again.
      expect(fault).toMatchObject({ retryable: true });
      return payments.openCheckout(asked);
    })));
    expect(new Set(answers.map((answer) => value(answer).sessionId)).size).toBe(1);
  });

  works('refuse a key that was used for another amount', async () => {
    const asked = request();
    await payments.openCheckout(asked);
    expect(await payments.openCheckout({ ...asked, amountCents: cents(1_000) })).toMatchObject({ code: 'idempotency_key_reused' });
  });

  works('refuse an amount below the least that can be charged', async () => {
    expect(await payments.openCheckout(request({ amountCents: cents(1) }))).toMatchObject({ code: 'amount_not_chargeable' });
  });

  works('open a page for a transfer, for a customer that is one however often it is asked for', async () => {
    const asked = { payerId: randomUUID(), name: 'Département témoin', idempotencyKey: randomUUID() };
    const [customerId, again] = [await payments.openCustomer(asked), await payments.openCustomer(asked)];
    expect(again).toBe(customerId);
    const { sessionId } = value(await payments.openCheckout(request({ method: 'bank_transfer', customerId, cardPaymentId: randomUUID() })));
    expect(await payments.findPayment(sessionId)).toMatchObject({ state: 'open', announcedCents: 0n, amountCents: 25_000n });
  });

  works('open a page for a direct debit', async () => {
    const { sessionId } = value(await payments.openCheckout(request({ method: 'sepa_debit' })));
    expect(await payments.findPayment(sessionId)).toMatchObject({ state: 'open', receivedCents: 0n });
  });

  works('list events since a moment, of the types that are asked for', async () => {
    const { events, unread } = await payments.events(new Date(Date.now() - 86_400_000), ['checkout.session.expired', 'payment_intent.succeeded']);
    expect(unread).toBe(0);
    for (const { type } of events) expect(['checkout.session.expired', 'payment_intent.succeeded']).toContain(type);
  });

  works('refuse a session and a payment that do not exist', async () => {
    expect(await payments.findPayment('cs_test_unknown')).toMatchObject({ code: 'payment_not_found' });
    expect(await payments.refund({ paymentId: 'pi_unknown', amountCents: cents(100), refundId: 'r1', idempotencyKey: randomUUID() }))
      .toMatchObject({ code: 'payment_not_found' });
  });
});

describe('a payment in the fake', () => {
  let fake: FakeStripe;
  let payments: StripeCardPayments;
  let sessionId: string;
  let url: string;
  let clock: Date | undefined;
  beforeEach(async () => {
    clock = undefined;
    fake = await FakeStripe.start({ now: () => clock ?? new Date() });
    payments = client(fake);
    ({ sessionId, url } = value(await payments.openCheckout(request())));
  });
  afterEach(() => fake.stop());

  const refundOf = async (amount: number, key: string = randomUUID()) => payments.refund({
    paymentId: value(await payments.findPayment(sessionId)).paymentId!, amountCents: cents(amount), refundId: key, idempotencyKey: key,
  });

  it('is paid with what Stripe kept beside it: 1.5 % and 25 cents', async () => {
    fake.account.pay(sessionId);
    expect(await payments.findPayment(sessionId)).toMatchObject({ state: 'paid', receivedCents: 25_000n, feeCents: 400n, refundedCents: 0n });
  });

  it('stays open after a declined card, says why, and is paid by the next', async () => {
    fake.account.decline(sessionId, 'lost_card');
    expect(await payments.findPayment(sessionId)).toMatchObject({ state: 'open', declineCode: 'lost_card' });
    fake.account.pay(sessionId);
    expect(await payments.findPayment(sessionId)).toMatchObject({ state: 'paid', declineCode: undefined });
  });

  it('expires, and is then paid no more', async () => {
    fake.account.expire(sessionId);
    expect(await payments.findPayment(sessionId)).toMatchObject({ state: 'expired' });
    expect(() => fake.account.pay(sessionId)).toThrow('expired');
  });

  it('is refunded in parts, never beyond what was paid, and gives the fee not back', async () => {
    fake.account.pay(sessionId);
    expect(await refundOf(10_000)).toMatchObject({ kind: 'refund', state: 'succeeded', amountCents: 10_000n });
    expect(await refundOf(15_001)).toMatchObject({ code: 'refund_too_large' });
    expect(await refundOf(15_000)).toMatchObject({ kind: 'refund' });
    expect(await refundOf(1)).toMatchObject({ code: 'payment_already_refunded' });
    expect(await payments.findPayment(sessionId)).toMatchObject({ state: 'paid', refundedCents: 25_000n, feeCents: 400n });
  });

  it('is refunded once by one key', async () => {
    fake.account.pay(sessionId);
    const [first, second] = [await refundOf(5_000, 'refund:1'), await refundOf(5_000, 'refund:1')];
    expect(second).toEqual(first);
    expect(await payments.findPayment(sessionId)).toMatchObject({ refundedCents: 5_000n });
  });

  it('moves the balance, which is listed newest first and page by page', async () => {
    fake.account.pay(sessionId);
    await refundOf(10_000);
    const stripe = createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl });
    const newest = await stripe.balanceTransactions.list({ limit: 1 });
    expect(newest).toMatchObject({ has_more: true, data: [{ type: 'refund', amount: -10_000, fee: 0, net: -10_000 }] });
    const all = await stripe.balanceTransactions.list({ limit: 1 }).autoPagingToArray({ limit: 10 });
    expect(all.map(({ type, net }) => [type, net])).toEqual([['refund', -10_000], ['charge', 24_600]]);
  });

  it('is found again by the id that its refund was given', async () => {
    fake.account.pay(sessionId);
    const paymentId = value(await payments.findPayment(sessionId)).paymentId!;
    expect(await payments.findRefund({ paymentId, refundId: 'refund:1' })).toBeUndefined();
    await refundOf(5_000, 'refund:1');
    await refundOf(2_000, 'refund:2');
    expect(await payments.findRefund({ paymentId, refundId: 'refund:1' })).toMatchObject({ state: 'succeeded', amountCents: 5_000n });
  });

  it('is refunded twice by a key that Stripe has forgotten, which is why one looks first', async () => {
    fake.account.pay(sessionId);
    const tomorrow = new Date(Date.now() + 90_000_000);
    await refundOf(5_000, 'refund:1');
    clock = tomorrow;
    await refundOf(5_000, 'refund:1');
    expect(await payments.findPayment(sessionId)).toMatchObject({ refundedCents: 10_000n });
  });

  it('is told in the list of events, newest first, page by page', async () => {
    for (let at = 0; at < 51; at += 1) fake.account.pay(value(await payments.openCheckout(request())).sessionId);
    const types = ['payment_intent.succeeded', 'checkout.session.completed'];
    const first = await payments.events(new Date(0), types);
    const second = await payments.events(new Date(0), types, first.next);
    expect([first.events.length, second.events.length, second.next, first.unread]).toEqual([100, 2, undefined, 0]);
    expect([first.events[0]!.type, second.events[1]!.type]).toEqual(['checkout.session.completed', 'payment_intent.succeeded']);
    expect((await payments.events(new Date(Date.now() + 60_000), types)).events).toEqual([]);
  });

  it('is made by the buttons of its page too, which send the payer back', async () => {
    expect(await (await fetch(url)).text()).toContain('250.00 EUR');
    const paid = await fetch(`${url}/pay`, { method: 'POST', redirect: 'manual' });
    expect([paid.status, paid.headers.get('location')]).toEqual([303, `https://example.org/ok?s=${sessionId}`]);
    expect(await payments.findPayment(sessionId)).toMatchObject({ state: 'paid' });
  });
});

describe('a failure of Stripe', () => {
  let fake: FakeStripe;
  beforeEach(async () => { fake = await FakeStripe.start(); });
  afterEach(() => fake.stop());
  const failure = (outcome: Promise<unknown>) => outcome.then(() => undefined, (error: unknown) => error);

  it('402 is a refusal with the reason', async () => {
    fake.failNext('card_declined');
    expect(await client(fake).openCheckout(request())).toMatchObject({ code: 'card_declined', details: { declineCode: 'insufficient_funds' } });
  });

  it.each(['server_error', 'unavailable', 'rate_limited'] as const)('%s is a fault, to be tried again', async (fault) => {
    fake.failNext(fault);
    expect(await failure(client(fake).openCheckout(request()))).toMatchObject({ name: 'CardPaymentFault', retryable: true, requestId: 'req_fake' });
  });

  it('500 comes again under its key, and 503 does not', async () => {
    const [kept, free] = [request(), request()];
    fake.failNext('server_error', 'unavailable');
    await failure(client(fake).openCheckout(kept));
    await failure(client(fake).openCheckout(free));
    expect(await failure(client(fake).openCheckout(kept))).toBeInstanceOf(CardPaymentFault);
    expect(await client(fake).openCheckout(free)).toMatchObject({ kind: 'opened' });
  });

  it('a lost answer is asked for again by the SDK under the same key, and opens no second session', async () => {
    fake.failNext('reset_after');
    const { sessionId } = value(await client(fake).openCheckout(request({ idempotencyKey: 'order:1' })));
    expect(fake.seen.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['order:1', 'order:1']);
    fake.account.pay(sessionId);
    expect(fake.account.balanceTransactions(10).data).toHaveLength(1);
  });

  it('a broken connection is a fault, to be tried again', async () => {
    fake.failNext('reset_before', 'reset_before');
    expect(await failure(client(fake).openCheckout(request()))).toMatchObject({ retryable: true, requestId: undefined });
  });

  it('a request that is our own mistake is a fault, not to be tried again', async () => {
    expect(await failure(client(fake).openCheckout(request({ successUrl: '' })))).toMatchObject({ retryable: false });
  });

  it('a wrong key is a fault that does not show the key', async () => {
    const payments = new StripeCardPayments(createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl }));
    const fault = await failure(payments.findPayment('pi_not/a/session'));
    expect(fault).toBeInstanceOf(CardPaymentFault);
    expect(JSON.stringify(fault) + String(fault)).not.toContain('sk_test');
  });
});

describe('the client', () => {
  let fake: FakeStripe;
  beforeEach(async () => { fake = await FakeStripe.start(); });
  afterEach(() => fake.stop());

  it('names its API version and tells Stripe nothing about the machine', async () => {
    const payments = client(fake);
    // Telemetry of a request would travel with the next.
    await payments.openCheckout(request());
    await payments.openCheckout(request());
    expect(fake.seen.map(({ apiVersion, telemetry }) => [apiVersion, telemetry])).toEqual(Array(2).fill([STRIPE_API_VERSION, false]));
  });

  it.each([
    ['sk_live_x', 'http://127.0.0.1:4242'], ['rk_live_x', 'https://stripe.example.org'], ['sk_test_x', 'ftp://127.0.0.1'],
    ['sk_test_x', 'http://127.0.0.1/v1'], ['pk_test_x', undefined], ['', undefined],
  ])('is not made with the key %s for %s', (secretKey, apiBase) => {
    expect(() => createStripe({ secretKey, ...(apiBase === undefined ? {} : { apiBase }) })).toThrow(/live key|base address|secret key/);
  });
});
