// The life of two redemptions in the treasury: accrued, closed, ordered by two people, debited, one of them sent back and
// paid again to another account. Money is counted after each step.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BankCreditBookedV1, LedgerPostedV1, orderReference, PayeeBlockedV1, PaymentBookedV1, PaymentFileReleasedV1, PaymentReturnedV1, StatementClosedV1,
} from '#libs/contracts';
import { cents, idOf } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { BERT, plain, SettlementWorld, tillOf, type Place } from '../../../test/builders/settlement-world.js';

const PAYER = { name: 'DRFIP POUR DEPARTEMENT', iban: fakeIban(50) };
let world: SettlementWorld;
let first: Place;
let second: Place;
let payees: string[];
let file: string;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

const stands = async () => {
  const balances: Record<string, number> = {};
  for (const kind of ['accrued', 'payable', 'transit', 'bank', 'fee_income', 'vat_collected', 'commons', 'bank_fees', 'bank_unknown', 'clearing']) {
    const balance = await world.balanceOf(kind);
    if (balance !== 0) balances[kind] = balance;
  }
  return balances;
};

describe('the life of money in the treasury, step by step', () => {
  it('books a payer\'s credit that names an order, and tells issuance (row 2)', async () => {
    const reference = orderReference(idOf('order', world.newId()));
    world.bank.receive({ amountCents: cents(10_000), from: PAYER, text: `VIR ${reference} PASS NUMERIQUE` });
    expect(await world.bankDay()).toEqual({ payer_receipt: 1 });
    const [told] = await world.emitted(BankCreditBookedV1);
    expect(told!.body).toMatchObject({
      custodyAccountId: world.bankAccountId, amountCents: 10_000, references: [reference], bookedOn: '2026-04-02', debtorMac: expect.stringMatching(/^[a-z0-9-]+\.[\w-]{22}$/),
    });
    expect(JSON.stringify(told)).not.toContain(PAYER.iban);
    expect(await stands()).toEqual({ bank: -10_000, clearing: 10_000 });
  });

  it('owes the gross of each redemption (row 7)', async () => {
    first = await world.accredit();
    second = await world.accredit();
    await world.redeem(first);
    await world.redeem(second);
    expect(await stands()).toEqual({ bank: -10_000, clearing: 8_000, accrued: 2_000 });
  });

  it('closes one statement per payee at the number that redemption totalled (row 12)', async () => {
    payees = [await world.payee(first), await world.payee(second)];
    expect(await world.closeStatements()).toEqual({
      upToSeq: 4, statements: 2, grossCents: 2000, feeCents: 40, vatCents: 8, commonsCents: 20, netCents: 1932, currency: 'EUR',
    });
    expect(await stands()).toEqual({ bank: -10_000, clearing: 8_000, payable: 1_932, fee_income: 40, vat_collected: 8, commons: 20 });
    const told = await world.emitted(StatementClosedV1);
    expect(told.map(({ body }) => [body.payeeId, body.netCents, body.lines])).toEqual(payees.map((payeeId) => [plain(payeeId), 966, 1]));
  });

  it('shows a place its own statement, with shares that add up', async () => {
    const { body } = await world.get('statements', tillOf(first));
    const items = body['items'] as Record<string, unknown>[];
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ payeeId: payees[0], grossCents: 1000, netCents: 966, state: 'not_ordered' });
    const one = await world.get(`statements/${String(items[0]!['statementId'])}`, tillOf(first));
    expect(one.body).toMatchObject({ claimLines: [{ grossCents: 1000, feeCents: 20, vatCents: 4, commonsCents: 10, netCents: 966 }] });
    expect((await world.get(`statements/${String(items[0]!['statementId'])}`, tillOf(second))).body.code).toBe('statement_unknown');
  });

  it('releases one file for both, with their money in transit (row 14)', async () => {
    const run = await world.createRun();
    expect(run).toMatchObject({ paymentCount: 2, amountCents: 1932, leftOutCount: 0, executionOn: '2026-04-02' });
    expect((await world.get(`settlement-runs/${String(run['runId'])}/file`)).body.code).toBe('run_not_released');
    file = await world.released(run);
    expect(file).toContain('<CtrlSum>19.32</CtrlSum>');
    expect(await stands()).toEqual({ bank: -10_000, clearing: 8_000, transit: 1_932, fee_income: 40, vat_collected: 8, commons: 20 });
    const [told] = await world.emitted(PaymentFileReleasedV1);
    expect(told!.body).toMatchObject({ fileId: plain(run['runId']), count: 2, amountCents: 1932, approvals: [{ userId: BERT.userId, sha256: run['sha256'] }] });
  });

  it('books both payments by the one debit of their batch (row 15)', async () => {
    expect(world.bank.execute(file)).toMatchObject({ messageId: expect.any(String) });
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect(await stands()).toEqual({ bank: -8_068, clearing: 8_000, fee_income: 40, vat_collected: 8, commons: 20 });
    expect((await world.emitted(PaymentBookedV1)).map(({ body }) => body.amountCents)).toEqual([966, 966]);
  });

  it('owes a returned payment again and blocks the account that it went to (row 17)', async () => {
    const { body } = await world.get(`payments?payeeId=${payees[1]}`);
    const [payment] = body['items'] as { endToEndId: string }[];
    world.bank.returnPayment(payment!.endToEndId, 'AC04');
    expect(await world.bankDay()).toEqual({ payout_return: 1 });
    expect(await stands()).toEqual({ bank: -9_034, clearing: 8_000, payable: 966, fee_income: 40, vat_collected: 8, commons: 20 });
    expect((await world.emitted(PaymentReturnedV1)).map(({ body: told }) => told.reasonCode)).toEqual(['AC04']);
    expect((await world.emitted(PayeeBlockedV1)).map(({ body: told }) => [told.payeeId, told.placeId, told.bankVersion]))
      .toEqual([[plain(payees[1]), second.placeId, 1]]);
  });

  it('pays it in another run only once a new account has been approved', async () => {
    const refused = await world.post('settlement-runs', { body: { bankAccountId: `bac_${world.bankAccountId}` } });
    expect(refused.body).toMatchObject({ code: 'nothing_to_pay', details: { leftOut: 1 } });
    await world.bankAccount(payees[1]!, fakeIban(777));
    world.bank.execute(await world.released());
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect(await stands()).toEqual({ bank: -8_068, clearing: 8_000, fee_income: 40, vat_collected: 8, commons: 20 });
    const { body } = await world.get(`payments?payeeId=${payees[1]}`);
    expect((body['items'] as { state: string; bankVersion: number }[]).map(({ state, bankVersion }) => [state, bankVersion])).toEqual([['booked', 2], ['returned', 1]]);
  });

  it('books the bank\'s own charge (row 18), and money that nobody can name (row 2b)', async () => {
    world.bank.charge(cents(150));
    world.bank.receive({ amountCents: cents(333), from: PAYER, text: 'SANS REFERENCE' });
    expect(await world.bankDay()).toEqual({ bank_charge: 1, unknown_credit: 1 });
    expect(await stands()).toEqual({ bank: -8_251, bank_fees: -150, bank_unknown: 333, clearing: 8_000, fee_income: 40, vat_collected: 8, commons: 20 });
    expect((await world.emitted(LedgerPostedV1)).map(({ body }) => body.postingRule)).toEqual(['18', '2b']);
  });

  it('leaves a debit that nobody ordered unposted, so that the difference to the bank shows it', async () => {
    world.bank.debit(cents(4200), { name: 'FOURNISSEUR', iban: fakeIban(60) }, 'ABONNEMENT');
    expect(await world.bankDay()).toEqual({ unknown_debit: 1 });
    const { body: accounts } = await world.get('bank-accounts');
    expect((accounts['items'] as unknown[])[0]).toMatchObject({ statedCents: 4_051, ledgerCents: 8_251, unexplainedDebitsCents: 4_200, differenceCents: -4_200 });
    const { body: lines } = await world.get('bank-lines?kind=unknown_debit');
    expect(lines['items']).toMatchObject([{ finding: 'not_ordered', amountCents: 4_200, remittance: expect.stringContaining('ABONNEMENT') }]);
  });

  it('holds what the ledger says equal to what the bank states, but for that debit', async () => {
    expect(world.bank.balanceCents).toBe(4_051n);
    expect(await world.balanceOf('bank')).toBe(-8_251);
  });
});
