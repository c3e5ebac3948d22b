// A payment that came back leaves the work-list when what it paid is in a later one, and not before.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RefundRequestedV1 } from '#libs/contracts';
import { cents } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { SettlementWorld, type Answer } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

type Payment = Readonly<{
  paymentId: string; endToEndId: string; paidAgain: string | null; leftCents: number;
  againPaymentId: string | null; againRunId: string | null;
}>;
const paymentsOf = async (payeeId: string) => (await world.get(`payments?payeeId=${payeeId}&sort=newest`)).body['items'] as Payment[];
/** What the operator still has to see to. */
const owed = async () => {
  type Owed = { items: Payment[]; totals: { count: number; sums: { leftCents: number } } };
  const { items, totals } = (await world.get('payments?paidAgain=owed&totals=true')).body as Owed;
  return { payments: items.map(({ paymentId }) => paymentId), count: totals.count, leftCents: totals.sums.leftCents };
};
const newAccount = (payeeId: string) => world.bankAccount(payeeId, fakeIban(world.newAccount()));
const cancel = (run: Answer['body']) => world.cancelRun(run);

async function pay(run?: Answer['body']): Promise<void> {
  world.bank.execute(await world.released(run));
  await world.bankDay();
}

async function comesBack({ endToEndId }: Payment): Promise<void> {
  world.bank.returnPayment(endToEndId, 'AC04');
  await world.bankDay();
}

describe('a payment that came back', () => {
  it('is owed until a run pays it again, is told of by its successor, and is owed again where that run is cancelled or comes back too', async () => {
    const { payeeId } = await world.owedPlace();
    await world.closeStatements();
    await pay();
    const [first] = await paymentsOf(payeeId) as [Payment];
    expect(first).toMatchObject({ paidAgain: null, leftCents: 0, againPaymentId: null });

    await comesBack(first);
    expect(await paymentsOf(payeeId)).toMatchObject([{ paidAgain: 'owed', leftCents: 966, againPaymentId: null }]);
    expect(await owed()).toEqual({ payments: [first.paymentId], count: 1, leftCents: 966 });

    await newAccount(payeeId);
    const draft = await world.createRun();
    const [, drafted] = await paymentsOf(payeeId) as [Payment, Payment];
    expect(await paymentsOf(payeeId)).toMatchObject([{ paidAgain: 'ordered', leftCents: 0, againPaymentId: drafted.paymentId, againRunId: draft['runId'] }, { paidAgain: null }]);
    expect((await owed()).count).toBe(0);

    await cancel(draft);
    expect(await owed()).toEqual({ payments: [first.paymentId], count: 1, leftCents: 966 });

    await pay();
    const [, , second] = await paymentsOf(payeeId) as [Payment, Payment, Payment];
    expect(await paymentsOf(payeeId)).toMatchObject([{ paidAgain: 'paid', againPaymentId: second.paymentId }, { paidAgain: null }, { paidAgain: null }]);

    await comesBack(second);
    expect((await paymentsOf(payeeId)).map(({ paidAgain }) => paidAgain)).toEqual(['failed_again', null, 'owed']);
    expect(await owed()).toEqual({ payments: [second.paymentId], count: 1, leftCents: 966 });
    await newAccount(payeeId);
    await pay();
    expect((await paymentsOf(payeeId)).map(({ paidAgain }) => paidAgain)).toEqual(['paid', null, 'paid', null]);
    expect(await owed()).toEqual({ payments: [], count: 0, leftCents: 0 });
  });

  it('of a payer is owed in the same way', async () => {
    await world.take(RefundRequestedV1, {
      refundId: world.newId(), payerId: world.newId(), payerName: 'Département témoin', payerSiren: '900000001', amountCents: 8_000, currency: 'EUR',
      custodyAccountId: world.bankAccountId, way: 'bank',
    });
    const [{ payeeId }] = (await world.get('refunds')).body['items'] as [{ payeeId: string }];
    await newAccount(payeeId);
    world.bank.receive({ amountCents: cents(10_000), from: { name: 'P', iban: fakeIban(5) }, text: 'VIR' });
    await world.bankDay();
    await pay(await world.createRun({ purpose: 'refund' }));
    await comesBack((await paymentsOf(payeeId))[0]!);
    expect(await owed()).toMatchObject({ count: 1, leftCents: 8_000 });
    await newAccount(payeeId);
    await pay(await world.createRun({ purpose: 'refund' }));
    expect((await paymentsOf(payeeId)).map(({ paidAgain }) => paidAgain)).toEqual(['paid', null]);
    expect((await owed()).count).toBe(0);
  });

  it('pays several statements, and says how much of all of them is left', async () => {
    const place = await world.owedPlace();
    await world.closeStatements();
    await world.redeem(place, 2_000);
    await world.closeStatements();
    await pay();
    await comesBack((await paymentsOf(place.payeeId))[0]!);
    expect(await owed()).toMatchObject({ count: 1, leftCents: 966 + 1_932 });
  });
});
