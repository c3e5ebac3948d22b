// Transfers to the Stripe accounts of payees: the real SDK, against the fake.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cents, isRejected } from '#libs/kernel';
import { createStripe, FakeStripe, StripeBalanceReader, StripeCardPayments, StripeConnect, type SentTransfer, type TransferRequest } from './index.js';

let fake: FakeStripe;
let now: Date;
let connect: StripeConnect;
let balance: StripeBalanceReader;
let payments: StripeCardPayments;
let destination: string;

beforeEach(async () => {
  now = new Date('2026-05-04T10:00:00Z');
  fake = await FakeStripe.start({ now: () => now });
  const client = createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl, maxNetworkRetries: 0 });
  [connect, balance, payments] = [new StripeConnect(client), new StripeBalanceReader(client), new StripeCardPayments(client)];
  destination = fake.account.connect.open({ businessName: 'ATELIER' }).id;
});
afterEach(() => fake.stop());

async function charge(amount: number): Promise<void> {
  const opened = await payments.openCheckout({
    orderId: 'o', amountCents: cents(amount), currency: 'EUR', successUrl: 'https://example.org', cancelUrl: 'https://example.org', idempotencyKey: `c${amount}`,
  });
  if (isRejected(opened)) throw new Error(opened.code);
  fake.account.pay(opened.sessionId);
}
const request = (over: Partial<TransferRequest> = {}): TransferRequest =>
  ({ paymentId: 'p1', destination, amountCents: cents(966), group: 'MRU1', text: 'MEREAU RELEVE 1', idempotencyKey: 'p1', ...over });
const sent = async (over: Partial<TransferRequest> = {}): Promise<SentTransfer> => {
  const outcome = await connect.send(request(over));
  if (isRejected(outcome)) throw new Error(outcome.code);
  return outcome;
};
const asked = (over: Partial<TransferRequest> = {}) => connect.find(request(over));

describe('the Stripe account of a payee', () => {
  it('is shown as Stripe knows it, and one that Stripe does not show us is refused', async () => {
    expect(await connect.findDestination(destination)).toEqual({
      kind: 'destination', accountId: destination, country: 'FR', businessName: 'ATELIER', paysOut: true, takesTransfers: true,
    });
    fake.account.connect.disable(destination);
    expect(await connect.findDestination(destination)).toMatchObject({ paysOut: false, takesTransfers: false });
    expect(await connect.findDestination('acct_unknown')).toMatchObject({ code: 'destination_not_found' });
  });
});

describe('a transfer', () => {
  it('is a line of the balance that names it and the payment, and so is what comes back of it', async () => {
    await charge(4_000);
    const transfer = await sent();
    expect(transfer).toMatchObject({ kind: 'transfer', amountCents: 966n, destination });
    fake.account.connect.reverse(transfer.transferId, 66);
    fake.account.connect.reverse(transfer.transferId);
    const { movements } = await balance.movements();
    const shown = movements.map(({ kind, netCents, transferId, transferPaymentId }) => [kind, netCents, transferId, transferPaymentId]);
    expect(shown.slice(0, 3)).toEqual([
      ['transfer_reversal', 900n, transfer.transferId, undefined], ['transfer_reversal', 66n, transfer.transferId, undefined],
      ['transfer', -966n, transfer.transferId, 'p1'],
    ]);
    expect(movements[2]!.movementId).toBe(transfer.movementId);
  });

  it('is made once per key, is found by the payment that it is for, and by no other', async () => {
    await charge(4_000);
    expect(await asked()).toEqual([]);
    const [first, again] = [await sent(), await sent()];
    expect(again).toEqual(first);
    await sent({ paymentId: 'p2', idempotencyKey: 'p2' });
    expect(await asked()).toEqual([first]);
    expect(await asked({ group: 'MRU2' })).toEqual([]);
    expect(await connect.send(request({ amountCents: cents(1) }))).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('is made a second time by a key that Stripe has forgotten: what asks first does not send it', async () => {
    await charge(4_000);
    await sent();
    now = new Date('2026-05-05T10:00:01Z');
    expect(await asked()).toHaveLength(1);
    await sent();
    expect(await asked()).toHaveLength(2);
  });

  it('that was made before its answer was lost is found', async () => {
    await charge(4_000);
    // The SDK repeats one dropped connection by itself, also when it is told to repeat nothing.
    fake.failNext('reset_after', 'reset_after', 'reset_after');
    await expect(connect.send(request())).rejects.toMatchObject({ name: 'CardPaymentFault', retryable: true });
    expect(await asked()).toHaveLength(1);
  });

  it.each([
    ['balance_insufficient', 'more than the balance can spend', () => ({ amountCents: cents(3_916) })],
    ['destination_closed', 'an account that Stripe does not know', () => ({ destination: 'acct_gone' })],
    ['destination_not_able', 'an account that may not be sent money', () => { fake.account.connect.disable(destination); return {}; }],
  ])('is refused with %s for %s, and nothing moves', async (code, _, over) => {
    await charge(4_000);
    expect(await connect.send(request(over()))).toMatchObject({ code });
    expect((await balance.movements()).movements).toHaveLength(1);
  });

  it('spends no money that is still on its way to the balance', async () => {
    fake.account.availableAfterSeconds = 86_400;
    await charge(4_000);
    expect(await connect.send(request())).toMatchObject({ code: 'balance_insufficient' });
    expect((await balance.movements()).movements[0]!.availableAt).toEqual(new Date('2026-05-05T10:00:00Z'));
    now = new Date('2026-05-05T10:00:00Z');
    expect(await connect.send(request())).toMatchObject({ kind: 'transfer' });
  });

  it('whose fate Stripe leaves open is a fault, not a refusal', async () => {
    await charge(4_000);
    fake.failNext('server_error');
    await expect(connect.send(request())).rejects.toMatchObject({ name: 'CardPaymentFault', retryable: true });
  });
});
