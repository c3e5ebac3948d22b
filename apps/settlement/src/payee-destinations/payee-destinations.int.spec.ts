// The Stripe account of a payee: asked of Stripe, entered by one, approved by another, and no quicker way round a cooling-off than an IBAN.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PayeeBankChangedV1, PayeeValidatedV1 } from '#libs/contracts';
import { fakeIban } from '#libs/testing';
import { ANNA, BERT, CLEO, plain, SettlementWorld, shown } from '../../../../test/builders/settlement-world.js';
import { StripeWorld } from '../../../../test/builders/stripe-world.js';

let stripe: StripeWorld;
let world: SettlementWorld;
beforeAll(async () => {
  stripe = await StripeWorld.create({ coolingOffHours: 72 });
  ({ world } = stripe);
  await stripe.connectWith(50_000);
});
afterAll(() => stripe.close());

const HOUR = 3_600_000;
/** A payee whose legal body is known, and that is paid nowhere yet. */
async function payee(): Promise<string> {
  const place = await world.accredit();
  const { payeeId } = await world.done('payees', { placeId: shown('place', place.placeId), legalName: 'Commune', siren: place.siret.slice(0, 9) });
  await world.redeem(place);
  return String(payeeId);
}
const propose = (payeeId: string, stripeAccountId: string, as = ANNA) => world.post(`payees/${payeeId}/destinations`, { as, body: { stripeAccountId } });
const approve = (destinationId: unknown, as = CLEO) => world.post(`payee-destinations/${String(destinationId)}/approvals`, { as });
const listed = async (payeeId: string) => (await world.get(`payees/${payeeId}/destinations`)).body['items'] as Record<string, unknown>[];
const leftOut = async () => {
  const { body } = await world.post('settlement-runs', { body: { rail: 'stripe', bankAccountId: shown('bankAccount', world.bankAccountId) } });
  if (body['runId']) await world.cancelRun(body);
  return (payeeId: string) => ((body['leftOut'] ?? []) as { payeeId: string; reason: string }[]).find((one) => one.payeeId === payeeId)?.reason;
};
const told = async (payeeId: string) => (await world.emitted(PayeeBankChangedV1))
  .map(({ body }) => body).filter((body) => body.payeeId === plain(payeeId))
  .map(({ step, rail, coolingOffHours }) => [step, rail, coolingOffHours]);

describe('the Stripe account of a payee', () => {
  it('is paid to once another person has approved it, who sees what Stripe calls its business', async () => {
    const payeeId = await payee();
    const { id } = stripe.fake.account.connect.open({ businessName: 'ATELIER NUMERIQUE', country: 'BE' });
    const { body } = await propose(payeeId, id);
    expect(await listed(payeeId)).toMatchObject([
      { version: 1, stripeAccountId: id, country: 'BE', businessName: 'ATELIER NUMERIQUE', legalName: 'Commune', state: 'proposed', maker: ANNA.userId },
    ]);
    expect((await approve(body['destinationId'], ANNA)).body.code).toBe('checker_is_maker');
    expect((await approve(body['destinationId'], BERT)).status).toBe(201);
    expect((await approve(body['destinationId'])).body.code).toBe('destination_approved');
    expect(await listed(payeeId)).toMatchObject([{ state: 'approved', checker: BERT.userId }]);
    const validated = (await world.emitted(PayeeValidatedV1)).map(({ body: one }) => one).filter((one) => one.payeeId === plain(payeeId));
    expect(validated.map(({ bankVersion, rail }) => [bankVersion, rail])).toEqual([[1, 'stripe']]);
  });

  it('is refused where Stripe does not show it, or does not let it take money', async () => {
    const payeeId = await payee();
    expect((await propose(payeeId, 'acct_nobody')).body.code).toBe('destination_not_found');
    expect((await propose(payeeId, 'cus_1')).body.code).toBe('request_malformed');
    expect((await propose(payeeId, stripe.fake.account.connect.open({ country: 'US' }).id)).body).toMatchObject({ code: 'destination_abroad', details: { country: 'US' } });
    const { id } = stripe.fake.account.connect.open();
    const { body } = await propose(payeeId, id);
    stripe.fake.account.connect.disable(id);
    expect((await approve(body['destinationId'])).body).toMatchObject({ code: 'destination_not_ready', details: { takesTransfers: false, paysOut: false } });
    expect((await propose(payeeId, id)).body.code).toBe('destination_not_ready');
    expect((await propose(shown('payee', world.newId()), stripe.fake.account.connect.open().id)).body.code).toBe('payee_unknown');
    expect((await approve(shown('destination', world.newId()))).body.code).toBe('destination_unknown');
  });

  it('is one payee\'s and no other\'s, and a later version stands in the place of an earlier one', async () => {
    const [one, other] = [await payee(), await payee()];
    const { id } = stripe.fake.account.connect.open();
    const [first, theirs] = [(await propose(one, id)).body, (await propose(other, id)).body];
    expect((await approve(first['destinationId'])).status).toBe(201);
    expect((await approve(theirs['destinationId'])).body.code).toBe('destination_taken');
    expect((await propose(other, id)).body.code).toBe('destination_taken');
    const second = (await propose(one, stripe.fake.account.connect.open().id)).body;
    const third = (await propose(one, stripe.fake.account.connect.open().id)).body;
    expect((await approve(second['destinationId'])).body.code).toBe('destination_superseded');
    expect((await approve(third['destinationId'])).status).toBe(201);
    expect((await listed(one)).map(({ version, state }) => [version, state])).toEqual([[3, 'approved'], [2, 'proposed'], [1, 'replaced']]);
  });
});

describe('a Stripe account that money is led to from elsewhere', () => {
  it('cools off beside an IBAN as a new IBAN would, and the people of the places hear of both steps', async () => {
    const payeeId = await payee();
    await world.bankAccount(payeeId, fakeIban(world.newAccount()));
    const { id } = stripe.fake.account.connect.open();
    await world.closeStatements();
    await approve((await propose(payeeId, id)).body['destinationId']);
    expect(await told(payeeId)).toEqual([['approved', undefined, 0], ['proposed', 'stripe', 72], ['approved', 'stripe', 72]]);
    expect((await leftOut())(payeeId)).toBe('cooling_off');
    stripe.pass(72 * HOUR);
    expect((await leftOut())(payeeId)).toBeUndefined();
  });

  it('and the first IBAN of who is paid by Stripe cools off too; who was paid nowhere waits for nothing', async () => {
    const payeeId = await payee();
    await approve((await propose(payeeId, stripe.fake.account.connect.open().id)).body['destinationId']);
    await world.closeStatements();
    expect((await leftOut())(payeeId)).toBeUndefined();
    stripe.pass(1);
    await world.bankAccount(payeeId, fakeIban(world.newAccount()));
    expect(await told(payeeId)).toEqual([['approved', 'stripe', 0], ['proposed', undefined, 72], ['approved', undefined, 72]]);
    const { body } = await world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.bankAccountId) } });
    expect((body['leftOut'] as { payeeId: string; reason: string }[] | undefined)?.find((one) => one.payeeId === payeeId)?.reason).toBe('cooling_off');
    expect((await leftOut())(payeeId)).toBeUndefined();
  });
});
