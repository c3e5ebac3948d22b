// What else moves the balance at Stripe: disputes, won and lost, and refunds to cards, sent, lost on the way and sent back.
// The real SDK against the fake; money is checked by every invariant of this service after each step.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  PaymentDisputeClosedV1, PaymentDisputedV1, PaymentRefundedV1, PaymentRefundFailedV1, PaymentSucceededV1, RefundRequestedV1,
} from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents } from '#libs/kernel';
import { createStripe, FakeStripe, StripeCardPayments } from '#libs/stripe';
import { fakeIban } from '#libs/testing';
import { plain, SettlementWorld, shown } from '../../../../test/builders/settlement-world.js';
import { unlikeOutbox } from '../../../../test/builders/restated-ledgers.js';

let fake: FakeStripe;
let world: SettlementWorld;
let payments: StripeCardPayments;
let now = new Date('2026-04-02T08:00:00Z');
beforeEach(async () => {
  now = new Date('2026-04-02T08:00:00Z');
  fake = await FakeStripe.start({ now: () => now });
  world = await SettlementWorld.create({ cardProcessor: { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: ['whsec_spec'] } });
  payments = new StripeCardPayments(createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl, maxNetworkRetries: 0 }));
  await world.done('stripe-accounts', { bankAccountId: shown('bankAccount', world.bankAccountId) });
});
afterEach(async () => {
  expect(await unlikeOutbox('settlement', (sql) => world.rows(sql))).toEqual([]);
  fake.follow(undefined);
  expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'settlement'))).broken).toEqual([]);
  await world.close();
  await fake.stop();
});

const read = () => world.done('stripe-balance/readings');
const psp = async () => -(await world.balance('psp'));
let sessions = 0;
async function paid(amountCents = 4_000, payerId = world.newId()) {
  sessions += 1;
  const opened = await payments.openCheckout({
    orderId: 'o', amountCents: cents(amountCents), currency: 'EUR', successUrl: 'https://example.org', cancelUrl: 'https://example.org', idempotencyKey: `pay:${sessions}`,
  });
  if (opened.kind !== 'opened') throw new Error(opened.code);
  fake.account.pay(opened.sessionId);
  const found = await payments.findPayment(opened.sessionId);
  if (found.kind !== 'payment') throw new Error(found.code);
  return {
    cardPaymentId: world.newId(), stripeObjectId: found.paymentId!, orderId: world.newId(), payerId, custodyAccountId: world.bankAccountId,
    amountCents, coverCents: amountCents, currency: 'EUR' as const,
  };
}
const taken = async (amountCents?: number) => {
  const fact = await paid(amountCents);
  await world.take(PaymentSucceededV1, fact);
  return fact;
};

describe('a disputed payment', () => {
  it.each([['before', true], ['after', false]])('leaves the balance with its fee, once, its payment being told %s the reading (row 30)', async (_, first) => {
    const fact = await paid();
    if (first) await world.take(PaymentSucceededV1, fact);
    const { id } = fake.account.disputes.open(fact.stripeObjectId);
    await read();
    if (!first) {
      // Of one moment, so in the order of ids that nobody chose.
      const unexplained = (await world.get('stripe-balance')).body['unexplained'] as { stripeType: string }[];
      expect(unexplained.map(({ stripeType }) => stripeType).sort()).toEqual(['adjustment', 'charge']);
      await world.take(PaymentSucceededV1, fact);
    }
    await read();
    expect([await psp(), -(await world.balance('psp_fees'))]).toEqual([-85 - 2_000, 85 + 2_000]);
    const { cardPaymentId, orderId, payerId, custodyAccountId } = fact;
    const told = await world.emitted(PaymentDisputedV1);
    expect(told.map(({ body }) => body)).toEqual([{
      disputeId: id, stripeObjectId: fact.stripeObjectId, cardPaymentId, orderId, payerId, custodyAccountId, amountCents: 4_000, currency: 'EUR',
    }]);
    expect((await world.get('stripe-balance')).body).toMatchObject({ statedCents: -2_085, ledgerCents: -2_085, unexplained: [] });
  });

  it('that is won comes again, and its fee stays spent', async () => {
    const fact = await taken();
    const { id } = fake.account.disputes.open(fact.stripeObjectId, { amount: 1_500 });
    await read();
    fake.account.disputes.close(id, 'won');
    await read();
    await read();
    expect(await psp()).toBe(4_000 - 85 - 2_000);
    expect((await world.emitted(PaymentDisputeClosedV1)).map(({ body }) => [body.outcome, body.amountCents])).toEqual([['won', 1_500]]);
  });

  it('that is lost moves nothing more, and is told once', async () => {
    const fact = await taken();
    const { id } = fake.account.disputes.open(fact.stripeObjectId);
    await read();
    expect(await world.emitted(PaymentDisputeClosedV1)).toEqual([]);
    fake.account.disputes.close(id, 'lost');
    await read();
    await Promise.all([read(), read()]);
    expect((await world.emitted(PaymentDisputeClosedV1)).map(({ body }) => [body.disputeId, body.outcome, body.amountCents])).toEqual([[id, 'lost', 0]]);
    expect(await psp()).toBe(-2_085);
  });

  it('that was opened, won and read in one go is told in both its parts', async () => {
    const fact = await taken();
    fake.account.disputes.close(fake.account.disputes.open(fact.stripeObjectId).id, 'won');
    await read();
    expect([(await world.emitted(PaymentDisputedV1)).length, (await world.emitted(PaymentDisputeClosedV1)).length]).toEqual([1, 1]);
    expect(await psp()).toBe(4_000 - 85 - 2_000);
  });

  it('that takes the money twice in one reading is booked once, and the rest is shown to a person', async () => {
    const fact = await taken();
    const dispute = fake.account.disputes.open(fact.stripeObjectId, { amount: 1_500 });
    fake.account.disputes.withdrawAgain(dispute);
    const other = fake.account.disputes.open((await taken()).stripeObjectId);
    await read();
    expect((await world.emitted(PaymentDisputedV1)).map(({ body }) => [body.disputeId, body.amountCents]).sort())
      .toEqual([[dispute.id, 1_500], [other.id, 4_000]].sort());
    expect((await world.get('stripe-balance')).body['unexplained']).toMatchObject([{ stripeType: 'adjustment', netCents: -3_500 }]);
  });

  it('that the bank only asks about moves and freezes nothing', async () => {
    const fact = await taken();
    fake.account.disputes.close(fake.account.disputes.inquire(fact.stripeObjectId).id, 'warning_closed');
    await read();
    expect(await world.emitted(PaymentDisputedV1)).toEqual([]);
    expect(await psp()).toBe(3_915);
  });

  it('is found by the hourly reading where no webhook came', async () => {
    fake.account.disputes.open((await taken()).stripeObjectId);
    await world.reader.readWaiting();
    expect(await world.emitted(PaymentDisputedV1)).toEqual([]);
    await world.reader.readWaiting(true);
    expect(await world.emitted(PaymentDisputedV1)).toHaveLength(1);
  });
});

const thrown = (_: string, error: unknown) => { throw error; };
const refund = () => world.refunder.refundWaiting(thrown);
const owed = (payerId: string) => world.balance(`refund_payable:${payerId}`);
async function ordered(fact: Awaited<ReturnType<typeof paid>>, amountCents: number) {
  const refundId = world.newId();
  await world.take(RefundRequestedV1, {
    refundId, payerId: fact.payerId, payerName: 'Département témoin', payerSiren: '732829320', amountCents, currency: 'EUR',
    custodyAccountId: world.bankAccountId, way: 'stripe', originalPayment: fact.stripeObjectId,
  });
  return refundId;
}
const ofStripe = (fact: { stripeObjectId: string }) =>
  fake.account.refunds.of(fact.stripeObjectId).map(({ amount, status }) => [amount, status]);
const state = async (refundId: string) => {
  const items = (await world.get('refunds')).body['items'] as { refundId: string; way: string; state: string }[];
  return items.find((one) => plain(one.refundId) === refundId)?.state;
};

describe('a refund by Stripe', () => {
  it('goes back to the card in parts, to the cent, each once (row 26)', async () => {
    const fact = await taken();
    const ids = [await ordered(fact, 1_500), await ordered(fact, 1)];
    expect([await owed(fact.payerId), await state(ids[0]!)]).toEqual([1_501, 'owed']);
    await refund();
    await Promise.all([refund(), refund()]);
    await read();
    expect([await owed(fact.payerId), ofStripe(fact), await psp()]).toEqual([0, [[1, 'succeeded'], [1_500, 'succeeded']], 4_000 - 85 - 1_501]);
    expect((await world.emitted(PaymentRefundedV1)).map(({ body }) => [body.refundId, body.amountCents, body.refundedOn]))
      .toEqual([[ids[0], 1_500, '2026-04-02'], [ids[1], 1, '2026-04-02']]);
    expect(await state(ids[0]!)).toBe('refunded');
  });

  it('waits behind one during which the books were found broken', async () => {
    const [first, second] = [await taken(), await taken()];
    await ordered(first, 1_500);
    await ordered(second, 1_500);
    // The stop is there as soon as the first is asked for, and before the second has its turn.
    await world.admin.query(`
      create function settlement.stop_now() returns trigger language plpgsql security definer as $$ begin
        insert into settlement.payout_stop (id, service, invariant, sentence, row_named, detail, found_at, stopped_at, event_id)
        values (gen_random_uuid(), 'redemption', 'L3', 's', 'batch:1', 'd', now(), now(), gen_random_uuid());
        return null;
      end $$;
      create trigger stop_now after insert on settlement.stripe_refund for each row execute function settlement.stop_now()`);
    await refund();
    await refund();
    expect([...ofStripe(first), ...ofStripe(second)]).toEqual([[1_500, 'succeeded']]);
  });

  it.each(['reset_after', 'reset_before', 'unavailable', 'rate_limited', 'server_error'] as const)('is sent once where Stripe answers %s, also when its key is forgotten', async (fault) => {
    const fact = await taken();
    await ordered(fact, 1_500);
    const answers: unknown[] = [];
    // The first request asks what is there; the SDK repeats the second by itself, so it fails as often.
    fake.follow({ request: () => fault, delivery: () => [] });
    await world.refunder.refundWaiting((_, error) => { answers.push(error); });
    fake.follow(undefined);
    now = new Date('2026-04-04T08:00:00Z');
    await refund();
    await refund();
    expect([answers.length, ofStripe(fact), await owed(fact.payerId)]).toEqual([1, [[1_500, 'succeeded']], 0]);
  });

  it('of which the answer was lost is asked for, and not sent a second time after Stripe has forgotten its key', async () => {
    const fact = await taken();
    await ordered(fact, 1_500);
    let requests = 0;
    fake.follow({ request: () => (requests++ === 0 ? undefined : 'reset_after'), delivery: () => [] });
    await world.refunder.refundWaiting(() => undefined);
    fake.follow(undefined);
    expect([ofStripe(fact), await owed(fact.payerId)]).toEqual([[[1_500, 'succeeded']], 1_500]);
    now = new Date('2026-04-04T08:00:00Z');
    await refund();
    expect([ofStripe(fact), await owed(fact.payerId)]).toEqual([[[1_500, 'succeeded']], 0]);
  });

  it('that is on its way is asked after, and is paid when Stripe says so', async () => {
    const fact = await taken();
    const id = await ordered(fact, 1_500);
    fake.account.refunds.mode = 'pending';
    await refund();
    expect([await state(id), await owed(fact.payerId)]).toEqual(['asked', 1_500]);
    fake.account.refunds.finish(fake.account.refunds.of(fact.stripeObjectId)[0]!.id);
    await refund();
    expect([await state(id), await owed(fact.payerId)]).toEqual(['refunded', 0]);
  });

  it('that Stripe cannot send is owed again, and goes by bank', async () => {
    const fact = await taken();
    const id = await ordered(fact, 1_500);
    fake.account.refunds.mode = 'failed';
    await refund();
    await read();
    expect((await world.emitted(PaymentRefundFailedV1)).map(({ body }) => [body.refundId, body.reasonCode])).toEqual([[id, 'refund_failed']]);
    expect([await owed(fact.payerId), await state(id)]).toEqual([1_500, 'owed']);
  });

  it.each(['won', 'lost'] as const)('of a payment that is disputed meanwhile is paid by bank after that is won, and not after it is lost: %s', async (outcome) => {
    const fact = await taken();
    const id = await ordered(fact, 1_500);
    const { id: disputeId } = fake.account.disputes.open(fact.stripeObjectId);
    await refund();
    expect((await world.emitted(PaymentRefundFailedV1)).map(({ body }) => [body.refundId, body.reasonCode])).toEqual([[id, 'payment_disputed']]);
    const [owedOne] = (await world.get('refunds')).body['items'] as { payeeId: string }[];
    await world.bankAccount(owedOne!.payeeId, fakeIban(world.newAccount()));
    const byBank = async () => (await world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.bankAccountId), purpose: 'refund' } })).body.code ?? 'paid';
    // Before the list of movements tells of the dispute, and after.
    expect([await byBank(), await state(id)]).toEqual(['nothing_to_pay', 'disputed']);
    await read();
    expect([await byBank(), await owed(fact.payerId), await world.emitted(PaymentDisputedV1)]).toMatchObject(['nothing_to_pay', 1_500, [{}]]);
    await expect(world.admin.query(`insert into settlement.payment_refund (payment_id, refund_id, live) values ($1, $2, true)`, [world.newId(), id]))
      .rejects.toThrow('is disputed');

    fake.account.disputes.close(disputeId, outcome);
    await read();
    expect([await byBank(), await state(id)]).toEqual(outcome === 'won' ? ['paid', 'instructed'] : ['nothing_to_pay', 'disputed']);
  });

  it('that comes back after it was sent is owed again, and a bank transfer pays it, once', async () => {
    const fact = await taken();
    const id = await ordered(fact, 1_500);
    const items = (await world.get('refunds')).body['items'] as { payeeId: string }[];
    await world.bankAccount(items[0]!.payeeId, fakeIban(world.newAccount()));
    const run = () => world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.bankAccountId), purpose: 'refund' } });
    expect((await run()).body.code).toBe('nothing_to_pay');
    await refund();
    expect((await run()).body.code).toBe('nothing_to_pay');
    fake.account.refunds.fail(fake.account.refunds.of(fact.stripeObjectId)[0]!.id);
    await read();
    await read();
    expect([await owed(fact.payerId), await state(id), await psp()]).toEqual([1_500, 'owed', 4_000 - 85]);
    expect((await world.emitted(PaymentRefundFailedV1)).map(({ body }) => body.reasonCode)).toEqual(['refund_returned']);
    await refund();
    expect(ofStripe(fact)).toEqual([[1_500, 'failed']]);
    expect((await run()).status).toBe(201);
    expect(await state(id)).toBe('instructed');
  });

  it('whose row somebody would pay by bank while Stripe may still send it is refused by the database', async () => {
    const fact = await taken();
    const id = await ordered(fact, 1_500);
    await expect(world.admin.query(
      `insert into settlement.payment_refund (payment_id, refund_id, live) values ($1, $2, true)`, [world.newId(), id],
    )).rejects.toThrow('goes back by Stripe');
  });
});
