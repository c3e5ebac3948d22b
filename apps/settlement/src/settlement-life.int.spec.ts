// The life of two redemptions in the treasury: accrued, closed, ordered by two people, debited, one of them sent back and
// paid again to another account. What stands on the accounts is compared after each step.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BankCreditBookedV1, orderReference, PayeeBlockedV1, PaymentBookedV1, PaymentFileReleasedV1, PaymentReturnedV1, StatementClosedV1,
} from '#libs/contracts';
import { cents, idOf } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { BERT, plain, SettlementWorld, tillOf } from '../../../test/builders/settlement-world.js';

const PAYER = { name: 'DRFIP POUR DEPARTEMENT', iban: fakeIban(50) };
const OWN = { fee_income: 40, vat_collected: 8, commons: 20 };
let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

/** Credit side positive; accounts that stand at zero are left out. */
const stands = async () => {
  const balances: Record<string, number> = {};
  for (const kind of ['accrued', 'payable', 'transit', 'bank', 'fee_income', 'vat_collected', 'commons', 'clearing']) {
    const balance = await world.balanceOf(kind);
    if (balance !== 0) balances[kind] = balance;
  }
  return balances;
};

describe('two redemptions', () => {
  it('are owed, stated, paid, and one of them paid again after its return, to the cent', async () => {
    // Row 2: a payer's credit that names an order goes to issuance, without the IBAN that it came from.
    const reference = orderReference(idOf('order', world.newId()));
    world.bank.receive({ amountCents: cents(10_000), from: PAYER, text: `VIR ${reference} PASS NUMERIQUE` });
    expect(await world.bankDay()).toEqual({ payer_receipt: 1 });
    const [credit] = await world.emitted(BankCreditBookedV1);
    expect(credit!.body).toMatchObject({
      custodyAccountId: world.bankAccountId, amountCents: 10_000, references: [reference], bookedOn: '2026-04-02',
      debtorMac: expect.stringMatching(/^[a-z0-9-]+\.[\w-]{22}$/),
    });
    expect(JSON.stringify(credit)).not.toContain(PAYER.iban);
    expect(await stands()).toEqual({ bank: -10_000, clearing: 10_000 });

    // Row 7, row 12: the gross is owed, then stated per payee at the number that redemption totalled.
    const [first, second] = [await world.accredit(), await world.accredit()];
    await world.redeem(first);
    await world.redeem(second);
    expect(await stands()).toEqual({ bank: -10_000, clearing: 8_000, accrued: 2_000 });
    const payees = [await world.payee(first), await world.payee(second)];
    expect(await world.closeStatements()).toEqual({
      upToSeq: 4, statements: 2, grossCents: 2000, feeCents: 40, vatCents: 8, commonsCents: 20, netCents: 1932, currency: 'EUR',
      period: '2026-04', closedBefore: false, holds: 0, heldCents: 0, carriedOver: 0, carriedOverCents: 0,
    });
    expect(await stands()).toEqual({ bank: -10_000, clearing: 8_000, payable: 1_932, ...OWN });
    expect((await world.emitted(StatementClosedV1)).map(({ body }) => [body.payeeId, body.netCents, body.lines]))
      .toEqual(payees.map((payeeId) => [plain(payeeId), 966, 1]));

    // Row 14: one file for both, approved by another person; their money is in transit.
    const run = await world.createRun();
    expect(run).toMatchObject({ paymentCount: 2, amountCents: 1932, leftOutCount: 0, executionOn: '2026-04-02' });
    const file = await world.released(run);
    expect(file).toContain('<CtrlSum>19.32</CtrlSum>');
    expect(await stands()).toEqual({ bank: -10_000, clearing: 8_000, transit: 1_932, ...OWN });
    const [released] = await world.emitted(PaymentFileReleasedV1);
    expect(released!.body).toMatchObject({
      fileId: plain(run['runId']), count: 2, amountCents: 1932, approvals: [{ userId: BERT.userId, sha256: run['sha256'] }],
    });

    // Row 15: the bank debits the batch in one line, which books both payments.
    expect(world.bank.execute(file)).toMatchObject({ messageId: run['messageId'] });
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect(await stands()).toEqual({ bank: -8_068, clearing: 8_000, ...OWN });
    expect((await world.emitted(PaymentBookedV1)).map(({ body }) => body.amountCents)).toEqual([966, 966]);

    // Row 17: one comes back; it is owed again, and its account is blocked.
    const [payment] = (await world.get(`payments?payeeId=${payees[1]}`)).body['items'] as { endToEndId: string }[];
    world.bank.returnPayment(payment!.endToEndId, 'AC04');
    expect(await world.bankDay()).toEqual({ payout_return: 1 });
    expect(await stands()).toEqual({ bank: -9_034, clearing: 8_000, payable: 966, ...OWN });
    expect((await world.emitted(PaymentReturnedV1)).map(({ body }) => body.reasonCode)).toEqual(['AC04']);
    expect((await world.emitted(PayeeBlockedV1)).map(({ body }) => [body.payeeId, body.placeId, body.bankVersion]))
      .toEqual([[plain(payees[1]), second.placeId, 1]]);

    // A blocked account is not paid to; a new one, entered and approved by two people, is.
    const refused = await world.post('settlement-runs', { body: { bankAccountId: `bac_${world.bankAccountId}` } });
    expect(refused.body).toMatchObject({ code: 'nothing_to_pay', details: { leftOut: 1 } });
    await world.bankAccount(payees[1]!, fakeIban(777));
    world.bank.execute(await world.released());
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect(await stands()).toEqual({ bank: -8_068, clearing: 8_000, ...OWN });
    const payments = (await world.get(`payments?payeeId=${payees[1]}`)).body['items'] as { state: string; bankVersion: number; paidAgain: string | null }[];
    expect(payments.map(({ state, bankVersion, paidAgain }) => [state, bankVersion, paidAgain])).toEqual([['booked', 2, null], ['returned', 1, 'paid']]);

    // The bank states what the ledger says.
    const [account] = (await world.get('bank-accounts')).body['items'] as object[];
    expect(account).toMatchObject({ statedCents: 8_068, ledgerCents: 8_068, differenceCents: 0 });

    // A place sees its own statement, with shares that add up, and no other's.
    const [own, ...more] = (await world.get('statements', tillOf(first))).body['items'] as Record<string, unknown>[];
    expect(more).toEqual([]);
    expect(own).toMatchObject({ payeeId: payees[0], grossCents: 1000, netCents: 966, state: 'booked' });
    const path = `statements/${String(own!['statementId'])}`;
    expect((await world.get(path, tillOf(first))).body).toMatchObject({
      claimLines: [{ placeId: `plc_${first.placeId}`, grossCents: 1000, feeCents: 20, vatCents: 4, commonsCents: 10, netCents: 966 }],
    });
    expect((await world.get(path, tillOf(second))).body.code).toBe('statement_unknown');
  });
});
