// A part of what is due, paid early out of the commons: asked for by the place, paid by a run of its own, netted in the next statement, and
// back in the pool in every case.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EarlyPaymentLapsedV1, EarlyPaymentNettedV1, EarlyPaymentSetAsideV1, PaymentBookedV1, PaymentRejectedV1, PaymentReturnedV1, PlaceSuspendedV1, RedemptionUndoneV1, VoucherRedeemedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { fakeIban } from '#libs/testing';
import { SELLER } from '../../../../test/builders/seller.js';
import { ANNA, BERT, managerOf, plain, SettlementWorld, shown, type Answer, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.create({ seller: SELLER });
  // The bank's own days go on, up to those of the runs.
  for (let day = 2; day < 36; day += 1) await world.bankDay();
  const programmeId = shown('programme', world.programmeId);
  const rule = { programmeId, shareBasisPoints: 8_000, ceilingCents: 900_000, monthsMin: 1, redemptionsMin: 1 };
  expect((await world.post('early-payment-rules', { body: { ...rule, from: '2026-04-02' } })).body).toMatchObject({
    code: 'early_payment_rule_too_early', details: { earliest: '2026-04-03' },
  });
  await world.done('early-payment-rules', { ...rule, from: '2026-04-03' });
  expect((await world.get(`early-payment-rules?programmeId=${programmeId}`)).body['items']).toMatchObject([{ version: 1, shareBasisPoints: 8_000, ceilingCents: 900_000 }]);
});
const broken = async () => (await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'settlement'))).broken;
afterEach(async () => {
  expect(await broken()).toEqual([]);
});
afterAll(() => world.close());

type Known = Place & Readonly<{ payeeId: string }>;
/** Paid by a statement a month ago, which fed the commons with 200 euros. */
async function known(): Promise<Known> {
  world.clock.set('2026-04-02T08:00:00.000Z');
  const place = await world.owedPlace(2_000_000);
  await world.closeStatements();
  world.clock.set('2026-05-04T08:00:00.000Z');
  return place;
}
const bankAccountId = () => shown('bankAccount', world.bankAccountId);
const ask = (place: Known, amountCents: number, over: object = {}, as = managerOf(place)): Promise<Answer> =>
  world.post('early-payments', { as, body: { bankAccountId: bankAccountId(), amountCents, currency: 'EUR', ...over } });
const offer = async (place: Known) => ((await world.get('early-payments/offers', managerOf(place))).body['items'] as object[])[0];
const pool = () => world.balance('commons:general');
const lent = () => world.balance('commons_lent:general');
/** What was paid early and not netted: an asset. */
const stands = async ({ payeeId }: Known) => 0 - await world.balance(`advance:${plain(payeeId)}`);
const owed = ({ payeeId }: Known) => world.balance(`payable:${plain(payeeId)}`);
type Listed = Readonly<{ earlyPaymentId: string; state: string; leftCents: number; ends: readonly Record<string, unknown>[] }>;
const listed = async (place: Known) => ((await world.get('early-payments', managerOf(place))).body['items'] as Listed[]);
const lastStatement = async (place: Known) =>
  ((await world.get('statements/history', managerOf(place))).body['items'] as { statementId: string; toPayCents: number }[])[0]!;
/** Drafts of before would keep what this one is about. */
const earlyRun = () => world.createRun({ purpose: 'early' });
const runRefused = async () => (await world.post('settlement-runs', { body: { bankAccountId: bankAccountId(), purpose: 'early' } })).body.code;
/** A redemption, and what takes it back. */
async function undoable(place: Known, amountCents: number): Promise<() => Promise<void>> {
  const fact = world.redeemed({ place, amountCents });
  await world.take(VoucherRedeemedV1, fact, { id: fact.redemptionId });
  const { redemptionId, voucherId, programmeId, batchId, placeId, custodyAccountId } = fact;
  return () => world.take(RedemptionUndoneV1, {
    redemptionId, voucherId, programmeId, batchId, placeId, custodyAccountId, amountCents, currency: 'EUR', reason: 'other', to: 'balance',
  });
}
const paid = async (place: Known, amountCents: number) => {
  expect((await ask(place, amountCents)).status).toBe(201);
  world.bank.execute(await world.released(await earlyRun()));
  await world.bankDay();
};

describe('an early payment', () => {
  it('is set aside, paid by a run that two people let go, netted in the next statement, and back in the pool (row 29)', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    const [before, lentBefore] = [await pool(), await lent()];
    expect(await offer(place)).toMatchObject({ dueCents: 9_660, openCents: 0, atMostCents: 7_728, against: null });
    const { body: { earlyPaymentId }, status } = await ask(place, 7_000);
    expect([status, await pool(), await lent()]).toEqual([201, before - 7_000, lentBefore + 7_000]);
    expect(await offer(place)).toMatchObject({ openCents: 7_000, atMostCents: 728 });
    expect((await world.emitted(EarlyPaymentSetAsideV1)).at(-1)!.body)
      .toMatchObject({ amountCents: 7_000, dueCents: 9_660, payeeId: plain(place.payeeId) });
    const run = await earlyRun();
    expect(run).toMatchObject({
      paymentCount: 1, payments: [{ payeeId: place.payeeId, amountCents: 7_000, earlyPayments: 1, statements: 0 }],
    });
    const file = await world.released(run);
    expect(file).toContain(`MEREAU ACOMPTE ${plain(earlyPaymentId)}`);
    expect([await stands(place), (await listed(place))[0]]).toEqual([7_000, expect.objectContaining({ state: 'released', leftCents: 7_000 })]);
    world.bank.execute(file);
    await world.bankDay();
    // Whoever follows the money is told which of them a payment pays.
    expect((await world.emitted(PaymentBookedV1)).at(-1)!.body).toMatchObject({ purpose: 'early', earlyPaymentIds: [plain(earlyPaymentId)], amountCents: 7_000 });
    const payable = await owed(place);
    await world.closeStatements();
    expect(await lastStatement(place)).toMatchObject({ toPayCents: 2_660 });
    expect([await owed(place), await stands(place), await lent(), await pool()]).toEqual([payable + 2_660, 0, lentBefore, before + 100]);
    const [{ ends, state }] = await listed(place) as [Listed];
    expect([state, ends]).toEqual(['netted', [expect.objectContaining({ kind: 'netted', amountCents: 7_000 })]]);
    expect((await world.emitted(EarlyPaymentNettedV1)).at(-1)!.body).toMatchObject({ amountCents: 7_000, leftCents: 0 });
    const { body } = await world.get(`statements/${(await lastStatement(place)).statementId}`);
    expect(body['setOffs']).toEqual([{
      earlyPaymentId, debitNoteId: null, placeInvoiceId: null, number: '2026-05-04', amountCents: 7_000,
    }]);
    expect(JSON.parse(String(body['content']))).toMatchObject({ netCents: 9_660, paidEarly: [{ earlyPayment: plain(earlyPaymentId), cents: 7_000 }] });
  });

  it('lapses where its statement closes first: the statement is paid whole, and a run that was drafted is refused', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    const before = await pool();
    await ask(place, 5_000);
    const run = await earlyRun();
    await world.approve(run);
    await world.closeStatements();
    expect([await lastStatement(place), await pool(), (await listed(place))[0]!.state]).toEqual([expect.objectContaining({ toPayCents: 9_660 }), before + 100, 'lapsed']);
    expect((await world.emitted(EarlyPaymentLapsedV1)).at(-1)!.body).toMatchObject({ amountCents: 5_000 });
    expect((await world.post(`settlement-runs/${String(run['runId'])}/release`)).body.code).toBe('early_payment_over');
    // Nothing is broken while somebody has yet to cancel it: that would stop all pay-outs.
    expect(await broken()).toEqual([]);
    await world.cancelRun(run);
    expect(await runRefused()).toBe('nothing_to_pay');
  });

  it('leaves a debt of the payee where its lines are undone, which the next statements net as far as they go', async () => {
    const place = await known();
    await world.redeem(place, 6_000);
    const undo = await undoable(place, 4_000);
    await paid(place, 7_000);
    await undo();
    await world.closeStatements();
    expect([(await listed(place))[0], await stands(place)]).toEqual([expect.objectContaining({ state: 'booked', leftCents: 1_204 }), 1_204]);
    await world.redeem(place, 3_000);
    await world.closeStatements();
    expect([(await listed(place))[0], await stands(place), await lastStatement(place)])
      .toEqual([expect.objectContaining({ state: 'netted', leftCents: 0 }), 0, expect.objectContaining({ toPayCents: 2_898 - 1_204 })]);
  });

  it('does not leave when what it was asked for was undone since', async () => {
    const place = await known();
    const undo = await undoable(place, 4_000);
    await ask(place, 3_000);
    const run = await earlyRun();
    await world.approve(run);
    await undo();
    expect((await world.post(`settlement-runs/${String(run['runId'])}/release`)).body.code).toBe('early_payment_over');
    await world.cancelRun(run);
    await world.redeem(place, 4_000);
    await world.closeStatements();
    expect((await listed(place))[0]).toMatchObject({ state: 'lapsed' });
  });

  it('is owed again when the bank sends it back after it was netted, and is paid by another run', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    await ask(place, 7_000);
    const run = await earlyRun();
    world.bank.execute(await world.released(run));
    await world.bankDay();
    await world.closeStatements();
    const [payment] = (await world.get(`payments?runId=${String(run['runId'])}`)).body['items'] as [{ endToEndId: string }];
    world.bank.returnPayment(payment.endToEndId, 'AC04');
    await world.bankDay();
    expect([await stands(place), (await listed(place))[0]!.state]).toEqual([-7_000, 'set_aside']);
    const told = { purpose: 'early', earlyPaymentIds: [plain((await listed(place))[0]!.earlyPaymentId)], amountCents: 7_000 };
    expect((await world.emitted(PaymentReturnedV1)).at(-1)!.body).toMatchObject(told);
    await world.bankAccount(place.payeeId, fakeIban(world.newAccount()));
    const refused = await earlyRun();
    const [{ endToEndId }] = (await world.get(`payments?runId=${String(refused['runId'])}`)).body['items'] as [{ endToEndId: string }];
    world.bank.execute(await world.released(refused), { [endToEndId]: 'AM04' });
    expect((await world.post('payment-reports', { body: world.bank.report(String(refused['messageId'])), type: 'application/xml' })).status).toBe(200);
    expect((await world.emitted(PaymentRejectedV1)).at(-1)!.body).toMatchObject(told);
    await world.bankAccount(place.payeeId, fakeIban(world.newAccount()));
    world.bank.execute(await world.released(await earlyRun()));
    await world.bankDay();
    expect([await stands(place), (await listed(place))[0]!.state]).toEqual([0, 'netted']);
  });
});

describe('asking for it', () => {
  it('is refused beyond what the rules give, what is known of the payee, and what the pool has', async () => {
    const place = await known();
    expect(await offer(place)).toMatchObject({ against: 'early_payment_not_offered', atMostCents: 0 });
    expect((await ask(place, 1)).body.code).toBe('early_payment_not_offered');
    await world.redeem(place, 10_000);
    expect((await ask(place, 7_729)).body).toMatchObject({ code: 'early_payment_too_much', details: { atMostCents: 7_728 } });
    expect((await ask(place, 1, { bankAccountId: shown('bankAccount', world.newId()) })).body.code).toBe('bank_account_unknown');
    expect((await ask(place, 1, {}, ANNA)).body.code).toBe('payee_unknown');
    expect((await ask(place, 1, {}, managerOf(world.newPlace()))).body.code).toBe('payee_unknown');
    expect((await world.get('early-payments/offers', managerOf(world.newPlace()))).body.code).toBe('payee_unknown');
    expect((await ask(place, 1, { payeeId: (await world.done('operator'))['payeeId'] }, ANNA)).body.code).toBe('early_payment_to_operator');
    await world.redeem(place, 90_000_000);
    expect((await ask(place, 800_000)).body.code).toBe('commons_short');
  });

  it('is for payees with a legal body, an account, and some months behind them', async () => {
    world.clock.set('2026-05-04T08:00:00.000Z');
    const bare = await world.accredit();
    await world.redeem(bare, 1_000);
    const { payee_id: id } = (await world.rows<{ payee_id: string }>('select payee_id from settlement.payee_site where place_id = $1', [bare.placeId]))[0]!;
    const place = { ...bare, payeeId: shown('payee', id) };
    expect((await ask(place, 1)).body.code).toBe('payee_incomplete');
    await world.done('payees', { placeId: shown('place', bare.placeId), legalName: 'Commune', siren: bare.siret.slice(0, 9) });
    expect((await ask(place, 1)).body).toMatchObject({ code: 'early_payment_without_account', details: { account: 'none' } });
    await world.bankAccount(place.payeeId, fakeIban(world.newAccount()));
    expect((await ask(place, 1)).body).toMatchObject({ code: 'early_payment_history_short', details: { months: 0, redemptions: 0 } });
  });

  it('gives the same money once to two who ask at the same moment', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    const answers = await world.atOnce([1, 2].map(() => () => ask(place, 5_000)));
    expect(answers.map(({ status, body: { code } }) => code ?? status).sort()).toEqual([201, 'early_payment_too_much']);
    expect(await offer(place)).toMatchObject({ openCents: 5_000, atMostCents: 2_728 });
  });

  it('comes before a closing of the same moment, or finds nothing due', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    await world.total();
    const before = await pool();
    const [asked, closed] = await world.atOnce([() => ask(place, 5_000), () => world.post('statement-closings')]);
    expect(closed!.status).toBeLessThan(300);
    expect([201, 'early_payment_not_offered']).toContain(asked!.body.code ?? asked!.status);
    expect([await pool(), await lastStatement(place)]).toEqual([before + 100, expect.objectContaining({ toPayCents: 9_660 })]);
    expect((await listed(place)).map(({ state }) => state)).toEqual(asked!.status === 201 ? ['lapsed'] : []);
  });

  it('is netted or refused where its run is released at the moment of the closing, never both paid and lapsed', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    await ask(place, 5_000);
    const run = await earlyRun();
    await world.approve(run);
    await world.total();
    const [released] = await world.atOnce([() => world.post(`settlement-runs/${String(run['runId'])}/release`), () => world.post('statement-closings')]);
    const isReleased = released!.status === 200;
    if (!isReleased) expect(released!.body.code).toBe('early_payment_over');
    expect([(await listed(place))[0]!.state, (await lastStatement(place)).toPayCents, await stands(place)])
      .toEqual(isReleased ? ['netted', 4_660, 0] : ['lapsed', 9_660, 0]);
    if (!isReleased) await world.cancelRun(run);
  });

  it('waits while a place of the payee is suspended', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    await world.take(PlaceSuspendedV1, {
      measureId: world.newId(), placeId: place.placeId, programmeId: world.programmeId, from: '2026-05-04', reason: 'fraud_suspected',
    });
    expect((await ask(place, 1)).body.code).toBe('early_payment_under_review');
  });

  it('does not leave once a place of the payee was suspended: no new run has it, and one of before is refused', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    expect((await ask(place, 5_000)).status).toBe(201);
    const run = await earlyRun();
    await world.approve(run);
    const measureId = world.newId();
    await world.take(PlaceSuspendedV1, { measureId, placeId: place.placeId, programmeId: world.programmeId, from: '2026-05-04', reason: 'fraud_suspected' });
    expect((await world.post(`settlement-runs/${String(run['runId'])}/release`)).body.code).toBe('payment_waits');
    await world.cancelRun(run);
    expect(await runRefused()).toBe('nothing_to_pay');
    expect((await listed(place))[0]).toMatchObject({ state: 'set_aside', leftCents: 5_000 });
  });

  it('bars whoever asked from approving the run that pays it, by the service and by the database', async () => {
    const place = await known();
    await world.redeem(place, 10_000);
    const asker = { ...managerOf(place), userId: BERT.userId };
    expect((await ask(place, 5_000, {}, asker)).status).toBe(201);
    const run = await earlyRun();
    const approval = await world.post(`settlement-runs/${String(run['runId'])}/approvals`, { body: { sha256: run['sha256'] }, as: BERT });
    expect(approval.body.code).toBe('approver_asked_for_it');
    await expect(world.admin.query(`insert into settlement.approval (run_id, user_id, sha256, at)
      values ('${plain(String(run['runId']))}', '${BERT.userId}', '${String(run['sha256'])}', now())`)).rejects.toThrow('asked for');
    await world.cancelRun(run);
  });

  it('is held by the database to what is due, and to one end', async () => {
    const place = await known();
    await world.redeem(place, 1_000);
    const { body: { earlyPaymentId } } = await ask(place, 500);
    const early = (amount: number, open: number) => world.service.query(`insert into settlement.early_payment
      values (gen_random_uuid(), 'general', '${plain(place.payeeId)}', '${world.bankAccountId}', ${amount}, 9999, ${open}, 'EUR', gen_random_uuid(), 'x', now())`);
    await expect(early(501, 500)).rejects.toThrow('is not of what is due');
    await expect(early(100, 0)).rejects.toThrow('is not of what is due');
    await expect(early(100, 500)).rejects.toThrow('was not set aside');
    const end = (kind: string, amount: number) => world.service.query(`insert into settlement.early_payment_end
      values (gen_random_uuid(), '${plain(earlyPaymentId)}', '${kind}', ${kind === 'netted' ? 'gen_random_uuid()' : 'null'}, ${amount}, 'EUR', gen_random_uuid(), now())`);
    await expect(end('lapsed', 501)).rejects.toThrow('would end twice');
    await expect(end('lapsed', 400)).rejects.toThrow('lapses whole');
    await expect(end('netted', 500)).rejects.toThrow('cannot be netted');
    await expect(end('lapsed', 500)).rejects.toThrow('have nothing back');
  });

  it('shows a place its own alone', async () => {
    const [place, other] = [await known(), await known()];
    await world.redeem(place, 10_000);
    await ask(place, 1_000);
    expect([(await listed(place)).length, await listed(other)]).toEqual([1, []]);
    expect((await world.get('early-payments', BERT)).body['items']).toContainEqual(expect.objectContaining({ payeeId: place.payeeId, askedBy: expect.any(String) }));
  });
});
