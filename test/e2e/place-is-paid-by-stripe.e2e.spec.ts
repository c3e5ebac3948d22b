// A payer pays by card, a place takes its vouchers, and is paid to its Stripe account out of the balance there. Goal: two people let the
// money go, Stripe makes one transfer, a trace leads to its line at Stripe, what is reversed is owed again and paid by the bank, and every
// invariant holds at every moment, also while messages and transfers are under way.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspect, type Broken } from '#libs/invariants';
import { localDate } from '#libs/kernel';
import { FakeStripe } from '#libs/stripe';
import { seedOfRun, type FakeBank } from '#libs/testing';
import type { Person } from '../../apps/cli/src/world/api.js';
import { mintAndActivate, openScheme, payByTransfer, placeOrder, printCodes, type Scheme } from '../../apps/cli/src/world/money-in.js';
import { closeStatements, importStatement, paymentsOf, payPlaces, redeem, releaseHolds, type Run } from '../../apps/cli/src/world/money-out.js';
import { datesFrom, openBank } from '../../apps/cli/src/world/opening.js';
import { Staff, type OperatorPeople } from '../../apps/cli/src/world/people.js';
import { openPlace, type OpenedPlace } from '../../apps/cli/src/world/places.js';
import { PAYER, PEOPLE, PLACES } from '../../apps/cli/src/world/samples.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { unlikeEvents } from '../builders/restated-ledgers.js';
import { openLayout, type Running } from './layouts.js';
import { payShortfallIn } from './pay-shortfall.js';

const SECRET = 'whsec_journey';
const today = localDate(new Date().toISOString().slice(0, 10));

let running: Running;
let fake: FakeStripe;
let bank: FakeBank;
let people: OperatorPeople;
let payer: Person;
let scheme: Scheme;
let place: OpenedPlace;
let run: Run;
const brokenMeanwhile: Broken[] = [];
let watching = true;
let watch: Promise<void> = Promise.resolve();

beforeAll(async () => {
  fake = await FakeStripe.start();
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:transfers`, {
    STRIPE_SECRET_KEY: 'sk_test_journey', STRIPE_API_BASE: fake.baseUrl, STRIPE_WEBHOOK_SECRETS: SECRET, MEREAU_COOLING_OFF_HOURS: '0',
  });
  const staff = new Staff(running.setting);
  people = await staff.operatorPeople();
  bank = openBank(today);
  const dates = datesFrom(today);
  scheme = await openScheme(people.operator, dates);
  payer = await staff.found({ kind: 'payer', name: PAYER.name, partyId: scheme.payerId }, 'payer', PEOPLE.payer, 'payer');
  await people.operator.post('/settlement/stripe-accounts', { bankAccountId: scheme.bankAccountId });
  place = await openPlace(people, staff, { scheme, dates, sample: PLACES[0]!, who: PEOPLE.tills[0]! });
  watch = (async () => {
    while (watching) brokenMeanwhile.push(...(await inspect(running.database.inspectorUrl)).broken);
  })();
}, 180_000);
afterAll(async () => {
  watching = false;
  await watch.catch(() => undefined);
  await running?.close();
  await fake?.stop();
}, 60_000);

type Step = Readonly<{ step: string; stripeMovementId: string | null; amountCents: number | null }>;
const tell = async (to: 'issuance' | 'settlement') => {
  await fake.deliverWebhooks({ url: `${running.origins[to]}/${to}/stripe-webhooks`, secret: SECRET }, { copies: 2, reversed: true });
};
const paymentIs = (state: string) => waitFor(`the payment is ${state}`, async () => {
  const [payment] = await paymentsOf(people.operator, run.runId);
  return payment?.state === state && payment;
});

describe('a place with a Stripe account', () => {
  it('takes vouchers that a payer paid by card', async () => {
    const order = await placeOrder(payer, scheme, 10);
    const opened = await waitFor('Stripe is connected', async () => {
      const answer = await payer.tryPost(`/issuance/orders/${order.orderId}/card-payments`, {});
      return answer.status === 201 && answer.body as { url: string };
    });
    expect((await fetch(`${opened.url}/pay`, { method: 'POST', redirect: 'manual' })).status).toBe(303);
    await tell('issuance');
    await tell('settlement');
    await waitFor('the order is funded', async () =>
      (await payer.get<{ funding: string }>(`/issuance/orders/${order.orderId}`)).funding === 'funded');
    const vouchers = await printCodes(people.operator, await mintAndActivate(people.operator, order));
    for (const voucher of vouchers.slice(0, 2)) await redeem(place.till, voucher, today);
    await closeStatements(people.operator, 2);
    await releaseHolds(people);
    await closeStatements(people.operator, 2);
  });

  it('is paid by one transfer that two people let go', async () => {
    const { operator, checker, approver } = people;
    const { id: stripeAccountId } = fake.account.connect.open({ businessName: PLACES[0]!.legalName });
    const { destinationId } = await operator.post<{ destinationId: string }>(`/settlement/payees/${place.payeeId}/destinations`, { stripeAccountId });
    await checker.post(`/settlement/payee-destinations/${destinationId}/approvals`);
    // 1.75 € of 100 € are Stripe's, and the fees of two vouchers 0.48 €.
    expect(await payShortfallIn(operator, bank)).toBe(127);
    run = await operator.post<Run>('/settlement/settlement-runs', { rail: 'stripe', bankAccountId: scheme.bankAccountId });
    await approver.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 });
    await operator.post(`/settlement/settlement-runs/${run.runId}/release`);
    // Nobody calls the sender: the release wakes it.
    await paymentIs('booked');
    expect(fake.account.all('transfer')).toMatchObject([{ destination: stripeAccountId, amount: 1_932 }]);
  });

  it('is followed from its payment to the line at Stripe', async () => {
    const { paymentId } = await paymentIs('booked');
    const [transfer] = fake.account.all('transfer');
    const steps = await waitFor('audit has heard of it', async () => {
      // Until its message has come, no such payment is known there.
      const { steps: found } = await people.auditor.get<{ steps: Step[] }>(`/audit/traces?paymentId=${paymentId}`).catch(() => ({ steps: [] as Step[] }));
      return found.some(({ step }) => step === 'payment_transferred') && found;
    });
    expect(steps.map(({ step }) => step)).toEqual(expect.arrayContaining(['card_paid', 'batch_made', 'activated', 'redeemed', 'statement_closed']));
    expect(steps.at(-1)).toMatchObject({ step: 'payment_transferred', amountCents: 1_932, stripeMovementId: transfer!.balance_transaction });
    await tell('settlement');
    await waitFor('the transfer is listed', async () =>
      (await people.operator.get<{ transferredCents: number }>('/settlement/stripe-balance')).transferredCents === 0);
    expect(await people.operator.get('/settlement/stripe-balance')).toMatchObject({ unexplained: [] });
  });

  it('is owed again when the transfer comes back, and then the bank pays it', async () => {
    fake.account.connect.reverse(fake.account.all('transfer')[0]!.id);
    await tell('settlement');
    expect(await paymentIs('returned')).toMatchObject({ amountCents: 1_932 });
    // Money of others in the account, for what Stripe holds is not the bank's yet.
    await payByTransfer(people.operator, bank, await placeOrder(payer, scheme, 20));
    const byBank = await payPlaces(people, scheme, bank);
    await importStatement(people.operator, bank);
    expect((await paymentsOf(people.operator, byBank.runId)).map(({ amountCents, state }) => [amountCents, state])).toEqual([[1_932, 'booked']]);
    expect(fake.account.all('transfer')).toHaveLength(1);
  });

  it('broke no invariant at any moment', async () => {
    watching = false;
    await watch;
    expect(brokenMeanwhile).toEqual([]);
    await waitFor('everything is taken', async () => (await inspect(running.database.inspectorUrl)).broken.length === 0);
    expect(await unlikeEvents(running.database.inspectorUrl)).toEqual([]);
  });
});
