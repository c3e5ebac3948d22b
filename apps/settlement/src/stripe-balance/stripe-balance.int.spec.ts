// Stripe's side of the treasury: the real SDK against the fake, whose webhooks come twice and backwards, and the bank on
// which payouts arrive before or after Stripe tells of them.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentSucceededV1, StripeAccountConnectedV1 } from '#libs/contracts';
import Stripe from 'stripe';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents } from '#libs/kernel';
import { createStripe, FakeStripe, StripeCardPayments } from '#libs/stripe';
import { fakeIban, until } from '#libs/testing';
import { plain, SettlementWorld, shown } from '../../../../test/builders/settlement-world.js';

const SECRET = 'whsec_spec';
let fake: FakeStripe;
let world: SettlementWorld;
let url: string;
let payments: StripeCardPayments;

const inList = CATALOGUE.filter(({ id }) => ['L7p', 'L7b', 'L4:settlement', 'L4g:settlement', 'L10:settlement', 'S6', 'S7', 'S8'].includes(id));
const broken = async () => (await inspect(world.database.inspectorUrl, inList)).broken;
const connect = (bankAccountId = shown('bankAccount', world.bankAccountId)) => world.post('stripe-accounts', { body: { bankAccountId } });
const read = async () => world.done('stripe-balance/readings');
const balances = async () => Object.fromEntries(await Promise.all(['psp', 'psp_fees', 'cash_in_transit', 'bank_unknown'].map(
  async (account) => [account, 0 - (await world.balance(account))] as const)));
let paid = 0;
/** A payer pays at Stripe; answers the message that issuance will send of it. */
async function pay(amountCents = 4_000) {
  paid += 1;
  const opened = await payments.openCheckout({
    orderId: 'o', amountCents: cents(amountCents), currency: 'EUR', successUrl: 'https://example.org', cancelUrl: 'https://example.org', idempotencyKey: `pay:${paid}`,
  });
  if (opened.kind !== 'opened') throw new Error(opened.code);
  fake.account.pay(opened.sessionId);
  const found = await payments.findPayment(opened.sessionId);
  if (found.kind !== 'payment') throw new Error(found.code);
  return {
    cardPaymentId: world.newId(), stripeObjectId: found.paymentId!, orderId: world.newId(), payerId: world.newId(),
    custodyAccountId: world.bankAccountId, amountCents, coverCents: amountCents, currency: 'EUR' as const,
  };
}

beforeEach(async () => {
  fake = await FakeStripe.start({ now: () => new Date('2026-04-02T08:00:00Z') });
  world = await SettlementWorld.create({ cardProcessor: { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: [SECRET] } });
  await world.app.listen(0, '127.0.0.1');
  url = `${await world.app.getUrl()}/settlement/stripe-webhooks`;
  payments = new StripeCardPayments(createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl, maxNetworkRetries: 0 }));
});
afterEach(async () => {
  await world.close();
  await fake.stop();
});
const target = (secret = SECRET) => ({ url, secret, types: ['charge.', 'payout.'] });

describe('the account at Stripe', () => {
  it('is connected to one custody account of ours, once, and issuance is told', async () => {
    expect((await world.post('stripe-balance/readings')).body.code).toBe('stripe_account_missing');
    expect((await world.get('stripe-balance')).body.code).toBe('stripe_account_missing');
    expect((await connect(shown('bankAccount', world.newId()))).body.code).toBe('bank_account_unknown');
    expect(await connect()).toMatchObject({ status: 201, body: { bankAccountId: shown('bankAccount', world.bankAccountId) } });
    expect(await connect()).toMatchObject({ status: 409, body: { code: 'stripe_account_connected' } });
    expect((await world.emitted(StripeAccountConnectedV1)).map(({ body }) => body)).toEqual([{ custodyAccountId: world.bankAccountId }]);
  });

  it('takes no money of another custody account: the database refuses it', async () => {
    await connect();
    const fact = await pay();
    await expect(world.take(PaymentSucceededV1, { ...fact, custodyAccountId: world.newId() })).rejects.toThrow();
    expect(await world.balance('psp')).toBe(0);
  });
});

describe('a card payment', () => {
  it.each([['before', true], ['after', false]])('is posted at its gross and costs its fee, its message coming %s the reading', async (_, messageFirst) => {
    await connect();
    const fact = await pay();
    if (messageFirst) await world.take(PaymentSucceededV1, fact);
    expect(await broken()).toEqual([]);
    expect(await read()).toEqual({ movements: 1, feesCents: 85, payouts: 0, arrived: 0 });
    expect(await broken()).toEqual([]);
    if (!messageFirst) await world.take(PaymentSucceededV1, fact);
    expect(await balances()).toEqual({ psp: 3_915, psp_fees: 85, cash_in_transit: 0, bank_unknown: 0 });
    expect(await broken()).toEqual([]);
    expect(await read()).toEqual({ movements: 0, feesCents: 0, payouts: 0, arrived: 0 });
    expect((await world.get('stripe-balance')).body).toMatchObject({
      statedCents: 3_915, ledgerCents: 3_915, chargedCents: 0, feesCents: 85, operatorCents: -85, gapCents: 85, unexplained: [],
    });
  });

  it('comes once: a second message of the same payment is a fault', async () => {
    await connect();
    const fact = await pay();
    await world.take(PaymentSucceededV1, fact);
    await expect(world.take(PaymentSucceededV1, { ...fact, cardPaymentId: world.newId() })).rejects.toThrow();
    expect(-(await world.balance('psp'))).toBe(4_000);
  });

  it('that issuance never announced, and a refund made at Stripe, are shown as unexplained and posted by nobody', async () => {
    await connect();
    const known = await pay();
    await world.take(PaymentSucceededV1, known);
    await pay(1_000);
    await payments.refund({ paymentId: known.stripeObjectId, amountCents: cents(500), refundId: 'r', idempotencyKey: 'r' });
    await read();
    const { body } = await world.get('stripe-balance');
    expect((body['unexplained'] as { stripeType: string; netCents: number }[]).map(({ stripeType, netCents }) => [stripeType, netCents]).sort())
      .toEqual([['charge', 960], ['refund', -500]]);
    expect(await broken()).toEqual([]);
  });
});

describe('a payout', () => {
  const payOut = async (descriptor: string | null = null) => {
    await connect();
    await world.take(PaymentSucceededV1, await pay());
    return fake.account.payOut({ arrivesOn: '2026-04-03', descriptor });
  };
  const arrives = (over: Partial<Parameters<typeof world.bank.receivePspPayout>[0]> = {}) =>
    world.bank.receivePspPayout({ amountCents: cents(3_915), ...over });

  it('leaves the balance, is on its way, and arrives on the bank statement as a line of its own kind (row 5)', async () => {
    await payOut();
    expect(await read()).toMatchObject({ payouts: 1, feesCents: 85 });
    expect(await balances()).toEqual({ psp: 0, psp_fees: 85, cash_in_transit: 3_915, bank_unknown: 0 });
    world.bank.noise();
    arrives();
    expect(await world.bankDay()).toEqual({ unknown_credit: 2, psp_payout: 1 });
    expect(await balances()).toMatchObject({ psp: 0, cash_in_transit: 0 });
    expect((await world.get('bank-lines?kind=psp_payout')).body).toMatchObject({ items: [{ amountCents: 3_915, references: [], matches: [] }] });
    expect(await broken()).toEqual([]);
  });

  it('is known by its trace once the bank has it, whatever else is written', async () => {
    const { id } = await payOut('MEREAU');
    await read();
    const { trace_id: { value } } = fake.account.payoutPaid(id);
    await read();
    arrives({ descriptor: 'VIREMENT RECU', traceId: value! });
    expect(await world.bankDay()).toEqual({ psp_payout: 1 });
  });

  it('that the bank shows before Stripe tells of it waits as unknown, and is named when it is announced', async () => {
    await payOut('MEREAU');
    arrives({ descriptor: 'MEREAU 0204' });
    expect(await world.bankDay()).toEqual({ unknown_credit: 1 });
    expect(await balances()).toMatchObject({ bank_unknown: -3_915 });
    expect(await broken()).toEqual([]);
    expect(await read()).toMatchObject({ payouts: 1, arrived: 1 });
    expect(await balances()).toEqual({ psp: 0, psp_fees: 85, cash_in_transit: 0, bank_unknown: 0 });
    expect((await world.get('bank-lines?kind=unknown_credit')).body).toMatchObject({ items: [{ identifiedAs: 'psp_payout' }] });
    expect(await broken()).toEqual([]);
  });

  it('that the bank names by nothing that we know is identified by a person, once, and to the cent', async () => {
    const { id: payoutId } = await payOut('MEREAU');
    await read();
    world.bank.receive({ amountCents: cents(3_915), from: { name: 'INCONNU', iban: fakeIban(9) }, text: 'VIR' });
    world.bank.receive({ amountCents: cents(3_914), from: { name: 'INCONNU', iban: fakeIban(9) }, text: 'VIR' });
    expect(await world.bankDay()).toEqual({ unknown_credit: 2 });
    const { items } = (await world.get('bank-lines?kind=unknown_credit')).body as unknown as { items: { bankLineId: string; amountCents: number }[] };
    const lineOf = (amount: number) => items.find(({ amountCents }) => amountCents === amount)!.bankLineId;
    const identify = (amount: number, id: string) => world.post(`bank-lines/${lineOf(amount)}/identifications`, { body: { kind: 'psp_payout', payoutId: id } });
    expect((await identify(3_914, payoutId)).body.code).toBe('payout_amount_differs');
    expect((await identify(3_915, 'po_unknown')).body.code).toBe('payout_unknown');
    expect(await identify(3_915, payoutId)).toMatchObject({ status: 201, body: { kind: 'psp_payout', amountCents: 3_915 } });
    expect((await identify(3_915, payoutId)).body.code).toBe('bank_line_identified');
    expect((await identify(3_914, payoutId)).body.code).toBe('payout_arrived');
    expect(await balances()).toMatchObject({ cash_in_transit: 0, bank_unknown: -3_914 });
    expect(await broken()).toEqual([]);
  });

  it('of which there are two of one amount arrives twice, and not a third time', async () => {
    await payOut();
    await read();
    await world.take(PaymentSucceededV1, await pay());
    fake.account.payOut({ arrivesOn: '2026-04-04' });
    await read();
    for (let at = 0; at < 3; at += 1) arrives();
    expect(await world.bankDay()).toEqual({ psp_payout: 2, unknown_credit: 1 });
    expect(await broken()).toEqual([]);
  });
});

describe('a webhook', () => {
  it('that comes twice, backwards and again lets the balance be read, and posts everything once', async () => {
    await connect();
    await world.take(PaymentSucceededV1, await pay());
    fake.account.payoutPaid(fake.account.payOut().id);
    const answers = await fake.deliverWebhooks(target(), { copies: 2, reversed: true });
    expect(answers.map(({ type, status }) => [type, status])).toEqual(
      ['payout.paid', 'payout.created', 'charge.succeeded'].flatMap((type) => [[type, 200], [type, 200]]));
    await Promise.all([world.reader.readWaiting(), world.reader.readWaiting(), read()]);
    await fake.deliverWebhooks(target(), { again: true });
    await world.reader.readWaiting();
    expect(await balances()).toEqual({ psp: 0, psp_fees: 85, cash_in_transit: 3_915, bank_unknown: 0 });
    expect(await world.count('stripe_event')).toBe(3);
    expect(await world.reader.idle()).toBe(true);
  });

  it('that nobody of ours signed, or that is no event, is refused and leaves nothing', async () => {
    await pay();
    const answers = await fake.deliverWebhooks(target('whsec_other'));
    expect(answers.map(({ status }) => status)).toEqual([403]);
    const post = (body: string) => world.post('stripe-webhooks', { body });
    expect((await post('{}')).body.code).toBe('webhook_signature_wrong');
    const signed = { 'content-type': 'application/json', 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: '{}', secret: SECRET }) };
    const answer = await fetch(url, { method: 'POST', body: '{}', headers: signed });
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'webhook_not_understood' }]);
    // Whoever recorded a webhook cannot send it again later.
    const timestamp = Math.floor(Date.now() / 1_000) - 301;
    const late = { ...signed, 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: '{}', secret: SECRET, timestamp }) };
    expect(await (await fetch(url, { method: 'POST', body: '{}', headers: late })).json()).toMatchObject({ code: 'webhook_signature_old' });
    expect(await world.count('stripe_event')).toBe(0);
  });

  it('before Stripe is connected has nothing to read, and what it told of is read after', async () => {
    const fact = await pay();
    await fake.deliverWebhooks(target());
    await world.reader.readWaiting();
    expect(await world.rows('select outcome from settlement.stripe_event')).toEqual([{ outcome: 'not_connected' }]);
    await connect();
    await world.take(PaymentSucceededV1, fact);
    expect(await read()).toMatchObject({ movements: 1 });
  });

  it('while Stripe is away waits, and wakes the background of the service', async () => {
    await connect();
    await world.take(PaymentSucceededV1, await pay());
    await fake.deliverWebhooks(target());
    fake.failNext('unavailable', 'unavailable', 'unavailable');
    await expect(world.reader.readWaiting()).rejects.toMatchObject({ name: 'CardPaymentFault' });
    expect(await world.reader.idle()).toBe(false);
    await world.lifecycle.start();
    await until('the fee is posted', async () => -(await world.balance('psp_fees')) === 85);
  });
});

describe('what the reading refuses', () => {
  const form = (currency: string) => new Map(Object.entries({
    mode: 'payment', success_url: 'https://example.org', 'line_items[0][price_data][unit_amount]': '5000', 'line_items[0][price_data][currency]': currency,
  }));

  it('is another currency, and more than one transaction holds', async () => {
    await connect();
    fake.account.pay(fake.account.openSession(form('usd'), fake.baseUrl).id);
    expect((await world.post('stripe-balance/readings')).body.code).toBe('stripe_currency_unsupported');
    for (let at = 0; at < 5_000; at += 1) fake.account.pay(fake.account.openSession(form('eur'), fake.baseUrl).id);
    expect((await world.post('stripe-balance/readings')).body.code).toBe('stripe_balance_too_long');
    expect(await world.count('stripe_movement')).toBe(0);
  }, 60_000);
});

describe('without a key of Stripe', () => {
  it('everything of it is off, and the rest works', async () => {
    const without = await SettlementWorld.create();
    const bankAccountId = shown('bankAccount', without.bankAccountId);
    expect((await without.post('stripe-accounts', { body: { bankAccountId } })).body.code).toBe('card_payments_off');
    expect((await without.post('stripe-balance/readings')).body.code).toBe('card_payments_off');
    expect((await without.post('stripe-webhooks')).body.code).toBe('card_payments_off');
    without.bank.noise();
    expect(await without.bankDay()).toEqual({ unknown_credit: 2 });
    expect(plain(bankAccountId)).toBe(without.bankAccountId);
    await without.close();
  });
});
