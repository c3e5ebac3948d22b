import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PayeeBlockedV1, PaymentRejectedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { fakeIban } from '#libs/testing';
import { AUDITOR, plain, SettlementWorld, tillOf, type Answer } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

type Paid = Readonly<{ paymentId: string; endToEndId: string; state: string; reasonCode: string | null; bankVersion: number }>;
const tell = (xml: string | Buffer, call: object = {}): Promise<Answer> => world.post('payment-reports', { body: xml, type: 'application/xml', ...call });
const paymentsOf = async (query: string) => (await world.get(`payments?${query}`)).body['items'] as Paid[];

/** Two payees are owed, one run pays both, and its file is for the bank. */
async function releasedRun() {
  const places = [await world.owedPlace(1000), await world.owedPlace(2000)];
  await world.closeStatements();
  const run = await world.createRun();
  const file = await world.released(run);
  const payments = await Promise.all(places.map(async ({ payeeId }) => (await paymentsOf(`payeeId=${payeeId}`))[0]!));
  return { places, run, file, payments, messageId: String(run['messageId']) };
}

describe('a payment that the bank rejects before debit', () => {
  it('is owed again, its account is closed to payments, and a later run pays it to a new one', async () => {
    const { places, file, payments, messageId } = await releasedRun();
    const [, rejected] = payments as [Paid, Paid];
    world.bank.execute(file, { [rejected.endToEndId]: 'AC01' });
    const { body, status } = await tell(world.bank.report(messageId));
    expect([status, body]).toMatchObject([200, { known: false, statuses: { noted: 1, rejected: 1 }, rejectedCents: 1932, findings: [] }]);
    const payee = plain(places[1]!.payeeId);
    expect([await world.balance(`transit:${plain(rejected.paymentId)}`), await world.balance(`payable:${payee}`)]).toEqual([0, 1932]);
    expect((await world.emitted(PaymentRejectedV1)).map(({ body: told }) => [told.paymentId, told.amountCents, told.reasonCode]))
      .toEqual([[plain(rejected.paymentId), 1932, 'AC01']]);
    expect((await world.emitted(PayeeBlockedV1)).map(({ body: told }) => [told.payeeId, told.reason])).toEqual([[payee, 'AC01']]);
    expect((await paymentsOf(`payeeId=${places[1]!.payeeId}`))[0]).toMatchObject({ state: 'rejected', reasonCode: 'AC01', rejectedAt: expect.any(String) });
    expect(((await world.get('statements', tillOf(places[1]!))).body['items'] as object[])[0]).toMatchObject({ state: 'rejected' });

    expect((await world.get(`payment-reports?runId=${String(body['runId'])}`)).body['items']).toMatchObject([{ statuses: 2, rejected: 1, rejectedCents: 1932 }]);

    // The bank debits what is left of the batch in one line.
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect((await paymentsOf(`payeeId=${places[0]!.payeeId}`))[0]).toMatchObject({ state: 'booked' });

    expect((await world.post('settlement-runs', { body: { bankAccountId: `bac_${world.bankAccountId}` } })).body).toMatchObject({ code: 'nothing_to_pay', details: { leftOut: 1 } });
    await world.bankAccount(places[1]!.payeeId, fakeIban(world.newAccount()));
    world.bank.execute(await world.released());
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect((await paymentsOf(`payeeId=${places[1]!.payeeId}`)).map(({ state, bankVersion }) => [state, bankVersion])).toEqual([['booked', 2], ['rejected', 1]]);
  });

  it('is taken back once, however often and by whatever report it is told', async () => {
    const { file, payments, messageId } = await releasedRun();
    world.bank.execute(file, { [payments[0]!.endToEndId]: 'AC04' });
    const [report, another] = [world.bank.report(messageId), world.bank.report(messageId)];
    const answers = await world.atOnce([() => tell(report), () => tell(report), () => tell(report)]);
    expect(answers.map(({ body }) => body['known']).sort()).toEqual([false, true, true]);
    expect((await tell(report)).body).toMatchObject({ known: true, statuses: {}, rejectedCents: 0 });
    expect((await tell(another)).body).toMatchObject({ known: false, statuses: { noted: 1, known: 1 }, rejectedCents: 0 });
    expect(await world.count('payment_rejection', `payment_id = '${plain(payments[0]!.paymentId)}'`)).toBe(1);
    expect((await tell(another.replace('AC04', 'AC01'))).body.code).toBe('payment_report_id_reused');
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
  });

  it('is never one that the bank has debited: that is a finding', async () => {
    const { file, payments, messageId } = await releasedRun();
    world.bank.execute(file);
    await world.bankDay();
    const before = await world.balanceOf('payable');
    const lie = world.bank.report(messageId).replace('ACCP', 'RJCT');
    const { body } = await tell(lie);
    expect(body).toMatchObject({ statuses: { noted: 1, finding: 2 }, rejectedCents: 0, findings: [{ finding: 'booked_before' }, { finding: 'booked_before' }] });
    expect(await world.balanceOf('payable')).toBe(before);
    expect(await Promise.all(payments.map(async ({ paymentId }) => world.count('payment', `id = '${plain(paymentId)}' and state = 'booked'`)))).toEqual([1, 1]);
  });

  it('comes with a whole file that was refused, whose accounts stay good: the next run pays them', async () => {
    const { file, messageId, payments } = await releasedRun();
    world.bank.refuse(file, 'DU01');
    expect((await tell(world.bank.report(messageId, '03'))).body).toMatchObject({ statuses: { noted: 1, rejected: 2 }, rejectedCents: 966 + 1932 });
    const again = await world.createRun();
    expect(again).toMatchObject({ paymentCount: 2, amountCents: 966 + 1932 });
    world.bank.execute(await world.released(again));
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect(await Promise.all(payments.map(({ paymentId }) => world.count('payment', `id = '${plain(paymentId)}' and state = 'rejected'`)))).toEqual([1, 1]);
  });

  it('and is debited all the same: the debit is not posted, and stays to be explained', async () => {
    const { file, payments, messageId } = await releasedRun();
    const [first] = payments as [Paid];
    world.bank.execute(file);
    const report = world.bank.report(messageId).replace('<PmtInfSts>ACCP</PmtInfSts>', `<PmtInfSts>PART</PmtInfSts>
      <TxInfAndSts><OrgnlEndToEndId>${first.endToEndId}</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts>`);
    expect((await tell(report)).body).toMatchObject({ statuses: { noted: 1, rejected: 1 } });
    expect(await world.bankDay()).toEqual({ unknown_debit: 1 });
    expect(await world.count('bank_line', `finding = 'amount_differs'`)).toBe(1);
  });
});

describe('after all that', () => {
  it('no invariant of the ledger is broken', async () => {
    const own = CATALOGUE.filter(({ schema }) => schema === 'settlement');
    expect((await inspect(world.database.urlFor('settlement'), own)).broken).toEqual([]);
  });
});

describe('a report that we cannot place', () => {
  it('is kept with its findings, and moves nothing', async () => {
    const foreign = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>X1</MsgId><CreDtTm>2026-04-02T18:00:00Z</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>SOMEBODY</OrgnlMsgId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`;
    const { body } = await tell(foreign);
    expect(body).toMatchObject({ runId: null, statuses: { finding: 1 }, findings: [{ finding: 'unknown_file', endToEndId: null, status: 'RJCT' }] });
    const [listed] = (await world.get('payment-reports', AUDITOR)).body['items'] as { reportId: string }[];
    expect(listed).toMatchObject({ reportId: body['reportId'], originalMessageId: 'SOMEBODY', statuses: 1, rejected: 0, findings: 1 });
    const alone = (await world.get(`payment-reports?reportId=${listed!.reportId}&totals=true`, AUDITOR)).body;
    expect(alone).toMatchObject({
      items: [{ reportId: listed!.reportId, rejectedCents: 0 }], totals: { count: 1, sums: { findings: 1, rejectedCents: 0 } },
    });
    const statuses = (await world.get(`payment-reports/${listed!.reportId}/statuses?outcome=finding`, AUDITOR)).body['items'];
    expect(statuses).toEqual([{ level: 'file', endToEndId: null, paymentId: null, status: 'RJCT', reasonCode: null, outcome: 'finding', finding: 'unknown_file' }]);
  });

  it('is refused when it is no report', async () => {
    expect((await tell(world.bank.closeDay())).body.code).toBe('bank_file_not_report');
    expect((await tell('<Document')).body.code).toBe('bank_file_malformed');
    expect((await world.post('payment-reports', { body: { xml: '' } })).status).toBe(415);
    expect((await tell(world.bank.closeDay(), { as: AUDITOR })).status).toBe(403);
  });
});
