// A run whose payments Stripe makes: approved as bytes, asked for with its release, sent once whatever dies in between, taken back whole or
// not at all. The real SDK against the fake, on a real database.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PayeeBlockedV1, PaymentFileReleasedV1, PaymentTransferredV1, PaymentTransferRefusedV1, PaymentTransferReversedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { idOf } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { BERT, plain, SettlementWorld, shown, ZOE } from '../../../../test/builders/settlement-world.js';
import { StripeWorld, type Run } from '../../../../test/builders/stripe-world.js';
import { measuredDelays } from '../attestations/attestation.store.js';
import { claimTransfer } from './stripe-transfer.store.js';

const HOUR = 3_600_000;
const CLAIM = 121_000;
let stripe: StripeWorld;
let world: SettlementWorld;
beforeEach(async () => {
  stripe = await StripeWorld.create();
  ({ world } = stripe);
});
afterEach(() => stripe.close());

const inList = CATALOGUE.filter(({ tier, id }) => (tier === 'local' && id.startsWith('S')) || ['L6', 'L7p', 'L8', 'L4:settlement', 'L4g:settlement', 'L10:settlement'].includes(id));
const broken = async () => (await inspect(world.database.inspectorUrl, inList)).broken;
const step = ({ runId }: Run, name: string) => world.post(`settlement-runs/${String(runId)}/${name}`);
const asRun = (over: object = {}) => world.post('settlement-runs', { body: { rail: 'stripe', bankAccountId: shown('bankAccount', world.bankAccountId), ...over } });

/** A released run of one place of 9.66 €, and what it pays. */
async function released(netCents = 5_000) {
  await stripe.connectWith(netCents);
  const place = await stripe.owedPlace();
  await world.closeStatements();
  return { ...place, run: await stripe.released() };
}

describe('a run by Stripe', () => {
  it('is a list of transfers that another person approves, whose money is on its way from the release on', async () => {
    await stripe.connectWith(5_000);
    const { payeeId, stripeAccountId } = await stripe.owedPlace();
    await world.closeStatements();
    const run = await stripe.create();
    expect(run).toMatchObject({ rail: 'stripe', paymentCount: 1, amountCents: 966, payments: [{ iban: null, stripeAccountId }], leftOut: [] });
    const path = `settlement-runs/${String(run['runId'])}`;
    expect((await world.get(`${path}/preview`)).body).toMatchObject({ payments: [{ stripeAccountId, iban: null, newAccount: true, newPayee: true }] });
    await stripe.released(run);
    const file = await world.get(`${path}/file`);
    expect(file.headers).toMatchObject({ 'content-type': expect.stringContaining('x-ndjson') });
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(run['sha256']);
    expect(JSON.parse(file.text)).toMatchObject({ destination: stripeAccountId, amount: 966, transfer_group: run['messageId'] });
    expect(await stripe.balances(payeeId)).toEqual({ psp: 5_000, payable: 0, transit: 966 });
    expect((await world.emitted(PaymentFileReleasedV1))[0]!.body).toMatchObject({ rail: 'stripe', sha256: run['sha256'] });
    expect(stripe.transfers).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it('is sent by Stripe exactly as approved, posted, told, and listed without a remainder', async () => {
    const { run, payeeId, stripeAccountId } = await released();
    expect(await stripe.send()).toBe(0);
    const [transfer] = stripe.transfers;
    expect(stripe.transfers).toHaveLength(1);
    const payment = await stripe.paymentOf(run);
    const paymentId = plain(payment['paymentId']);
    const line = JSON.parse((await world.get(`settlement-runs/${String(run['runId'])}/file`)).text) as Record<string, unknown>;
    expect(transfer).toMatchObject(line);
    expect(line).toMatchObject({ destination: stripeAccountId, metadata: { payment_id: paymentId } });
    expect(payment).toMatchObject({ rail: 'stripe', state: 'booked', bookedOn: '2026-04-02', stripeTransferId: transfer!.id, bankVersion: 1 });
    expect(await stripe.balances(payeeId)).toEqual({ psp: 4_034, payable: 0, transit: 0 });
    expect((await world.get('stripe-balance')).body).toMatchObject({ statedCents: 5_000, ledgerCents: 4_034, transferredCents: 966 });
    expect(await broken()).toEqual([]);
    expect((await world.emitted(PaymentTransferredV1)).map(({ body }) => body)).toEqual([{
      paymentId, purpose: 'place', statementIds: [expect.any(String)], stripeTransferId: transfer!.id, stripeMovementId: transfer!.balance_transaction,
      transferredOn: '2026-04-02', amountCents: 966, currency: 'EUR', custodyAccountId: expect.any(String),
    }]);
    await stripe.read();
    expect((await world.get('stripe-balance')).body).toMatchObject({ statedCents: 4_034, ledgerCents: 4_034, transferredCents: 0, unexplained: [] });
    expect(await broken()).toEqual([]);
  });

  it('leaves out by name whom it cannot pay, and takes nothing of another rail', async () => {
    await stripe.connectWith(5_000);
    await stripe.owedPlace();
    await world.owedPlace(2_000);
    await world.closeStatements();
    const run = await stripe.create();
    expect(run).toMatchObject({ paymentCount: 1, leftOut: [{ amountCents: 1_932, reason: 'destination_missing' }] });
    const bank = await world.createRun();
    expect(bank).toMatchObject({ rail: 'sepa', paymentCount: 1, amountCents: 1_932 });
    expect((await asRun()).body.code).toBe('nothing_to_pay');
    await world.cancelRun(run);
    expect((await world.createRun())['amountCents']).toBe(966);
  });

  it('and one for the bank, made at the same moment, never pay the same statement', async () => {
    await stripe.connectWith(5_000);
    const { payeeId } = await stripe.owedPlace();
    await world.closeStatements();
    const make = (rail: string) => () => world.post('settlement-runs', { body: { rail, bankAccountId: shown('bankAccount', world.bankAccountId) } });
    const answers = await world.atOnce(['stripe', 'sepa', 'stripe', 'sepa'].map(make));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(await world.count('payment', `payee_id = '${plain(payeeId)}' and live`)).toBe(1);
    await expect(world.service.query(`insert into settlement.payment_statement (payment_id, statement_id, live)
      select gen_random_uuid(), statement_id, true from settlement.payment_statement`)).rejects.toMatchObject({ constraint: 'one_live_payment_per_statement' });
  });

  it('needs Stripe, the account that Stripe pays out to, and places', async () => {
    await world.owedPlace();
    await world.closeStatements();
    expect((await asRun()).body.code).toBe('stripe_account_missing');
    await stripe.connectWith(100);
    const other = await world.done('bank-accounts', { name: 'MEREAU AUTRE', iban: fakeIban(2), bic: 'PSSTFRPPPAR' });
    expect((await asRun({ bankAccountId: other['bankAccountId'] })).body.code).toBe('bank_account_not_at_stripe');
    expect((await asRun({ bankAccountId: shown('bankAccount', world.newId()) })).body.code).toBe('bank_account_unknown');
    expect((await asRun({ purpose: 'refund' })).body.code).toBe('request_malformed');
    expect((await asRun({ executionOn: '2026-04-03' })).body.code).toBe('request_malformed');
    expect((await asRun()).body.code).toBe('nothing_to_pay');
  });

  it('is not released beyond what the balance can spend: what is on its way there, or promised already, is not there', async () => {
    stripe.fake.account.availableAfterSeconds = 2 * 86_400;
    await stripe.connectWith(1_200);
    await stripe.owedPlace();
    await world.closeStatements();
    const run = await stripe.create();
    await world.approve(run);
    expect(await step(run, 'release')).toMatchObject({ status: 409, body: { code: 'stripe_balance_short', details: { amountCents: 966, spendableCents: 0 } } });
    stripe.pass(48 * HOUR);
    expect((await step(run, 'release')).status).toBe(200);
    await stripe.owedPlace();
    await world.closeStatements();
    const second = await stripe.create();
    await world.approve(second);
    expect((await step(second, 'release')).body.details).toEqual({ amountCents: 966, spendableCents: 234 });
    await stripe.send();
    expect((await step(second, 'release')).body.details).toEqual({ amountCents: 966, spendableCents: 234 });
    await stripe.read();
    expect((await step(second, 'release')).body.details).toEqual({ amountCents: 966, spendableCents: 234 });
    expect(stripe.transfers).toHaveLength(1);
  });
});

describe('the four eyes of a run by Stripe', () => {
  it('keep out its creator, who entered the Stripe account, and who approved one that no run has paid to', async () => {
    await stripe.connectWith(5_000);
    const place = await world.owedPlace();
    const [maker, checker] = [{ ...ZOE, userId: world.newId() }, { ...ZOE, userId: world.newId() }];
    await stripe.destination(place.payeeId, { maker, checker });
    await world.closeStatements();
    const run = await world.createRun({ rail: 'stripe' }, ZOE);
    const approve = (as = BERT, sha256 = run['sha256']) => world.post(`settlement-runs/${String(run['runId'])}/approvals`, { as, body: { sha256 } });
    expect((await approve(ZOE)).body.code).toBe('approver_is_creator');
    for (const as of [maker, checker]) {
      expect((await approve(as)).body.code).toBe('approver_changed_iban');
      await expect(world.service.query('insert into settlement.approval (run_id, user_id, sha256, at) values ($1, $2, $3, now())',
        [plain(run['runId']), as.userId, run['sha256']])).rejects.toThrow('who changed a bank account');
    }
    expect((await approve(BERT, 'b'.repeat(64))).body.code).toBe('file_hash_differs');
    expect((await step(run, 'release')).body.code).toBe('run_not_approved');
    expect((await approve()).status).toBe(201);
    expect((await step(run, 'release')).status).toBe(200);
    await world.redeem(place);
    await world.closeStatements();
    const second = await stripe.create();
    expect((await world.post(`settlement-runs/${String(second['runId'])}/approvals`, { as: checker, body: { sha256: second['sha256'] } })).status).toBe(201);
  });

  it('see a Stripe account that changed after they looked', async () => {
    await stripe.connectWith(5_000);
    const { payeeId } = await stripe.owedPlace();
    await world.closeStatements();
    const run = await stripe.create();
    await world.approve(run);
    await stripe.destination(payeeId);
    expect((await step(run, 'release')).body.code).toBe('payee_bank_account_changed');
    await expect(world.service.query(`update settlement.payee_destination set stripe_account_id = 'acct_x'`)).rejects.toMatchObject({ code: '42501' });
    await expect(world.service.query(`update settlement.stripe_transfer set destination = 'acct_x'`)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a transfer is made once', () => {
  const settled = async ({ run, payeeId }: { run: Run; payeeId: string }) => {
    expect(stripe.transfers).toHaveLength(1);
    expect(await stripe.paymentOf(run)).toMatchObject({ state: 'booked', stripeTransferId: stripe.transfers[0]!.id });
    expect(await stripe.balances(payeeId)).toEqual({ psp: 4_034, payable: 0, transit: 0 });
    expect(await world.emitted(PaymentTransferredV1)).toHaveLength(1);
    await stripe.read();
    expect(await broken()).toEqual([]);
  };

  it.each([
    ['the answer is lost', 'reset_after', 3, 1], ['Stripe answers 500, and gives that answer for a day', 'server_error', 1, 0],
    ['the call never arrives', 'reset_before', 3, 0], ['Stripe is not there', 'unavailable', 3, 0],
  ] as const)('though %s: it is asked after, and called again only when Stripe has none', async (_, fault, times, made) => {
    const sent = await released();
    // As often as the SDK tries by itself, so that the sender hears of it.
    stripe.fake.failNextWrites(...Array.from({ length: times }, () => fault));
    expect(await stripe.send()).toBe(1);
    expect(stripe.transfers).toHaveLength(made);
    expect(await stripe.paymentOf(sent.run)).toMatchObject({ state: 'released', stripeTransferId: null });
    // Nobody else asks while the claim stands.
    expect(await stripe.send()).toBe(0);
    expect(stripe.transfers).toHaveLength(made);
    await stripe.read();
    expect(await broken()).toEqual([]);
    // Longer than Stripe keeps a key: what is called blindly now would be made a second time.
    stripe.pass(25 * HOUR);
    expect(await stripe.send()).toBe(0);
    await settled(sent);
  });

  it.each([['before the call', 'claim'], ['after the call', 'settle']] as const)('though the process is killed %s', async (_, where) => {
    const sent = await released();
    const transaction = world.work.transaction.bind(world.work);
    let count = 0;
    world.work.transaction = async (origin, work) => {
      count += 1;
      if (where === 'settle' && count === 2) throw new Error('killed');
      const outcome = await transaction(origin, work);
      if (where === 'claim' && count === 1) throw new Error('killed');
      return outcome;
    };
    expect(await stripe.send()).toBe(1);
    world.work.transaction = transaction;
    expect(stripe.transfers).toHaveLength(where === 'settle' ? 1 : 0);
    stripe.pass(25 * HOUR);
    expect(await stripe.send()).toBe(0);
    await settled(sent);
  });

  it('though many look at the same moment', async () => {
    const sent = await released();
    await world.atOnce(Array.from({ length: 6 }, () => () => stripe.send()));
    expect(stripe.fake.seen.filter(({ method, path }) => method === 'POST' && path === '/v1/transfers')).toHaveLength(1);
    await settled(sent);
  });

  it('by one sender at a time: a claim is nobody else\'s before it is over', async () => {
    const { run } = await released();
    const paymentId = idOf('payment', plain((await stripe.paymentOf(run))['paymentId']));
    const origin = { actor: { kind: 'system', id: 'test' }, correlationId: 'test', causationId: null } as const;
    const claims = async (count: number) => (await world.atOnce(Array.from({ length: count }, () => () =>
      world.work.transaction(origin, (tx) => claimTransfer(tx, paymentId, CLAIM))))).filter((one) => one !== undefined).length;
    expect(await claims(4)).toBe(1);
    stripe.pass(CLAIM - 1);
    expect(await claims(1)).toBe(0);
    stripe.pass(1);
    expect(await claims(4)).toBe(1);
  });

  it('though the database was restored from before its call, and the key of that is forgotten', async () => {
    const sent = await released();
    await world.admin.query('create table settlement.kept as table settlement.stripe_transfer');
    stripe.fake.failNextWrites('reset_after', 'reset_after', 'reset_after');
    expect(await stripe.send()).toBe(1);
    const client = world.admin;
    await client.query(`begin; set local session_replication_role = replica; delete from settlement.stripe_transfer;
      insert into settlement.stripe_transfer (payment_id, destination, amount, currency, released_at)
        select payment_id, destination, amount, currency, released_at from settlement.kept; drop table settlement.kept; commit`);
    stripe.pass(25 * HOUR);
    expect(await stripe.send()).toBe(0);
    await settled(sent);
  });

  it('though its sender was frozen from its claim until another had sent it', async () => {
    const sent = await released();
    const real = performance.now.bind(performance);
    let [frozen, passed] = [true, 0];
    const transaction = world.work.transaction.bind(world.work);
    world.work.transaction = async (origin, work) => {
      const outcome = await transaction(origin, work);
      if (!frozen) return outcome;
      frozen = false;
      stripe.pass(CLAIM);
      expect(await stripe.send()).toBe(0);
      stripe.pass(25 * HOUR);
      passed = CLAIM;
      return outcome;
    };
    performance.now = () => real() + passed;
    try {
      expect(await stripe.send()).toBe(0);
    } finally {
      performance.now = real;
      world.work.transaction = transaction;
    }
    await settled(sent);
  });

  it('and is asked for by its release, of exactly what was approved, or the database refuses the release', async () => {
    await stripe.connectWith(5_000);
    await stripe.owedPlace();
    await world.closeStatements();
    const run = await stripe.create();
    await world.approve(run);
    const runId = plain(run['runId']);
    const release = `update settlement.settlement_run set state = 'released', released_by = 'x', released_at = now() where id = '${runId}';
      update settlement.payment set state = 'released' where run_id = '${runId}'`;
    const asks = (columns: string) => `insert into settlement.stripe_transfer (payment_id, destination, amount, currency, released_at)
      select ${columns}, 'EUR', now() from settlement.payment p join settlement.payee_destination d on d.id = p.payee_destination_id`;
    const refused = async (sql: string) => {
      const error = await world.service.query(`begin; ${sql}; commit`).then(() => 'done', ({ message }: Error) => message);
      await world.service.query('rollback');
      return error;
    };
    expect(await refused(release)).toMatch('without asking for each of its transfers');
    expect(await refused(asks('p.id, d.stripe_account_id, p.amount'))).toMatch('is not what was released');
    expect(await refused(`${release}; ${asks('p.id, d.stripe_account_id, p.amount + 1')}`)).toMatch('is not what was released');
    expect(await refused(`${release}; ${asks(`p.id, 'acct_other', p.amount`)}`)).toMatch('is not what was released');
    expect(await refused(`${release}; ${asks('p.id, d.stripe_account_id, p.amount')}; ${asks('p.id, d.stripe_account_id, p.amount')}`)).toMatch('stripe_transfer_pkey');
    expect(await refused(`${release}; ${asks('p.id, d.stripe_account_id, p.amount')};
      update settlement.stripe_transfer set state = 'sent', stripe_transfer_id = 'tr_1', sent_event_id = gen_random_uuid(), sent_at = now()`)).toMatch('check constraint');
    expect(await refused(`${release}; ${asks('p.id, d.stripe_account_id, p.amount')}`)).toBe('done');
  });

  it('and what the database keeps of it neither goes back nor is deleted', async () => {
    await released();
    await stripe.send();
    for (const change of [
      `update settlement.stripe_transfer set state = 'asked'`, `update settlement.stripe_transfer set first_called_at = now()`,
      `update settlement.stripe_transfer set stripe_transfer_id = 'tr_other'`, `update settlement.payment set state = 'rejected'`,
      `update settlement.payment set state = 'returned'`,
    ]) await expect(world.service.query(change)).rejects.toMatchObject({ code: '23514' });
    await expect(world.service.query('delete from settlement.stripe_transfer')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a transfer that Stripe refuses for good', () => {
  it('without cover: is owed again, and the same account is paid by a later run', async () => {
    const { run, payeeId } = await released();
    stripe.fake.account.payOut();
    expect(await stripe.send()).toBe(0);
    expect(await stripe.paymentOf(run)).toMatchObject({ state: 'rejected', reasonCode: 'balance_insufficient' });
    expect(await stripe.balances(payeeId)).toEqual({ psp: 5_000, payable: 966, transit: 0 });
    expect((await world.emitted(PaymentTransferRefusedV1)).map(({ body }) => body.reasonCode)).toEqual(['balance_insufficient']);
    expect(await broken()).toEqual([]);
    await stripe.charge(2_000);
    await stripe.read();
    const again = await stripe.released();
    await stripe.send();
    expect(await stripe.paymentOf(again)).toMatchObject({ state: 'booked' });
    expect(stripe.transfers).toHaveLength(1);
    await stripe.read();
    expect(await broken()).toEqual([]);
  });

  it('because of the account: that is blocked, and the places behind it are told of', async () => {
    const { run, payeeId, stripeAccountId } = await released();
    stripe.fake.account.connect.disable(stripeAccountId);
    await stripe.send();
    expect(await stripe.paymentOf(run)).toMatchObject({ state: 'rejected', reasonCode: 'destination_not_able' });
    expect((await world.emitted(PayeeBlockedV1)).map(({ body }) => body)).toMatchObject([{ rail: 'stripe', reason: 'destination_not_able', bankVersion: 1 }]);
    expect(((await world.get(`payees/${payeeId}/destinations`)).body['items'] as object[])[0]).toMatchObject({ state: 'blocked', blockedReason: 'destination_not_able' });
    expect((await asRun()).body).toMatchObject({ code: 'nothing_to_pay', details: { leftOut: 1 } });
    // The bank can still pay it, when somebody decides so.
    expect(await world.createRun()).toMatchObject({ paymentCount: 1, amountCents: 966 });
    expect(await broken()).toEqual([]);
  });
});

describe('a transfer that comes back', () => {
  it('whole: is owed again, its account is blocked, and nobody is paid by itself', async () => {
    const { run, payeeId } = await released();
    await stripe.send();
    const [transfer] = stripe.transfers;
    const reversal = stripe.fake.account.connect.reverse(transfer!.id);
    await stripe.read();
    expect(await stripe.paymentOf(run)).toMatchObject({ state: 'returned', reasonCode: 'transfer_reversed', returnedOn: '2026-04-02' });
    expect(await stripe.balances(payeeId)).toEqual({ psp: 5_000, payable: 966, transit: 0 });
    expect((await world.emitted(PaymentTransferReversedV1)).map(({ body }) => body)).toMatchObject([
      { stripeTransferId: transfer!.id, stripeMovementId: reversal.balance_transaction, amountCents: 966, reversedOn: '2026-04-02' },
    ]);
    expect((await world.emitted(PayeeBlockedV1)).map(({ body }) => body.reason)).toEqual(['transfer_reversed']);
    expect((await world.get('stripe-balance')).body).toMatchObject({ statedCents: 5_000, ledgerCents: 5_000, unexplained: [] });
    await stripe.read();
    await stripe.send();
    expect(stripe.transfers).toHaveLength(1);
    expect((await asRun()).body.code).toBe('nothing_to_pay');
    expect(await broken()).toEqual([]);
  });

  it('before we knew that it had left: is sent, then reversed, by the next look and the next reading', async () => {
    const { run } = await released();
    stripe.fake.failNextWrites('reset_after', 'reset_after', 'reset_after');
    await stripe.send();
    stripe.fake.account.connect.reverse(stripe.transfers[0]!.id);
    await stripe.read();
    expect(await stripe.paymentOf(run)).toMatchObject({ state: 'released' });
    stripe.pass(CLAIM);
    await stripe.send();
    await stripe.read();
    expect(await stripe.paymentOf(run)).toMatchObject({ state: 'returned' });
    expect(await broken()).toEqual([]);
  });

  it('in part: is posted by nobody, and shown as unexplained until somebody has looked', async () => {
    const { run, payeeId } = await released();
    await stripe.send();
    stripe.fake.account.connect.reverse(stripe.transfers[0]!.id, 66);
    await stripe.read();
    expect(await stripe.paymentOf(run)).toMatchObject({ state: 'booked' });
    expect(await stripe.balances(payeeId)).toEqual({ psp: 4_034, payable: 0, transit: 0 });
    expect((await world.get('stripe-balance')).body['unexplained']).toMatchObject([{ stripeType: 'transfer_refund', netCents: 66 }]);
    expect(await broken()).toEqual([]);
  });

  it('of one that we never asked for: is unexplained, as the transfer is', async () => {
    await stripe.connectWith(5_000);
    const { stripeAccountId } = await stripe.owedPlace();
    const transfer = stripe.fake.account.connect.send(new Map([['destination', stripeAccountId], ['amount', '500'], ['currency', 'eur']]));
    stripe.fake.account.connect.reverse(transfer.id);
    await stripe.read();
    expect(((await world.get('stripe-balance')).body['unexplained'] as { netCents: number }[]).map(({ netCents }) => netCents).sort()).toEqual([-500, 500]);
    expect(await broken()).toEqual([]);
  });
});

it('is found by the invariants when Stripe made a second transfer of a payment', async () => {
  const { run } = await released();
  await stripe.send();
  const [first] = stripe.transfers;
  stripe.fake.account.connect.send(new Map([
    ['destination', first!.destination], ['amount', '966'], ['currency', 'eur'], ['metadata[payment_id]', plain((await stripe.paymentOf(run))['paymentId'])],
  ]));
  await stripe.read();
  expect((await broken()).map(({ invariant }) => invariant)).toEqual(['S48']);
  expect((await world.get('stripe-balance')).body['unexplained']).toMatchObject([{ netCents: -966 }]);
});

describe('a transfer beside what Stripe lists', () => {
  type Line = Readonly<{ source: string; why: string; amountCents: number; detail: string }>;
  const openLines = async () => ((await world.get('reconciliation/lines?account=psp')).body['items'] as Line[])
    .map(({ source, why, amountCents, detail }) => [source, why, amountCents, detail]);
  const difference = async () => ((await world.get('reconciliation')).body['items'] as { account: string }[]).find(({ account }) => account === 'psp');

  it('pairs with its own movement, and a reversal with its own; it waits for the list, and a part that came back is nobody’s', async () => {
    await released();
    await stripe.send();
    // Sent, and not listed yet: explained.
    expect(await openLines()).toEqual([['transfer', 'not_listed_yet', 966, 'row 15']]);
    expect(await difference()).toMatchObject({ explainedCents: 966, unexplainedCents: 0 });
    await stripe.read();
    expect([await openLines(), await difference()]).toMatchObject([[], { differenceCents: 0, unexplainedCents: 0, lines: 0 }]);
    const [transfer] = stripe.transfers;
    stripe.fake.account.connect.reverse(transfer!.id, 66);
    await stripe.read();
    expect([await openLines(), await difference()]).toMatchObject([[['stripe_movement', 'not_posted', 66, 'transfer_refund']], { unexplainedCents: 66 }]);
  });

  it('leaves nothing over when all of it came back', async () => {
    await released();
    await stripe.send();
    stripe.fake.account.connect.reverse(stripe.transfers[0]!.id);
    await stripe.read();
    expect([await openLines(), await difference()]).toMatchObject([[], { differenceCents: 0, unexplainedCents: 0, lines: 0 }]);
  });

  it('is a statement paid on the day that Stripe sent it, in what its payee is told of delays', async () => {
    const { payeeId } = await released();
    await stripe.send();
    expect(await measuredDelays(world.work.client, idOf('payee', plain(payeeId)))).toMatchObject({ statements: 1, paidStatements: 1, closingToDebit: { median: 0, max: 0 } });
  });
});
