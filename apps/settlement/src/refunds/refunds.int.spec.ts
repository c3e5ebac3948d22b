// Money back to payers, from issuance's order to the bank and back: a file of its own, the same two pairs of eyes, and
// each sum paid once, however often the bank sends it back.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ContradictoryStatementSignedV1, PaymentBookedV1, PaymentReturnedV1, RefundRequestedV1, type BodyOf } from '#libs/contracts';
import { fakeIban } from '#libs/testing';
import { brokenAlone } from '../../../../test/builders/all-invariants.js';
import { ANNA, BERT, plain, SettlementWorld, ZOE, shown, type Answer } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterEach(async () => {
  expect(await brokenAlone(world.database.inspectorUrl, 'settlement')).toEqual([]);
});
afterAll(() => world.close());

type Listed = { refundId: string; payerId: string; payeeId: string; state: string; bankState: string; amountCents: number };
type Refund = BodyOf<typeof RefundRequestedV1>;
let sirens = 0;
const newSiren = () => {
  sirens += 1;
  return `9${String(sirens).padStart(8, '0')}`;
};
const ordered = async (amountCents: number, over: Partial<Refund> = {}): Promise<Refund> => {
  const refund: Refund = {
    refundId: world.newId(), payerId: world.newId(), payerName: 'Département témoin', payerSiren: newSiren(), amountCents, currency: 'EUR',
    custodyAccountId: world.bankAccountId, way: 'bank', ...over,
  };
  await world.take(RefundRequestedV1, refund);
  return refund;
};
const listed = async ({ payerId }: Refund): Promise<Listed[]> =>
  (await world.get(`refunds?payerId=${shown('payer', payerId)}`)).body['items'] as Listed[];
const payeeOf = async (refund: Refund): Promise<string> => (await listed(refund))[0]!.payeeId;
const withAccount = async (refund: Refund): Promise<string> => {
  const payeeId = await payeeOf(refund);
  await world.bankAccount(payeeId, fakeIban(world.newAccount()));
  return payeeId;
};
const createRefundRun = (as = ANNA): Promise<Answer['body']> => world.createRun({ purpose: 'refund' }, as);
const payments = async (run: Answer['body']) => (await world.get(`payments?runId=${String(run['runId'])}`)).body['items'] as { paymentId: string; endToEndId: string; purpose: string; amountCents: number }[];
const owed = ({ payerId }: Refund) => world.balance(`refund_payable:${payerId}`);

describe('a refund', () => {
  it('is owed to the payer at once, and waits until two people stand behind its bank account', async () => {
    const refund = await ordered(8_000);
    expect(await owed(refund)).toBe(8_000);
    expect(await listed(refund)).toMatchObject([{ state: 'owed', bankState: 'none', amountCents: 8_000, legalName: 'Département témoin' }]);
    const answer = await world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.bankAccountId), purpose: 'refund' } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'nothing_to_pay', details: { leftOut: 1 } } });
    const { bankAccountId } = await world.done(`payees/${await payeeOf(refund)}/bank-accounts`, { iban: fakeIban(world.newAccount()), holder: 'DEPARTEMENT' });
    expect(await world.post(`payee-bank-accounts/${String(bankAccountId)}/approvals`)).toMatchObject({ body: { code: 'checker_is_maker' } });
  });

  it('is paid by a run and a file of its own, apart from places, sent back, and paid again', async () => {
    const place = await world.owedPlace(1_000);
    await world.closeStatements();
    const refund = await ordered(8_000);
    const payeeId = await withAccount(refund);

    const places = await world.createRun();
    const refunds = await createRefundRun(ZOE);
    expect([places, refunds].map(({ purpose, amountCents }) => [purpose, amountCents])).toEqual([['place', 966], ['refund', 8_000]]);
    expect(refunds['payments']).toMatchObject([{ payeeId, refunds: 1, statements: 0 }]);
    const approval = { body: { sha256: refunds['sha256'] }, as: ZOE };
    expect(await world.post(`settlement-runs/${String(refunds['runId'])}/approvals`, approval)).toMatchObject({ body: { code: 'approver_is_creator' } });
    const file = await world.released(refunds);
    expect(file).toContain(`MEREAU REMBOURSEMENT ${refund.refundId}`);
    expect(await world.released(places)).not.toContain('REMBOURSEMENT');
    expect(await owed(refund)).toBe(0);
    expect(await listed(refund)).toMatchObject([{ state: 'released' }]);

    world.bank.execute(file);
    const [payment] = await payments(refunds);
    world.bank.returnPayment(payment!.endToEndId, 'AC04');
    expect(await world.bankDay()).toMatchObject({ payment_debit: 1, payout_return: 1 });
    const about = { paymentId: plain(payment!.paymentId), purpose: 'refund', refundIds: [refund.refundId], amountCents: 8_000 };
    expect((await world.emitted(PaymentBookedV1)).map(({ body }) => body)).toContainEqual(expect.objectContaining(about));
    expect((await world.emitted(PaymentReturnedV1)).map(({ body }) => body)).toContainEqual(expect.objectContaining({ ...about, reasonCode: 'AC04' }));
    expect(await owed(refund)).toBe(8_000);
    expect(await listed(refund)).toMatchObject([{ state: 'owed', bankState: 'blocked' }]);

    await world.bankAccount(payeeId, fakeIban(world.newAccount()));
    world.bank.execute(await world.released(await createRefundRun()));
    expect(await world.bankDay()).toMatchObject({ payment_debit: 1 });
    expect([await owed(refund), await listed(refund)]).toMatchObject([0, [{ state: 'booked' }]]);
    const body = { bankAccountId: shown('bankAccount', world.bankAccountId), purpose: 'refund' };
    expect(await world.post('settlement-runs', { body })).toMatchObject({ status: 409, body: { code: 'nothing_to_pay' } });
    expect(await world.balance(`payable:${plain(place.payeeId)}`)).toBe(0);
  });

  it('joins the payee of its legal body: a council with a place of its own has one bank account', async () => {
    const place = await world.accredit();
    const payeeId = await world.payee(place);
    const refund = await ordered(500, { payerSiren: place.siret.slice(0, 9) });
    const second = await ordered(300, { payerSiren: refund.payerSiren });
    expect([await payeeOf(refund), await payeeOf(second)]).toEqual([payeeId, payeeId]);
    const run = await createRefundRun();
    expect(run).toMatchObject({ paymentCount: 1, amountCents: 800, payments: [{ payeeId, refunds: 2 }] });
    world.bank.execute(await world.released(run));
    await world.bankDay();
    const [payment] = await payments(run);
    world.bank.returnPayment(payment!.endToEndId);
    await world.bankDay();
    expect([await owed(refund), await owed(second)]).toEqual([500, 300]);
  });

  it('is taken by one of two runs that are made at once, and is free again when that one is cancelled', async () => {
    const refund = await ordered(700);
    await withAccount(refund);
    const body = { bankAccountId: shown('bankAccount', world.bankAccountId), purpose: 'refund' };
    const answers = await world.atOnce([1, 2].map(() => () => world.post('settlement-runs', { body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const run = answers.find(({ status }) => status === 201)!.body;
    await world.cancelRun(run, BERT);
    expect(await createRefundRun()).toMatchObject({ amountCents: 700 });
  });
});

describe('the database', () => {
  const refused = async (sql: string) => {
    await world.service.query('begin');
    try {
      await world.service.query(sql);
      await world.service.query('set constraints all immediate');
      return 'done';
    } catch (error) {
      const { constraint, message } = error as { constraint?: string; message: string };
      return constraint ?? message;
    } finally {
      await world.service.query('rollback');
    }
  };

  it('pays a refund by one live payment of a refund run, its exact sum, to its own payee', async () => {
    const refund = await ordered(900);
    const payeeId = plain(await withAccount(refund));
    const fresh = world.newId();
    const run = (purpose: string, amount = 900) => `
      insert into settlement.settlement_run (id, bank_account_id, purpose, state, message_id, payment_information_id, execution_on, payment_count, amount, currency, created_by, created_at)
        values ('${fresh}', '${world.bankAccountId}', '${purpose}', 'drafted', 'M9', 'P9', now(), 1, ${amount}, 'EUR', 'x', now());`;
    const payment = (purpose: string, amount = 900) => `
      insert into settlement.payment (id, run_id, purpose, payee_id, payee_bank_account_id, end_to_end_id, amount, currency, state)
        select '${fresh}', '${fresh}', '${purpose}', payee_id, id, 'E9', ${amount}, 'EUR', 'instructed' from settlement.payee_bank_account where payee_id = '${payeeId}';`;
    const link = `insert into settlement.payment_refund (payment_id, refund_id, live) values ('${fresh}', '${refund.refundId}', true)`;
    expect(await refused(run('refund') + payment('refund') + link)).toBe('done');
    expect(await refused(run('refund', 901) + payment('refund', 901) + link)).toMatch('of 901 pays refunds of 900');
    expect(await refused(run('refund') + payment('refund'))).toMatch('pays refunds of <NULL>');
    expect(await refused(run('place') + payment('refund') + link)).toBe('purpose_of_its_run');
    expect(await refused(run('place') + payment('place') + link)).toBe('paid_as_a_refund');
    await world.createRun({ purpose: 'refund' });
    expect(await refused(run('refund') + payment('refund') + link)).toBe('one_live_payment_per_refund');
  });

  it.each(['refund', 'payee_payer'])('keeps a row of %s as it is', async (table) => {
    await ordered(1);
    expect(await refused(`delete from settlement.${table}`)).toMatch('permission denied');
    await expect(world.admin.query(`delete from settlement.${table}`)).rejects.toMatchObject({ code: '23000' });
  });
});

describe('a signed contradictory statement', () => {
  const signed = (over: Partial<BodyOf<typeof ContradictoryStatementSignedV1>>, at: Readonly<{ occurredAt?: string }> = {}) =>
    world.take(
      ContradictoryStatementSignedV1, { ...ContradictoryStatementSignedV1.sample, custodyAccountId: world.bankAccountId, ...over }, at,
    );

  it('brings what expired to the commons when both sides agreed so, and nothing here otherwise', async () => {
    const before = await world.balanceOf('commons');
    await signed({ outcome: 'refund' });
    await signed({ outcome: 'roll_over' });
    await signed({ outcome: 'commons', redeemedCents: 10_000, expiredCents: 0 });
    expect(await world.balanceOf('commons')).toBe(before);
    await signed({ outcome: 'commons' });
    expect(await world.balanceOf('commons')).toBe(before + 8_000);
  });

  it('divides it by the sharing rule of its programme, of the day on which it was signed, however late it is taken', async () => {
    const programmeId = world.newId();
    await world.sharingRule({
      programmeId: shown('programme', programmeId), from: '2026-04-03', operatorCapBasisPoints: 300, localBasisPoints: 3_333, deciders: [BERT, ZOE].map(({ userId }) => shown('user', userId)),
    });
    const pools = () => Promise.all([world.balance('commons:general'), world.balance(`commons:${programmeId}`)]);
    const [before] = await pools();
    world.clock.set('2026-04-03T08:00:00.000Z');
    await signed({ outcome: 'commons', programmeId }, { occurredAt: '2026-04-02T21:59:00.000Z' });
    expect(await pools()).toEqual([before! + 8_000, 0]);
    await signed({ outcome: 'commons', programmeId }, { occurredAt: '2026-04-02T22:00:00.000Z' });
    // 2,666.4 of 8,000.
    expect(await pools()).toEqual([before! + 8_000 + 5_334, 2_666]);
    expect(await world.rows(`select source, local::int, national::int from settlement.commons_share where programme_id = $1`, [programmeId]))
      .toEqual([{ source: 'breakage', local: 2_666, national: 5_334 }]);
  });
});
