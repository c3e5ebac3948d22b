// A credit that was not ours, from the bank's statement back to the account that it came from.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BankCreditBookedV1, BankCreditReleasedV1, PaymentReturnedV1 } from '#libs/contracts';
import { cents } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { brokenAlone } from '../../../../test/builders/all-invariants.js';
import { plain, SettlementWorld, shown, ZOE } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterEach(async () => {
  expect(await brokenAlone(world.database.inspectorUrl, 'settlement')).toEqual([]);
});
afterAll(() => world.close());

/** A stranger's money arrives, a person calls it a payer's, and issuance gives it back. */
async function givenBack(amountCents: number, iban: string, format: '08' | 'cfonb120' = '08'): Promise<{ bankLineId: string; releaseId: string }> {
  world.bank.receive({ amountCents: cents(amountCents), from: { name: 'Société Égarée', iban }, text: ['VIREMENT'] });
  return released(amountCents, world.bank.closeDay(format));
}
async function released(amountCents: number, statement: string): Promise<{ bankLineId: string; releaseId: string }> {
  expect((await world.importStatement(statement)).status).toBe(200);
  const lines = (await world.get('bank-lines?kind=unknown_credit&limit=1')).body['items'] as { bankLineId: string }[];
  const bankLineId = lines[0]!.bankLineId;
  await world.done(`bank-lines/${bankLineId}/identifications`, { kind: 'payer_receipt' });
  const booked = (await world.emitted(BankCreditBookedV1)).at(-1)!.body;
  expect(booked.bankLineId).toBe(plain(bankLineId));
  const releaseId = world.newId();
  await world.take(BankCreditReleasedV1, {
    releaseId, bankLineId: plain(bankLineId), custodyAccountId: world.bankAccountId, amountCents, currency: 'EUR', reason: 'not_ours',
  });
  return { bankLineId, releaseId };
}
const owed = (bankLineId: string) => world.balance(`refund_payable:${plain(bankLineId)}`);
const refundOf = async (bankLineId: string) => ((await world.get('refunds')).body['items'] as { bankLineId: string; payeeId: string; bankState: string; state: string }[])
  .find((refund) => refund.bankLineId === bankLineId)!;
const versions = async (payeeId: string) => (await world.get(`payees/${payeeId}/bank-accounts`)).body['items'] as { bankAccountId: string; iban: string }[];

describe.each(['08', 'cfonb120'] as const)('a credit given back (statement in %s)', (format) => {
  it('is owed to its sender, and paid to the account that it came from once a second person has approved that', async () => {
    const iban = fakeIban(world.newAccount());
    const { bankLineId, releaseId } = await givenBack(4_200, iban, format);
    expect(await owed(bankLineId)).toBe(4_200);
    const refund = await refundOf(bankLineId);
    expect(refund).toMatchObject({ state: 'owed', bankState: 'proposed', payerId: null, legalName: 'Societe Egaree' });
    const body = { bankAccountId: shown('bankAccount', world.bankAccountId), purpose: 'refund' };
    expect((await world.post('settlement-runs', { body })).body).toMatchObject({ code: 'nothing_to_pay' });

    const [proposal] = await versions(refund.payeeId);
    await world.done(`payee-bank-accounts/${proposal!.bankAccountId}/approvals`, { reason: 'the account that it came from' }, ZOE);
    const run = await world.createRun({ purpose: 'refund' });
    const file = await world.released(run);
    expect(file).toContain(`<IBAN>${iban}</IBAN>`);
    expect(file).toContain(releaseId);
    world.bank.execute(file);
    await world.bankDay();
    expect([await owed(bankLineId), (await refundOf(bankLineId)).state]).toEqual([0, 'booked']);
  });
});

describe('a credit given back', () => {
  it('is owed again when the bank sends it back, and waits for another account', async () => {
    const { bankLineId } = await givenBack(900, fakeIban(world.newAccount()));
    const { payeeId } = await refundOf(bankLineId);
    await world.done(`payee-bank-accounts/${(await versions(payeeId))[0]!.bankAccountId}/approvals`, { reason: 'the account that it came from' }, ZOE);
    const run = await world.createRun({ purpose: 'refund' });
    world.bank.execute(await world.released(run));
    await world.bankDay();
    const [payment] = (await world.get(`payments?runId=${String(run['runId'])}`)).body['items'] as { endToEndId: string }[];
    world.bank.returnPayment(payment!.endToEndId, 'AC04');
    await world.bankDay();
    expect((await world.emitted(PaymentReturnedV1)).at(-1)!.body).toMatchObject({ purpose: 'refund', amountCents: 900 });
    expect([await owed(bankLineId), (await refundOf(bankLineId)).bankState]).toEqual([900, 'blocked']);
    // Two people may stand behind another account of a sender, of whom no siren is known.
    await world.bankAccount(payeeId, fakeIban(world.newAccount()));
    world.bank.execute(await world.released(await world.createRun({ purpose: 'refund' })));
    await world.bankDay();
    expect(await owed(bankLineId)).toBe(0);
  });

  it('that two sent in one line, the bank not saying who sent what, goes to neither before two people know', async () => {
    const senders = [fakeIban(world.newAccount()), fakeIban(world.newAccount())];
    const receive = (ibans: readonly string[]) => {
      world.bank.receive({ amountCents: cents(30_000), from: { name: 'Ensemble', iban: fakeIban(world.newAccount()) }, text: ['VIREMENT'] });
      const payments = ibans.map((iban) => `<TxDtls><RltdPties><Dbtr><Pty><Nm>X</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>${iban}</IBAN></Id></DbtrAcct></RltdPties></TxDtls>`);
      return world.bank.closeDay().replace(/<NtryDtls>.*<\/NtryDtls>/s, `<NtryDtls>${payments.join('')}</NtryDtls>`);
    };
    const proposed = async (ibans: readonly string[]) => {
      const { payeeId } = await refundOf((await released(30_000, receive(ibans))).bankLineId);
      return (await versions(payeeId)).map(({ iban }) => iban);
    };
    expect(await proposed(senders)).toEqual([]);
    expect(await proposed([senders[0]!, senders[0]!])).toEqual([senders[0]]);
  });

  it('goes to whoever has its account already, and two from one stranger to one payee', async () => {
    const known = await world.owedPlace(1_000);
    const iban = (await versions(known.payeeId))[0]!.iban;
    const first = await givenBack(10, iban);
    expect((await refundOf(first.bankLineId)).payeeId).toBe(known.payeeId);
    const stranger = fakeIban(world.newAccount());
    const [one, two] = [await givenBack(20, stranger), await givenBack(30, stranger)];
    expect((await refundOf(one.bankLineId)).payeeId).toBe((await refundOf(two.bankLineId)).payeeId);
  });

  it('of a line that is none of ours is a fault, and leaves nothing', async () => {
    const bankLineId = world.newId();
    await expect(world.take(BankCreditReleasedV1, {
      releaseId: world.newId(), bankLineId, custodyAccountId: world.bankAccountId, amountCents: 1, currency: 'EUR', reason: 'not_ours',
    })).rejects.toThrow('none of ours');
    expect(await owed(bankLineId)).toBe(0);
  });
});
