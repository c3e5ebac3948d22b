// The bank and Stripe against the ledger: nothing is left where all is well, and whatever somebody plants is a line of its own, with which
// the sum of the lines is the difference again. Balances are counted by other statements than the lines are.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cursorOf } from '#libs/http';
import { orderReference, PaymentSucceededV1 } from '#libs/contracts';
import { cents, idOf, localDate } from '#libs/kernel';
import { createStripe, FakeStripe, StripeCardPayments } from '#libs/stripe';
import { FakeBank, fakeIban } from '#libs/testing';
import { ANNA, AUDITOR, BERT, BIC, plain, SettlementWorld, shown, tillOf } from '../../../../test/builders/settlement-world.js';

let fake: FakeStripe;
let world: SettlementWorld;
let payments: StripeCardPayments;

beforeEach(async () => {
  fake = await FakeStripe.start({ now: () => new Date('2026-04-02T08:00:00Z') });
  world = await SettlementWorld.create({ cardProcessor: { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: ['whsec_spec'] } });
  payments = new StripeCardPayments(createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl, maxNetworkRetries: 0 }));
});
afterEach(async () => {
  await world.close();
  await fake.stop();
});

type Summary = Readonly<{ account: string; lines: number }
  & Record<'statedCents' | 'ledgerCents' | 'differenceCents' | 'explainedCents' | 'unexplainedCents', number>>;
type Line = Readonly<{ account: string; source: string; id: string; day: string; amountCents: number; why: string; detail: string }>;
const summaries = async () => (await world.get('reconciliation', AUDITOR)).body['items'] as Summary[];
async function linesOf(account: string, limit = 200): Promise<Line[]> {
  const found: Line[] = [];
  for (let cursor: unknown = ''; cursor !== null;) {
    const { body } = await world.get(`reconciliation/lines?account=${account}&limit=${limit}${cursor ? `&cursor=${String(cursor)}` : ''}`, AUDITOR);
    found.push(...body['items'] as Line[]);
    cursor = body['nextCursor'];
  }
  return found;
}
/** The account's lines, once they come to its difference and to no cent more. */
async function reconciled(account: string): Promise<Summary & { open: Line[] }> {
  const summary = (await summaries()).find((one) => one.account === account)!;
  const open = await linesOf(account);
  const sum = open.reduce((total, { amountCents }) => total + amountCents, 0);
  expect([account, sum, open.length, summary.explainedCents + summary.unexplainedCents])
    .toEqual([account, summary.statedCents - summary.ledgerCents, summary.lines, summary.differenceCents]);
  return { ...summary, open };
}
const plant = async (sql: string) => {
  await world.admin.query(`set session_replication_role = replica; ${sql}; set session_replication_role = origin`);
};

/** Money of payers, of nobody known, and of the bank; two places paid, and one payment back. */
async function aBusyWeek(): Promise<void> {
  const [first] = [await world.owedPlace(1_000), await world.owedPlace(2_000)];
  world.bank.receive({ amountCents: cents(50_000), from: { name: 'COMMUNE', iban: fakeIban(50) }, reference: orderReference(idOf('order', world.newId())) });
  world.bank.noise();
  await world.bankDay();
  await world.closeStatements();
  world.bank.execute(await world.released());
  world.bank.charge(cents(120));
  await world.bankDay();
  const [payment] = (await world.get(`payments?payeeId=${first!.payeeId}`)).body['items'] as { endToEndId: string }[];
  world.bank.returnPayment(payment!.endToEndId);
  await world.bankDay();
}

describe('the bank against the ledger', () => {
  it('leaves nothing over when each line has its posting, and each posting its line', async () => {
    await aBusyWeek();
    expect(await reconciled('bank')).toMatchObject({ differenceCents: 0, unexplainedCents: 0, lines: 0, open: [] });
    expect((await summaries())[0]).toMatchObject({ statedAsOf: expect.stringMatching(/^2026-04-/), bankAccountId: shown('bankAccount', world.bankAccountId) });
  });

  it('lists a debit that nobody ordered, with its day and why, until somebody explains it', async () => {
    await aBusyWeek();
    world.bank.debit(cents(777), { name: 'INCONNU', iban: fakeIban(60) }, 'PRLV');
    await world.bankDay();
    const { unexplainedCents, open } = await reconciled('bank');
    const [{ id, day }] = await world.rows<{ id: string; day: string }>(
      `select id, booked_on::text as day from settlement.bank_line where kind = 'unknown_debit'`) as [{ id: string; day: string }];
    expect([unexplainedCents, open]).toMatchObject([-777, [{ source: 'bank_line', id, day, amountCents: -777, why: 'not_posted' }]]);
  });

  it('knows the money of before the first statement, and calls it explained', async () => {
    world.bank = new FakeBank({ iban: fakeIban(1), ownerName: 'X', bic: BIC, openingCents: cents(9_900), day: localDate('2026-04-02') });
    await world.bankDay();
    expect(await reconciled('bank')).toMatchObject({
      explainedCents: 9_900, unexplainedCents: 0, open: [{ source: 'opening_balance', amountCents: 9_900, why: 'before_the_first_statement', day: '2026-04-02' }],
    });
  });

  it.each<[string, string, [string, string][]]>([
    ['a posting of a receipt that was deleted', `delete from settlement.transfer where rule = '2'`, [['bank_line', 'not_posted']]],
    ['a posting of one payment of a batch that was deleted',
      `delete from settlement.transfer where event_id = (select event_id from settlement.transfer where rule = '15' order by amount limit 1)`, [['bank_line', 'posted_otherwise']]],
    ['a posting that was changed', `update settlement.transfer set amount = amount + 1 where rule = '18'`, [['bank_line', 'posted_otherwise']]],
    ['a transfer on the bank that no line of it tells',
      `insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
       select gen_random_uuid(), 0, '2', 'bank:' || id, 'clearing:issuance', 4242, 'EUR', id, '2026-04-03T22:30:00Z' from settlement.bank_account`, [['transfer', 'on_no_bank_line']]],
    ['a bank line that was deleted', `delete from settlement.bank_line where kind = 'bank_charge'`, [['bank_statement', 'lines_do_not_add_up'], ['transfer', 'on_no_bank_line']]],
    ['a bank line that was changed', `update settlement.bank_line set amount = 121 where kind = 'bank_charge'`,
      [['bank_line', 'posted_otherwise'], ['bank_statement', 'lines_do_not_add_up']]],
    ['a payment whose booking was forgotten', `delete from settlement.payment_movement where movement = 'returned'`,
      [['bank_line', 'not_posted'], ['transfer', 'on_no_bank_line']]],
  ])('names %s, and the sum of the lines is the difference', async (_name, sql, expected) => {
    await aBusyWeek();
    await plant(sql);
    const { open } = await reconciled('bank');
    expect(open.map(({ source, why }) => [source, why]).sort()).toEqual([...expected].sort());
    expect(open.every(({ amountCents }) => amountCents !== 0)).toBe(true);
  });

  it('is read page by page, and each account apart', async () => {
    await aBusyWeek();
    await plant(`delete from settlement.transfer where debit like 'bank:%' or credit like 'bank:%'`);
    const whole = await linesOf('bank');
    expect(whole.length).toBeGreaterThan(4);
    expect(await linesOf('bank', 2)).toEqual(whole);
    const { iban, name } = { iban: fakeIban(2), name: 'AUTRE COMPTE' };
    const { bankAccountId } = await world.done('bank-accounts', { name, iban, bic: BIC });
    expect((await world.get(`reconciliation/lines?bankAccountId=${String(bankAccountId)}`)).body['items']).toEqual([]);
    expect((await summaries()).filter(({ account }) => account === 'bank').map(({ lines }) => lines).sort()).toEqual([0, whole.length]);
    expect((await world.get('reconciliation/lines?cursor=x')).status).toBe(400);
    expect((await world.get(`reconciliation/lines?cursor=${cursorOf(['0000-01-01', 'bank', 'x'])}`)).status).toBe(400);
  });

  it('is for who keeps the books and who checks them', async () => {
    const place = await world.accredit();
    for (const path of ['reconciliation', 'reconciliation/lines']) {
      expect((await world.get(path, tillOf(place))).status).toBe(403);
      for (const as of [ANNA, BERT, AUDITOR]) expect((await world.get(path, as)).status).toBe(200);
    }
  });
});

let paid = 0;
/** A payer pays at Stripe; answers the message that issuance sends of it. */
async function pay(amountCents = 4_000) {
  paid += 1;
  const opened = await payments.openCheckout({
    orderId: 'o', amountCents: cents(amountCents), currency: 'EUR', successUrl: 'https://example.org', cancelUrl: 'https://example.org', idempotencyKey: `reconcile:${paid}`,
  });
  if (opened.kind !== 'opened') throw new Error(opened.code);
  fake.account.pay(opened.sessionId);
  const found = await payments.findPayment(opened.sessionId);
  if (found.kind !== 'payment') throw new Error(found.code);
  return {
    cardPaymentId: world.newId(), stripeObjectId: found.paymentId!, orderId: world.newId(), payerId: world.newId(),
    custodyAccountId: world.bankAccountId, amountCents, coverCents: amountCents, currency: 'EUR' as const,
  };
}

describe('Stripe against the ledger', () => {
  beforeEach(() => world.done('stripe-accounts', { bankAccountId: shown('bankAccount', world.bankAccountId) }));
  const read = () => world.done('stripe-balance/readings');

  it('leaves nothing over of payments, fees and payouts, but what Stripe has yet to list', async () => {
    await world.take(PaymentSucceededV1, await pay());
    const early = await reconciled('psp');
    expect(early).toMatchObject({ explainedCents: -4_000, unexplainedCents: 0, open: [{ source: 'transfer', why: 'not_listed_yet', amountCents: -4_000 }] });
    await read();
    fake.account.payOut({ arrivesOn: '2026-04-03' });
    await read();
    expect(await reconciled('psp')).toMatchObject({ differenceCents: 0, lines: 0 });
    world.bank.receivePspPayout({ amountCents: cents(3_915) });
    await world.bankDay();
    expect(await reconciled('psp')).toMatchObject({ differenceCents: 0, lines: 0 });
    expect(await reconciled('bank')).toMatchObject({ differenceCents: 0, lines: 0 });
  });

  it('lists a payment that issuance never told, a refund that nobody ordered, and a transfer that Stripe never listed', async () => {
    const known = await pay();
    await world.take(PaymentSucceededV1, known);
    await pay(1_000);
    await payments.refund({ paymentId: known.stripeObjectId, amountCents: cents(500), refundId: 'r', idempotencyKey: 'r' });
    await read();
    await plant(`insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
      select gen_random_uuid(), 0, '5', 'psp_fees', 'psp', 33, 'EUR', '${plain(world.bankAccountId)}', '2026-04-02T08:00:00Z'`);
    const { unexplainedCents, open } = await reconciled('psp');
    expect(open.map(({ source, why, amountCents, detail }) => [source, why, amountCents, detail]).sort()).toEqual([
      // Its fee is posted, its gross is not.
      ['stripe_movement', 'not_posted', -500, 'refund'], ['stripe_movement', 'posted_otherwise', 1_000, 'charge'], ['transfer', 'on_no_movement', 33, 'row 5'],
    ]);
    expect(unexplainedCents).toBe(533);
    await plant(`delete from settlement.transfer where rule = '4'`);
    expect((await reconciled('psp')).unexplainedCents).toBe(4_533);
  });
});
