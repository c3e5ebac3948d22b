// What the operator earned leaves by a run and in no other way, and what it cost beyond that comes back before any run leaves.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ControlTotalsPublishedV1, PaymentBookedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { SELLER } from '../../../../test/builders/seller.js';
import { BERT, NOW, plain, SettlementWorld, shown, ZOE, type Answer } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let operator: string;
let number = 0;
beforeAll(async () => {
  world = await SettlementWorld.create({ seller: SELLER });
  operator = String((await world.done('operator'))['payeeId']);
  await world.bankAccount(operator, fakeIban(world.newAccount()));
});
afterEach(async () => {
  world.clock.set(NOW);
  expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'settlement'))).broken).toEqual([]);
});
afterAll(() => world.close());

type Money = Readonly<Record<'ownCents' | 'shortfallCents' | 'boundCents' | 'takeableCents' | 'takenOutCents' | 'earnedOfPayersCents', number>>;
const money = async (): Promise<Money> => ((await world.get('own-money')).body['items'] as Money[])[0]!;
/** Issuance announces what its ledger stands at: debit above zero. */
async function told(balances: Readonly<Record<string, number>> = {}): Promise<void> {
  number += 1;
  await world.take(ControlTotalsPublishedV1, {
    number, day: '2026-04-02', final: false, cutAt: NOW, stated: [], currency: 'EUR',
    lines: Object.entries(balances)
      .map(([account, amountCents]) => ({ custodyAccountId: world.bankAccountId, programmeId: null, account, amountCents })),
  }, { sender: 'issuance' });
}
/** A statement of which the operator keeps 2 % and VAT: 24 euros of 1,000. Answers what is its own and free after it. */
async function earned(): Promise<number> {
  await told();
  const place = await world.owedPlace(100_000);
  await world.closeStatements();
  world.bank.execute(await world.released());
  await world.bankDay();
  expect(place.payeeId).toMatch(/^pye_/);
  return (await money()).takeableCents;
}
const feesRun = (amountCents: number) => world.createRun({ purpose: 'fees', amountCents });
const asked = (body: object): Promise<Answer> =>
  world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.bankAccountId), purpose: 'fees', ...body } });
const release = (run: Answer['body']): Promise<Answer> => world.post(`settlement-runs/${String(run['runId'])}/release`);
const cancel = (run: Answer['body']) => world.cancelRun(run);
const approved = async (amountCents: number): Promise<Answer['body']> => {
  const run = await feesRun(amountCents);
  await world.approve(run);
  return run;
};
const paymentOf = async (run: Answer['body']) => ((await world.get(`payments?runId=${String(run['runId'])}`)).body['items'] as { paymentId: string; endToEndId: string; state: string }[])[0]!;
const ownBank = () => world.balance(`bank:${plain(operator)}`);

async function unknownCredit(amountCents: number): Promise<string> {
  world.bank.receive({ amountCents: cents(amountCents), from: { name: 'COOPERATIVE', iban: fakeIban(78) }, text: 'APPORT' });
  await world.bankDay();
  return ((await world.get('bank-lines?kind=unknown_credit&limit=1')).body['items'] as { bankLineId: string }[])[0]!.bankLineId;
}
const payIn = (bankLineId: string) => world.post(`bank-lines/${bankLineId}/identifications`, { body: { kind: 'paid_in' } });
/** The bank charges so much that this much is missing. */
async function missing(amountCents: number): Promise<void> {
  world.bank.charge(cents((await money()).ownCents + amountCents));
  await world.bankDay();
  expect((await money()).shortfallCents).toBe(amountCents);
}

describe('what is the operator’s own', () => {
  it('leaves by a run of its own purpose, to the account that two people stand behind', async () => {
    const takeable = await earned();
    const before = await ownBank();
    const run = await feesRun(takeable);
    expect(run).toMatchObject({ purpose: 'fees', paymentCount: 1, amountCents: takeable, payments: [{ payeeId: operator, statements: 0, refunds: 0, allocations: 0 }] });
    const file = await world.released(run);
    expect(file).toContain('MEREAU FRAIS');
    const { paymentId } = await paymentOf(run);
    expect([await world.balance(`transit:${plain(paymentId)}`), await world.balance('cash_in_transit')]).toEqual([takeable, -takeable]);
    expect(await money()).toMatchObject({ takeableCents: 0, boundCents: takeable });

    world.bank.execute(file);
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect([await world.balance('cash_in_transit'), await ownBank()]).toEqual([0, before - takeable]);
    expect((await world.emitted(PaymentBookedV1)).at(-1)!.body).toMatchObject({ purpose: 'fees', amountCents: takeable });
    expect(await money()).toMatchObject({ takeableCents: 0, boundCents: 0, ownCents: 0 });
    const { items } = (await world.get('reconciliation')).body as unknown as { items: { unexplainedCents: number; lines: number }[] };
    expect(items).toMatchObject([{ unexplainedCents: 0, lines: 0 }]);
  });

  it('is its own again when the bank sends it back, or rejects it', async () => {
    const takeable = await earned();
    const before = await ownBank();
    const sent = await feesRun(takeable);
    world.bank.execute(await world.released(sent));
    world.bank.returnPayment((await paymentOf(sent)).endToEndId, 'AC04');
    expect(await world.bankDay()).toMatchObject({ payment_debit: 1, payout_return: 1 });
    expect([await world.balance('cash_in_transit'), await ownBank(), (await money()).takeableCents]).toEqual([0, before, takeable]);
    expect((await asked({ amountCents: 1 })).body).toMatchObject({ code: 'nothing_to_pay', details: { leftOut: 1 } });

    await world.bankAccount(operator, fakeIban(world.newAccount()));
    const rejected = await feesRun(takeable);
    world.bank.execute(await world.released(rejected), { [(await paymentOf(rejected)).endToEndId]: 'AM04' });
    expect((await world.post('payment-reports', { body: world.bank.report(String(rejected['messageId'])), type: 'application/xml' })).status).toBe(200);
    expect([await world.balance('cash_in_transit'), await ownBank(), (await money()).takeableCents]).toEqual([0, before, takeable]);
    await world.bankAccount(operator, fakeIban(world.newAccount()));
  });

  it('is no cent more than it earned, with what issuance says of payers, less what these have not paid', async () => {
    const takeable = await earned();
    expect(await asked({ amountCents: takeable + 1 })).toMatchObject({
      status: 409, body: { code: 'own_money_short', details: { amountCents: takeable + 1, takeableCents: takeable } },
    });
    await told({ fee_income: -500, vat_collected: -100, receivable: 150 });
    expect(await money()).toMatchObject({ earnedOfPayersCents: 600, boundCents: 150, takeableCents: takeable + 450 });
    expect((await asked({ amountCents: takeable + 451 })).body.code).toBe('own_money_short');
    await cancel(await feesRun(takeable + 450));
    await told();
  });

  it('waits for issuance that has said nothing since the day before yesterday', async () => {
    await earned();
    world.clock.set(new Date(Date.parse(NOW) + 27 * 3_600_000).toISOString());
    expect((await asked({ amountCents: 1 })).body.code).toBe('own_money_untold');
  });

  it('is asked for by its amount, which no other run has', async () => {
    expect((await asked({})).body.code).toBe('request_malformed');
    expect((await asked({ purpose: 'place', amountCents: 5 })).body.code).toBe('request_malformed');
  });

  it.each(['as they were made', 'the other way round'])('is taken by one of two runs over the same money, released %s', async (order) => {
    const takeable = await earned();
    const runs = [await approved(takeable), await approved(takeable)];
    const [first, second] = order === 'as they were made' ? runs : runs.reverse();
    expect((await release(first!)).status).toBe(200);
    expect((await release(second!)).body).toMatchObject({ code: 'own_money_short', details: { takeableCents: 0 } });
    await cancel(second!);
    world.bank.execute((await world.get(`settlement-runs/${String(first!['runId'])}/file`)).text);
    await world.bankDay();
  });

  it('is taken by one of two runs that are released at the same moment', async () => {
    const takeable = await earned();
    const runs = [await approved(takeable), await approved(takeable)];
    const answers = await world.atOnce(runs.map((run) => () => release(run)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'own_money_short']);
  });

  it('is judged again when it leaves: what the bank has charged since is no longer there', async () => {
    const takeable = await earned();
    const run = await approved(takeable);
    world.bank.charge(cents(100));
    await world.bankDay();
    expect((await release(run)).body).toMatchObject({ code: 'own_money_short', details: { takeableCents: takeable - 100 } });
    await cancel(run);
  });

  it('does not leave around the service: the database looks itself', async () => {
    const takeable = await earned();
    const run = await approved(takeable);
    const let_go = `update settlement.settlement_run set state = 'released', released_by = 'x', released_at = now() where id = '${plain(run['runId'])}'`;
    await expect(world.service.query(let_go)).rejects.toThrow('takes out more than is the operator');
    const note = (own: number) => `insert into settlement.fees_release values ('${plain(run['runId'])}', ${takeable}, ${own}, 0, 'EUR', ${number}, now())`;
    await expect(world.service.query(note(takeable - 1))).rejects.toMatchObject({ constraint: 'takes_its_own_only' });
    await cancel(run);
  });
});

describe('what the operator’s costs are above what it earned', () => {
  it('is paid in before any run leaves, and by no cent more', async () => {
    await earned();
    const place = await world.owedPlace();
    await world.closeStatements();
    await missing(700);
    const run = await world.createRun();
    await world.approve(run);
    expect(await release(run)).toMatchObject({ status: 409, body: { code: 'own_money_negative', details: { shortfallCents: 700 } } });
    await expect(world.service.query(`update settlement.settlement_run set state = 'released', released_by = 'x', released_at = now() where id = '${plain(run['runId'])}'`))
      .rejects.toThrow('own money is -700');

    expect((await payIn(await unknownCredit(701))).body).toMatchObject({ code: 'paid_in_over_shortfall', details: { shortfallCents: 700, lineCents: 701 } });
    const [before, bankLineId] = [await ownBank(), await unknownCredit(700)];
    expect(await payIn(bankLineId)).toMatchObject({ status: 201, body: { kind: 'paid_in', amountCents: 700 } });
    expect(await ownBank()).toBe(before + 700);
    expect(await world.rows(`select rule, debit, amount::int from settlement.transfer where rule = '33' order by created_at desc limit 1`))
      .toEqual([{ rule: '33', debit: 'bank_unknown', amount: 700 }]);
    expect(await money()).toMatchObject({ ownCents: 0, shortfallCents: 0 });
    expect((await release(run)).status).toBe(200);
    expect(await world.balance(`payable:${plain(place.payeeId)}`)).toBe(0);
  });

  it('is filled once by two credits of which each would do', async () => {
    await missing(300);
    const lines = [await unknownCredit(300), await unknownCredit(300)];
    const answers = await world.atOnce(lines.map((line) => () => payIn(line)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'paid_in_over_shortfall']);
  });

  it('holds no run back where it is nothing', async () => {
    await missing(0);
    await world.owedPlace();
    await world.closeStatements();
    const run = await world.createRun();
    await world.approve(run, BERT);
    expect((await release(run)).status).toBe(200);
  });
});

describe('where nobody has said who the operator is', () => {
  let unnamed: SettlementWorld;
  beforeAll(async () => { unnamed = await SettlementWorld.create(); });
  afterAll(() => unnamed.close());

  it('nothing is taken out or paid in', async () => {
    expect((await unnamed.post('operator')).body.code).toBe('operator_not_named');
    const body = { bankAccountId: shown('bankAccount', unnamed.bankAccountId), purpose: 'fees', amountCents: 1 };
    expect((await unnamed.post('settlement-runs', { body })).body.code).toBe('operator_unknown');
    unnamed.bank.receive({ amountCents: cents(5), from: { name: 'X', iban: fakeIban(79) }, text: 'APPORT' });
    await unnamed.bankDay();
    const [line] = (await unnamed.get('bank-lines?kind=unknown_credit')).body['items'] as { bankLineId: string }[];
    expect((await unnamed.post(`bank-lines/${line!.bankLineId}/identifications`, { body: { kind: 'paid_in' } })).body.code).toBe('operator_unknown');
  });
});

describe('the operator as a payee', () => {
  it('is the body that the settings name, once, whoever asks', async () => {
    expect((await world.done('operator', {}, ZOE))).toEqual({ payeeId: operator, known: true });
    const listed = (await world.get(`payees?search=${SELLER.siren}`)).body['items'];
    expect(listed).toMatchObject([{ payeeId: operator, legalName: SELLER.name, siren: SELLER.siren }]);
  });
});
