// What the bank did with payments of ours: each is booked once and taken back once, and a debit that does not agree with
// what was ordered is left to a person.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PaymentBookedV1 } from '#libs/contracts';
import { cents, localDate } from '#libs/kernel';
import { FakeBank, fakeIban } from '#libs/testing';
import { BIC, plain, SettlementWorld } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

type Payment = { paymentId: string; endToEndId: string; state: string; amountCents: number };
const paymentsOf = async (payeeId: string) => (await world.get(`payments?payeeId=${payeeId}`)).body['items'] as Payment[];
const owedAndReleased = async (...amounts: number[]) => {
  const places = [];
  for (const amount of amounts) places.push(await world.owedPlace(amount));
  await world.closeStatements();
  return { places, file: await world.released() };
};
const stateOf = async (payeeId: string) => (await paymentsOf(payeeId)).map(({ state }) => state);

describe('payments on a bank statement', () => {
  it('are not booked when the batch was debited with another amount than the run', async () => {
    const { places, file } = await owedAndReleased(1000, 2000);
    // The bank leaves one payment out of the batch that it debits in one line.
    const dropped = file.replace(/<CdtTrfTxInf>(?:(?!<\/CdtTrfTxInf>)[\s\S])*<\/CdtTrfTxInf>\s*(?=<\/PmtInf>)/, '')
      .replaceAll('<NbOfTxs>2<', '<NbOfTxs>1<').replaceAll('<CtrlSum>28.98<', `<CtrlSum>${/<InstdAmt[^>]*>([\d.]+)</.exec(file)![1]}<`);
    world.bank.execute(dropped);
    expect(await world.bankDay()).toEqual({ unknown_debit: 1 });
    const { body } = await world.get('bank-lines?kind=unknown_debit');
    expect(body['items']).toMatchObject([{ finding: 'amount_differs' }]);
    expect(await world.balanceOf('transit')).toBe(966 + 1932);
    for (const { payeeId } of places) expect(await stateOf(payeeId)).toEqual(['released']);
    expect(await world.emitted(PaymentBookedV1)).toEqual([]);
  });

  it('are booked one by one where the bank tells them so, and once however often it tells them', async () => {
    const other = await SettlementWorld.create();
    try {
      const account = { iban: fakeIban(1), ownerName: 'X', bic: BIC, openingCents: cents(0), day: localDate('2026-04-02'), tellsPaymentsOfBatch: true };
      other.bank = new FakeBank(account);
      const [first, second] = [await other.owedPlace(1000), await other.owedPlace(2000)];
      await other.closeStatements();
      const file = await other.released();
      other.bank.execute(file);
      expect(await other.bankDay()).toEqual({ payment_debit: 1 });
      // The operator uploads the old file at the bank by hand, under another message id.
      other.bank.execute(file.replace(/<MsgId>[^<]+/, '<MsgId>BY-HAND'));
      expect(await other.bankDay()).toEqual({ unknown_debit: 2 });
      const { body } = await other.get('bank-lines?kind=unknown_debit');
      expect(body['items']).toMatchObject([{ finding: 'booked_before' }, { finding: 'booked_before' }]);
      expect(await other.count('payment_movement', `movement = 'booked'`)).toBe(2);
      // Whoever looks a payment up by the reference that the bank tells finds its lines, by a part of it too.
      const { endToEndId } = (body['items'] as { endToEndId: string }[])[0]!;
      const lines = (await other.get(`bank-lines?endToEndId=${endToEndId.toLowerCase()}`)).body['items'] as { endToEndId: string | null }[];
      expect([lines.length > 0, ...new Set(lines.map((line) => line.endToEndId))]).toEqual([true, endToEndId]);
      expect(await other.balanceOf('transit')).toBe(0);
      // The first is returned, and the same return comes twice.
      const [payment] = (await other.get(`payments?payeeId=${first.payeeId}`)).body['items'] as Payment[];
      other.bank.returnPayment(payment!.endToEndId, 'AC01');
      other.bank.returnPayment(payment!.endToEndId, 'AC01');
      expect(await other.bankDay()).toEqual({ payout_return: 1, unknown_credit: 1 });
      expect(await other.balance(`payable:${plain(first.payeeId)}`)).toBe(966);
      expect(await other.balance(`payable:${plain(second.payeeId)}`)).toBe(0);
      expect(await other.balance('bank_unknown')).toBe(966);
    } finally {
      await other.close();
    }
  });

  it('are booked and taken back by one statement', async () => {
    const { places: [place], file } = await owedAndReleased(1000);
    world.bank.execute(file);
    const [payment] = await paymentsOf(place!.payeeId);
    world.bank.returnPayment(payment!.endToEndId, 'a word of the bank\'s own');
    expect(await world.bankDay()).toEqual({ payment_debit: 1, payout_return: 1 });
    expect(await paymentsOf(place!.payeeId)).toMatchObject([{ state: 'returned', bookedOn: expect.any(String), returnedOn: expect.any(String), reasonCode: 'NARR' }]);
    expect(await world.balance(`payable:${plain(place!.payeeId)}`)).toBe(966);
  });

  it('of a run that was never released are nothing that we ordered', async () => {
    const place = await world.owedPlace(5000);
    await world.closeStatements();
    const run = await world.createRun();
    const [{ bytes }] = await world.rows<{ bytes: Buffer }>('select bytes from settlement.payment_file where run_id = $1', [plain(run['runId'])]) as [{ bytes: Buffer }];
    world.bank.execute(bytes.toString());
    expect(await world.bankDay()).toEqual({ unknown_debit: 1 });
    const { body } = await world.get('bank-lines?kind=unknown_debit&limit=1');
    expect(body['items']).toMatchObject([{ finding: 'not_released' }]);
    expect(await stateOf(place.payeeId)).toEqual(['instructed']);
  });
});
