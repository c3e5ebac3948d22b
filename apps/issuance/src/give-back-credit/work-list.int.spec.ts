// The operator's desk of credits that matched nothing, on a real database.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BankCreditBookedV1, BankCreditReleasedV1, PaymentBookedV1, PaymentReturnedV1, ReceiptMatchedV1 } from '#libs/contracts';
import { idOf, showId } from '#libs/kernel';
import { IssuanceWorld, plain } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

const shown = (bankLineId: string) => showId('bankLine', idOf('bankLine', bankLineId));
const alone = (payerId: string) => [{ payerId, basisPoints: 10_000 }];
type Credit = Readonly<{
  bankLineId: string; leftCents: number; setAside: unknown; candidates: readonly Readonly<{ orderId: string; why: string[] }>[];
}>;
const listed = async (query = '') => (await world.get(`credits/unmatched?limit=200${query}`)).body['items'] as Credit[];
const find = async (id: string, query = '') => (await listed(query)).find(({ bankLineId }) => bankLineId === id);
const giveBack = (id: string, reason = 'not_ours') => world.post(`credits/${id}/give-backs`, { body: { reason } });
/** A credit that a person called a payer's, without a reference. */
async function nameless(amountCents: number, debtorMac: string | null, bookedOn = '2026-12-01'): Promise<string> {
  const credit = world.credit(amountCents, [], { debtorMac, bookedOn });
  await world.take(BankCreditBookedV1, credit);
  return shown(credit.bankLineId);
}
/** Paid from an account under its reference, so that the account is known. */
async function knownPayer(debtorMac: string) {
  const order = await world.order();
  await world.take(BankCreditBookedV1, world.credit(order.amountCents, [order.reference], { debtorMac }));
  return order;
}
const placedDay = async (orderId: string) => String((await world.rows<{ day: string }>(
  `select (placed_at at time zone 'Europe/Paris')::date::text as day from issuance.order where id = $1`, [plain(orderId)]))[0]!.day);

describe('a credit without a reference', () => {
  it('pays the one open share that its account, its amount and its day speak for', async () => {
    const { payerId, programmeId } = await knownPayer('k.one');
    const order = await world.order({ shares: alone(payerId), programmeId, count: 7 });
    const bankLineId = await nameless(7_000, 'k.one', await placedDay(order.orderId));
    expect(await find(bankLineId)).toBeUndefined();
    expect((await world.emitted(ReceiptMatchedV1)).at(-1)!.body).toMatchObject({
      bankLineId: plain(bankLineId), orderId: plain(order.orderId), amountCents: 7_000,
    });
    expect(await world.rows('select outcome from issuance.receipt where bank_line_id = $1', [plain(bankLineId)])).toEqual([{ outcome: 'matched_by_payer' }]);
  });

  it('waits with its candidates ranked when two shares ask the same, and a person chooses', async () => {
    const { payerId, programmeId } = await knownPayer('k.two');
    const same = { shares: alone(payerId), programmeId, count: 3 };
    const [first, second] = [await world.order(same), await world.order(same)];
    const bankLineId = await nameless(3_000, 'k.two', await placedDay(first.orderId));
    const credit = await find(bankLineId);
    expect(credit!.candidates.slice(0, 2).map(({ orderId, why }) => [orderId, why])).toEqual(
      [first, second].map(({ orderId }) => [orderId, ['payer', 'amount', 'date']]));
    expect((await world.post(`credits/${bankLineId}/matches`, { body: { orderId: second.orderId } })).status).toBe(201);
    expect(await find(bankLineId)).toBeUndefined();
  });

  it('waits when it names a reference that nobody knows, whatever else fits', async () => {
    const { payerId, programmeId } = await knownPayer('k.ref');
    const order = await world.order({ shares: alone(payerId), programmeId, count: 9 });
    const credit = world.credit(9_000, ['RF00MRO0000000000'], { debtorMac: 'k.ref', bookedOn: await placedDay(order.orderId) });
    await world.take(BankCreditBookedV1, credit);
    expect(await find(shown(credit.bankLineId))).toMatchObject({ outcome: 'unknown_reference', candidates: [{ orderId: order.orderId }] });
  });
});

describe('a credit that is set aside', () => {
  it('leaves the list for one of its own, with the reason, and comes back', async () => {
    const bankLineId = await nameless(123, null);
    await world.done(`credits/${bankLineId}/set-asides`, { reason: 'le financeur cherche' });
    expect(await find(bankLineId)).toBeUndefined();
    expect(await find(bankLineId, '&setAside=true')).toMatchObject({ setAside: { reason: 'le financeur cherche' } });
    await world.done(`credits/${bankLineId}/take-ups`, {});
    expect(await find(bankLineId)).toMatchObject({ setAside: null });
    expect(await find(bankLineId, '&setAside=true')).toBeUndefined();
  });
});

describe('a credit that is not ours', () => {
  it('goes back whole, once, and is not there to be matched any more', async () => {
    const bankLineId = await nameless(4_200, null);
    const before = await world.balance('unmatched');
    const answer = await giveBack(bankLineId);
    expect(answer).toMatchObject({ status: 201, body: { bankLineId, amountCents: 4_200 } });
    const [released] = (await world.emitted(BankCreditReleasedV1)).filter(({ body }) => body.bankLineId === plain(bankLineId));
    expect(released!.body).toMatchObject({ amountCents: 4_200, reason: 'not_ours', releaseId: plain(String(answer.body['releaseId'])) });
    expect(await world.rows('select rule, debit, credit, amount::int as amount from issuance.transfer where event_id = $1', [released!.id]))
      .toEqual([{ rule: '3b', debit: 'unmatched', credit: 'clearing:settlement', amount: 4_200 }]);
    expect(await world.balance('unmatched')).toBe(before - 4_200);
    expect((await giveBack(bankLineId)).body.code).toBe('receipt_used_up');
    expect((await world.post(`credits/${bankLineId}/matches`, { body: { orderId: (await world.order()).orderId } })).body.code).toBe('receipt_used_up');
    expect(await find(bankLineId)).toBeUndefined();
  });

  it('goes back as far as no order took it', async () => {
    const order = await world.order();
    const bankLineId = await world.fund(order, order.amountCents + 500);
    expect((await giveBack(bankLineId, 'overpaid')).body).toMatchObject({ amountCents: 500 });
    expect(await world.prefund(order)).toBe(order.amountCents);
  });

  it('cannot be given back and matched at once: one of the two finds nothing left', async () => {
    const bankLineId = await nameless(10_000, null);
    const order = await world.order();
    const answers = await Promise.all([giveBack(bankLineId), world.post(`credits/${bankLineId}/matches`, { body: { orderId: order.orderId } })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('cannot be given back beyond itself, whatever the service believes', async () => {
    const bankLineId = await nameless(1_000, null);
    await expect(world.work.client.$executeRaw`
      insert into issuance.receipt_release (bank_line_id, id, amount_cents, currency, reason, event_id, released_by, released_at)
      values (${plain(bankLineId)}::uuid, gen_random_uuid(), 1001, 'EUR', 'not_ours', gen_random_uuid(), 'x', now())`).rejects.toThrow('cannot give 1001 more');
  });

  it('is paid when its payment was debited, and returned when that came back', async () => {
    const bankLineId = await nameless(700, null);
    const releaseId = String((await giveBack(bankLineId)).body['releaseId']);
    const state = async () => ((await world.get('credits/given-back')).body['items'] as { releaseId: string; state: string }[])
      .find((one) => one.releaseId === releaseId)!.state;
    const payment = {
      paymentId: world.newId(), purpose: 'refund' as const, refundIds: [plain(releaseId)], bankLineId: world.newId(), bookedOn: '2026-04-03',
      amountCents: 700, currency: 'EUR' as const,
    };
    expect(await state()).toBe('requested');
    await world.take(PaymentBookedV1, payment);
    expect(await state()).toBe('paid');
    await world.take(PaymentReturnedV1, { ...payment, reasonCode: 'AC04' });
    expect(await state()).toBe('returned');
    await expect(world.take(PaymentBookedV1, { ...payment, paymentId: world.newId(), refundIds: [world.newId()] })).rejects.toThrow('nobody ordered');
  });
});
