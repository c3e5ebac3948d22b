import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { cents } from '#libs/kernel';
import Stripe from 'stripe';
import { createStripe, FakeStripe, StripeCardPayments, verifyWebhook } from './index.js';

const SECRET = 'whsec_now';
const at = new Date('2026-11-22T10:00:00Z');
const event = { id: 'evt_1', object: 'event', type: 'customer.created', created: 1, livemode: false, data: { object: { object: 'customer' } } };
const body = (json: unknown = event) => Buffer.from(JSON.stringify(json));
const signed = (payload: Buffer, secret = SECRET, ageSeconds = 0) => Stripe.webhooks.generateTestHeaderString({
  payload: payload.toString(), secret, timestamp: at.getTime() / 1000 - ageSeconds,
});
const verify = (raw: Buffer, header: string | undefined, secrets = [SECRET]) => verifyWebhook(raw, header, secrets, 300, at);

describe('a webhook', () => {
  it('that Stripe signed is an event', () => {
    expect(verify(body(), signed(body()))).toMatchObject({ kind: 'verified', event: { id: 'evt_1', kind: 'other', livemode: false } });
  });

  it('signed by the old secret counts as long as that is listed', () => {
    const header = signed(body(), 'whsec_old');
    expect(verify(body(), header, [SECRET, 'whsec_old'])).toMatchObject({ kind: 'verified' });
    expect(verify(body(), header)).toMatchObject({ code: 'signature_wrong' });
  });

  it.each([[300, 'verified'], [301, 'signature_old']])('that is %s seconds old is %s', (ageSeconds, expected) => {
    const outcome = verify(body(), signed(body(), SECRET, ageSeconds));
    expect(outcome.kind === 'rejected' ? outcome.code : outcome.kind).toBe(expected);
  });

  it.each([
    ['nothing', undefined], ['blanks', ' '], ['noise', 't=1,v1'], ['no signature', 't=1'], ['another scheme', signed(body()).replace('v1=', 'v0=')],
    ['a shortened signature', signed(body()).slice(0, -1)], ['a younger timestamp', signed(body(), SECRET, 9000).replace(/t=\d+/, `t=${at.getTime() / 1000}`)],
  ])('with %s for a signature is refused', (_what, header) => {
    expect(verify(body(), header)).toMatchObject({ code: 'signature_wrong' });
  });

  it('whose body was changed, by a blank even, is refused', () => {
    expect(verify(Buffer.concat([body(), Buffer.from(' ')]), signed(body()))).toMatchObject({ code: 'signature_wrong' });
  });

  it.each([
    ['no JSON', Buffer.from('{')], ['empty', Buffer.alloc(0)], ['no event', body({ hello: 1 })], ['an event without an object', body({ ...event, data: {} })],
    ['a dispute that names no charge', body({ ...event, type: 'charge.dispute.created', data: { object: { object: 'dispute', amount: 1 } } })],
    ['a payment that is a charge', body({ ...event, type: 'payment_intent.succeeded', data: { object: { id: 'ch_1', object: 'charge' } } })],
  ])('that is signed and is %s is malformed', (_what, raw) => {
    expect(verify(raw, signed(raw))).toMatchObject({ code: 'body_malformed' });
  });

  it('is not checked with no secret, a blank one, or no tolerance', () => {
    expect(() => verify(body(), signed(body()), [])).toThrow('secret');
    expect(() => verify(body(), signed(body()), [SECRET, ''])).toThrow('secret');
    expect(() => verifyWebhook(body(), signed(body()), [SECRET], 0)).toThrow('tolerance');
  });
});

describe('the webhooks of the fake', () => {
  let fake: FakeStripe;
  let receiver: Server;
  let got: { type: string; id: string; kind: string }[];
  let status: number;
  beforeEach(async () => {
    [got, status, fake] = [[], 200, await FakeStripe.start()];
    receiver = createServer((request, response) => void buffer(request).then((raw) => {
      const outcome = verifyWebhook(raw, String(request.headers['stripe-signature']), [SECRET]);
      if (outcome.kind === 'verified') got.push(outcome.event);
      response.writeHead(outcome.kind === 'verified' ? status : 400).end();
    }));
    await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
    const payments = new StripeCardPayments(createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl }));
    const opened = await payments.openCheckout({
      orderId: 'ord_1', amountCents: cents(5_000), currency: 'EUR', successUrl: 'https://example.org', cancelUrl: 'https://example.org', idempotencyKey: 'k',
    });
    if (opened.kind !== 'opened') throw new Error('not opened');
    fake.account.decline(opened.sessionId);
    fake.account.pay(opened.sessionId);
    const found = await payments.findPayment(opened.sessionId);
    if (found.kind !== 'payment') throw new Error('not found');
    await payments.refund({ paymentId: found.paymentId!, amountCents: cents(500), refundId: 'r', idempotencyKey: 'r' });
  });
  afterEach(async () => {
    receiver.closeAllConnections();
    await Promise.all([fake.stop(), new Promise((resolve) => { receiver.close(resolve); })]);
  });
  const target = (secret = SECRET) => ({ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`, secret });
  const STORY = [
    'payment_intent.payment_failed', 'charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed', 'refund.created', 'charge.refunded',
  ];

  it('pass our check of the signature and our schema, and name the order', async () => {
    const delivered = await fake.deliverWebhooks(target());
    expect(delivered.map(({ status: answer }) => answer)).toEqual(STORY.map(() => 200));
    expect(got.map(({ type }) => type)).toEqual(STORY);
    expect(got.map(({ kind }) => kind)).toEqual(['payment_intent', 'charge', 'payment_intent', 'checkout_session', 'refund', 'charge']);
    expect(got[2]).toMatchObject({ object: { metadata: { order_id: 'ord_1' }, amount_received: 5_000 } });
    expect(got[3]).toMatchObject({ object: { client_reference_id: 'ord_1', payment_status: 'paid' } });
  });

  it('come late with the object as it was, twice and backwards when asked', async () => {
    await fake.deliverWebhooks(target(), { copies: 2, reversed: true });
    expect(got.map(({ type }) => type)).toEqual([...STORY].reverse().flatMap((type) => [type, type]));
    expect(new Set(got.map(({ id }) => id)).size).toBe(STORY.length);
    expect(got.at(-1)).toMatchObject({ object: { status: 'requires_payment_method', amount_received: 0 } });
  });

  it('are refused with another secret, and are sent once', async () => {
    expect((await fake.deliverWebhooks(target('whsec_other'))).map((one) => one.status)).toEqual(STORY.map(() => 400));
    expect(await fake.deliverWebhooks(target())).toEqual([]);
  });
});
