// A payer pays by card, its vouchers are handed out and used in part, and then its bank takes the payment back. Goal: what is
// left is frozen until the dispute is won, the place that took vouchers is paid all the same, what the payer owes is listed
// to the cent, and every invariant holds at every moment, also while messages are under way.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { inspect, type Broken } from '#libs/invariants';
import { localDate } from '#libs/kernel';
import { FakeStripe } from '#libs/stripe';
import { seedOfRun, type FakeBank } from '#libs/testing';
import type { Person } from '../../apps/cli/src/world/api.js';
import { mintAndActivate, openScheme, payByTransfer, placeOrder, printCodes, type PlacedOrder, type PrintedVoucher, type Scheme } from '../../apps/cli/src/world/money-in.js';
import { closeStatements, importStatement, paymentsOf, payPlaces, redeem, releaseHolds } from '../../apps/cli/src/world/money-out.js';
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
const brokenMeanwhile: Broken[] = [];
let watching = true;
let watch: Promise<void> = Promise.resolve();

beforeAll(async () => {
  fake = await FakeStripe.start();
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:dispute`, {
    STRIPE_SECRET_KEY: 'sk_test_journey', STRIPE_API_BASE: fake.baseUrl, STRIPE_WEBHOOK_SECRETS: SECRET,
  });
  const staff = new Staff(running.setting);
  people = await staff.operatorPeople();
  bank = openBank(today);
  const dates = datesFrom(today);
  scheme = await openScheme(people.operator, dates);
  payer = await staff.found({ kind: 'payer', name: PAYER.name, partyId: scheme.payerId }, 'payer', PEOPLE.payer, 'payer');
  await people.operator.post('/settlement/stripe-accounts', { bankAccountId: scheme.bankAccountId });
  place = await openPlace(people, staff, { scheme, dates, sample: PLACES[0]!, who: PEOPLE.tills[0]! });
  // Others' money in the same account: places are paid from it while the disputed payment is away, and the gap says so.
  await payByTransfer(people.operator, bank, await placeOrder(payer, scheme, 20));
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

type Dispute = Readonly<{ state: string; amountCents: number; takenBackCents: number; frozenCents: number; payerOwesCents: number }>;
type Batch = Readonly<{ batchId: string; frozen: boolean }>;
type Paid = Readonly<{ order: PlacedOrder; batchId: string; paymentId: string; vouchers: readonly PrintedVoucher[] }>;

const tell = async (to: 'issuance' | 'settlement') => {
  const answers = await fake.deliverWebhooks({ url: `${running.origins[to]}/${to}/stripe-webhooks`, secret: SECRET }, { copies: 2, reversed: true });
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
};
const disputeOf = async ({ order }: Paid) =>
  (await people.operator.get<{ items: Dispute[] }>(`/issuance/disputes?orderId=${order.orderId}`)).items[0];
const isFrozen = async ({ batchId }: Paid) =>
  (await people.operator.get<{ items: Batch[] }>('/redemption/batches')).items.find((one) => one.batchId === batchId)!.frozen;
const atTheTill = ({ code }: PrintedVoucher) => place.till.tryPost('/redemption/redemptions', { code, serviceDate: today }, uuidv7());

/** Ten vouchers of ten euros, paid by card and active. */
async function paidByCard(): Promise<Paid> {
  const order = await placeOrder(payer, scheme, 10);
  const opened = await waitFor('Stripe is connected', async () => {
    const answer = await payer.tryPost(`/issuance/orders/${order.orderId}/card-payments`, {});
    return answer.status === 201 && answer.body as { url: string; sessionId: string };
  });
  expect((await fetch(`${opened.url}/pay`, { method: 'POST', redirect: 'manual' })).status).toBe(303);
  await tell('issuance');
  await tell('settlement');
  await waitFor('the order is funded', async () =>
    (await payer.get<{ funding: string }>(`/issuance/orders/${order.orderId}`)).funding === 'funded');
  const batchId = await mintAndActivate(people.operator, order);
  const paymentId = fake.account.find('checkout.session', opened.sessionId).payment_intent!;
  return { order, batchId, paymentId, vouchers: await printCodes(people.operator, batchId) };
}

async function disputed(paid: Paid): Promise<string> {
  const { id } = fake.account.disputes.open(paid.paymentId);
  await tell('settlement');
  await waitFor('the vouchers are frozen', () => isFrozen(paid));
  await waitFor('the debt is listed, with what is frozen', async () => ((await disputeOf(paid))?.frozenCents ?? 0) > 0);
  return id;
}

describe('a payment by card that its payer disputes', () => {
  let won: Paid;
  let wonDispute: string;

  it('freezes what is left on its vouchers, and its payer owes it', async () => {
    won = await paidByCard();
    for (const voucher of won.vouchers.slice(0, 2)) await redeem(place.till, voucher, today);
    wonDispute = await disputed(won);
    expect(await disputeOf(won)).toMatchObject({ state: 'open', amountCents: 10_000, takenBackCents: 0, frozenCents: 8_000, payerOwesCents: 10_000 });
    expect(await atTheTill(won.vouchers[2]!)).toMatchObject({ status: 409, body: { code: 'voucher_frozen' } });
    // Whoever has used one is told that, and nothing else.
    expect(await atTheTill(won.vouchers[0]!)).toMatchObject({ status: 409, body: { code: 'voucher_used' } });
  });

  it('is no reason not to pay the place that took them', async () => {
    await closeStatements(people.operator, 2);
    await releaseHolds(people);
    await closeStatements(people.operator, 2);
    await payShortfallIn(people.operator, bank);
    const run = await payPlaces(people, scheme, bank);
    await importStatement(people.operator, bank);
    // Twice 10.00 less 2 % fee, 20 % VAT on it, and 1 % commons.
    expect((await paymentsOf(people.operator, run.runId)).map(({ amountCents, state }) => [amountCents, state])).toEqual([[1_932, 'booked']]);
  });

  it('is usable again once the dispute is won, and nothing is owed', async () => {
    fake.account.disputes.close(wonDispute, 'won');
    await tell('settlement');
    await waitFor('the freeze is lifted', async () => !(await isFrozen(won)));
    await waitFor('the debt is gone', async () => (await disputeOf(won))?.state === 'won');
    expect((await disputeOf(won))!.payerOwesCents).toBe(0);
    expect((await redeem(place.till, won.vouchers[2]!, today)).amountCents).toBe(1_000);
  });

  it('stays frozen and owed where the dispute is lost, but for what no voucher was activated from', async () => {
    const lost = await paidByCard();
    await redeem(place.till, lost.vouchers[0]!, today);
    const unused = await placeOrder(payer, scheme, 5);
    const opened = await payer.post<{ url: string; sessionId: string }>(`/issuance/orders/${unused.orderId}/card-payments`, {});
    await fetch(`${opened.url}/pay`, { method: 'POST', redirect: 'manual' });
    await tell('issuance');
    await tell('settlement');
    await waitFor('the order is funded', async () =>
      (await payer.get<{ funding: string }>(`/issuance/orders/${unused.orderId}`)).funding === 'funded');

    const disputes = [await disputed(lost), fake.account.disputes.open(fake.account.find('checkout.session', opened.sessionId).payment_intent!).id];
    for (const dispute of disputes) fake.account.disputes.close(dispute, 'lost');
    await tell('settlement');
    await waitFor('both are lost', async () =>
      (await people.operator.get<{ items: Dispute[] }>('/issuance/disputes')).items.filter(({ state }) => state === 'lost').length === 2);
    expect(await isFrozen(lost)).toBe(true);
    expect(await atTheTill(lost.vouchers[1]!)).toMatchObject({ status: 409, body: { code: 'voucher_frozen' } });
    const { items } = await payer.get<{ items: Dispute[] }>(`/issuance/disputes?orderId=${unused.orderId}`);
    // The order of which nothing was activated asks for its money again; only what is gone is owed.
    expect(items[0]).toMatchObject({ amountCents: 5_000, takenBackCents: 5_000, payerOwesCents: 10_000 });
    expect(await payer.get(`/issuance/orders/${unused.orderId}`)).toMatchObject({ funding: 'awaiting_funds' });
  });

  it('broke no invariant at any moment', async () => {
    watching = false;
    await watch;
    expect(brokenMeanwhile).toEqual([]);
    await waitFor('everything is taken', async () => (await inspect(running.database.inspectorUrl)).broken.length === 0);
    expect(await unlikeEvents(running.database.inspectorUrl)).toEqual([]);
  });
});
