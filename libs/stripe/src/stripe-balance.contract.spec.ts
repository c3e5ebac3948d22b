// Stripe's balance as the treasury reads it: the real SDK, against the fake.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { createStripe, FakeStripe, StripeBalanceReader, StripeCardPayments } from './index.js';

let fake: FakeStripe;
let balance: StripeBalanceReader;
let payments: StripeCardPayments;
beforeEach(async () => {
  fake = await FakeStripe.start({ now: () => new Date('2026-05-04T10:00:00Z') });
  const client = createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl, maxNetworkRetries: 0 });
  [balance, payments] = [new StripeBalanceReader(client), new StripeCardPayments(client)];
});
afterEach(() => fake.stop());

async function pay(amount: number): Promise<string> {
  const opened = await payments.openCheckout({
    orderId: 'ord_1', amountCents: cents(amount), currency: 'EUR', successUrl: 'https://example.org', cancelUrl: 'https://example.org',
    idempotencyKey: `pay:${amount}`,
  });
  if (opened.kind !== 'opened') throw new Error(opened.code);
  fake.account.pay(opened.sessionId);
  const found = await payments.findPayment(opened.sessionId);
  if (found.kind !== 'payment') throw new Error(found.code);
  return found.paymentId!;
}

describe("Stripe's balance", () => {
  it('is read newest first, each charge with its fee and its payment, each payout with its own id', async () => {
    const paymentIds = [await pay(4_000), await pay(10_000)];
    const payout = fake.account.payOut({ arrivesOn: '2026-05-06', descriptor: 'MEREAU' });
    const { movements, next } = await balance.movements();
    expect(next).toBeUndefined();
    expect(movements.map(({ kind, amountCents, feeCents, netCents, currency, paymentId, payoutId }) =>
      [kind, amountCents, feeCents, netCents, currency, paymentId, payoutId])).toEqual([
      ['payout', -13_740n, 0n, -13_740n, 'EUR', undefined, payout.id],
      ['charge', 10_000n, 175n, 9_825n, 'EUR', paymentIds[1], undefined],
      ['charge', 4_000n, 85n, 3_915n, 'EUR', paymentIds[0], undefined],
    ]);
    expect(movements[0]!.createdAt).toEqual(new Date('2026-05-04T10:00:00Z'));
  });

  it('is read page by page to its oldest movement', async () => {
    for (let at = 1; at <= 101; at += 1) await pay(1_000 + at);
    const first = await balance.movements();
    const second = await balance.movements(first.next);
    expect([first.movements.length, second.movements.length, second.next]).toEqual([100, 1, undefined]);
    expect(second.movements[0]!.amountCents).toBe(1_001n);
  });

  it('says of a payout when it arrives, and how the bank will name it once the bank has it', async () => {
    await pay(4_000);
    const { id } = fake.account.payOut({ arrivesOn: '2026-05-06', descriptor: 'MEREAU' });
    expect(await balance.findPayout(id)).toEqual({
      payoutId: id, amountCents: 3_915n, arrivesOn: '2026-05-06', descriptor: 'MEREAU', traceId: undefined, livemode: false,
    });
    fake.account.payoutPaid(id);
    expect(await balance.findPayout(id)).toMatchObject({ traceId: expect.stringMatching(/^FAKE/) });
    await expect(balance.findPayout('po_unknown')).rejects.toMatchObject({ name: 'CardPaymentFault', retryable: false });
    expect(() => fake.account.payOut()).toThrow('insufficient');
  });

  it('shows a refund with the id that we gave it', async () => {
    const paymentId = await pay(4_000);
    await payments.refund({ paymentId, amountCents: cents(500), refundId: 'r', idempotencyKey: 'r' });
    expect((await balance.movements()).movements[0]).toMatchObject({ kind: 'refund', paymentId, refundId: 'r', netCents: -500n });
  });

  it('shows a dispute with its fee, and what was won without it; asked for, a dispute is open until it is won or lost', async () => {
    const paymentIds = [await pay(4_000), await pay(5_000)];
    const [first, second] = paymentIds.map((id) => fake.account.disputes.open(id).id);
    expect([await balance.findDispute(first!), await balance.findDispute('py_a_failed_debit')]).toEqual(['open', 'lost']);
    fake.account.disputes.close(first!, 'won');
    fake.account.disputes.close(second!, 'lost');
    const { movements } = await balance.movements();
    const newest = movements.slice(0, 3)
      .map(({ kind, amountCents, feeCents, sourceId, paymentId }) => [kind, amountCents, feeCents, sourceId, paymentId]);
    expect(newest).toEqual([
      ['dispute_reversal', 4_000n, 0n, first, paymentIds[0]], ['dispute', -5_000n, 2_000n, second, paymentIds[1]],
      ['dispute', -4_000n, 2_000n, first, paymentIds[0]],
    ]);
    expect([await balance.findDispute(first!), await balance.findDispute(second!)]).toEqual(['won', 'lost']);
  });

  it('that cannot be read is a fault', async () => {
    fake.failNext('unavailable');
    await expect(balance.movements()).rejects.toMatchObject({ name: 'CardPaymentFault', retryable: true });
  });
});

describe('the webhooks of two endpoints', () => {
  it('are told apart: each gets its own kinds of event, once, and all again when asked', async () => {
    await pay(4_000);
    fake.account.payoutPaid(fake.account.payOut().id);
    const told = async (types: string[], again = false) =>
      (await fake.deliverWebhooks({ url: `http://127.0.0.1:1/${types[0]}`, secret: 'whsec_x', types }, { again })).map(({ type }) => type);
    expect(await told(['payout.'])).toEqual(['payout.created', 'payout.paid']);
    expect(await told(['checkout.session.'])).toEqual(['checkout.session.completed']);
    expect(await told(['payout.'])).toEqual([]);
    expect(await told(['payout.'], true)).toEqual(['payout.created', 'payout.paid']);
  });
});
