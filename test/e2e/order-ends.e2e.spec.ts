// The end of three orders, through the queues of all services in one process, on a clock that is handed in: what is left on
// the vouchers expires, both sides sign, and the money goes back, to the commons, or over to new cover.
// Goal: every cent goes once where the agreement says, and every invariant holds after every step.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CqrsModule } from '@nestjs/cqrs';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { TokenVerifier, type Principal } from '#libs/auth';
import { inspect } from '#libs/invariants';
import { cents, localDate } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { createServiceApp, runApp, type RunningApp, type ServiceSettings } from '#libs/service';
import { FakeBank, fakeIban, fixedClock, testDatabase, until, type MovableClock, type TestDatabase } from '#libs/testing';
import { AuditModule } from '../../apps/audit/src/audit.module.js';
import { startLocalIdentity, type LocalIdentity } from '../../apps/cli/src/bench/local-identity.js';
import { readAccounts } from '../../apps/cli/src/demo/accounts.js';
import { IssuanceModule } from '../../apps/issuance/src/issuance.module.js';
import { RedemptionModule } from '../../apps/redemption/src/redemption.module.js';
import { SettlementModule } from '../../apps/settlement/src/settlement.module.js';

const SERVICES = ['issuance', 'redemption', 'settlement', 'audit'] as const;
const START = '2026-12-28T10:00:00.000Z';
/** The 2nd of January is over even where it ends last. */
const ENDED = '2027-01-03T12:00:00.000Z';
const BIC = 'AGRIFRPP';

type Json = Record<string, unknown>;
type Voucher = Readonly<{ serial: string; code: string }>;
type Share = Readonly<{ reference: string; amountCents: number }>;
type Order = Readonly<{ orderId: string; shares: readonly Share[]; amountCents: number; batchId: string; vouchers: readonly Voucher[] }>;

let [database, identity, running, clock, bank] = [] as unknown as [TestDatabase, LocalIdentity, RunningApp, MovableClock, FakeBank];
let [programmeId, bankAccountId, council, city] = ['', '', '', ''];
let tokens: Readonly<Record<'anna' | 'cleo' | 'bert' | 'till' | 'council' | 'city', Principal>>;

const plain = (id: string) => id.slice(4);
const person = (over: Partial<Principal> = {}): Principal => ({
  userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'operator', partyId: null, roles: ['operator'], name: 'A person',
  amr: ['pwd'], authTime: 1_767_225_600, ...over,
});

async function call(who: Principal, method: 'GET' | 'POST', path: string, body?: unknown, type = 'application/json') {
  const response = await fetch(`${running.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await identity.tokenFor(who)}`,
      ...(method === 'POST' && { 'idempotency-key': uuidv7(), ...(body !== undefined && { 'content-type': type }) }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as Json };
}
const post = async <T = Json>(path: string, body: unknown = {}, who = tokens.anna): Promise<T> => {
  const answer = await call(who, 'POST', path, body, typeof body === 'string' ? 'application/xml' : undefined);
  if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status} ${answer.text}`);
  return answer.body as T;
};
const get = async <T = Json>(path: string, who = tokens.anna): Promise<T> => (await call(who, 'GET', path)).body as T;
const list = async <T>(path: string, who = tokens.anna): Promise<T[]> => (await get<{ items: T[] }>(path, who)).items;

/** Nothing is under way, and nothing is wrong: also while it was. */
async function quiet(): Promise<void> {
  expect((await inspect(database.inspectorUrl)).broken.filter(({ invariant }) => !invariant.startsWith('M'))).toEqual([]);
  await until('everything is taken', async () => (await running.idle()) && (await inspect(database.inspectorUrl)).broken.length === 0);
}
/** Credit side positive. */
async function balance(kind: string): Promise<number> {
  const { accounts } = await readAccounts(database.inspectorUrl);
  return accounts.filter(({ account }) => account.split(':')[0] === kind).reduce((total, { balanceCents }) => total + balanceCents, 0);
}

async function orderOf(onExpiry: string, count: number, shares: readonly Json[]): Promise<Order> {
  const order = await post<Omit<Order, 'batchId' | 'vouchers'>>('/issuance/orders', { programmeId, count, shares, onExpiry });
  for (const { amountCents, reference } of order.shares) {
    bank.receive({ amountCents: cents(amountCents), from: { name: 'PAYEUR', iban: fakeIban(50) }, reference });
  }
  await post('/settlement/bank-statements', bank.closeDay());
  const state = async () => get<{ funding: string; batches: { state: string; spendableCount: number }[] }>(`/issuance/orders/${order.orderId}`);
  await until('the order is funded', async () => (await state()).funding === 'funded');
  const { batchId } = await post<{ batchId: string }>(`/issuance/orders/${order.orderId}/batches`);
  await until('the batch is loaded', async () => (await state()).batches[0]!.state === 'loaded');
  await post(`/issuance/batches/${batchId}/activations`);
  await until('the vouchers are spendable', async () => (await state()).batches[0]!.spendableCount === count);
  const vouchers = await post<readonly Voucher[]>(`/issuance/batches/${batchId}/print-files`, { format: 'json' });
  return { ...order, batchId, vouchers };
}
const redeem = (order: Order, index: number) =>
  call(tokens.till, 'POST', '/redemption/redemptions', { code: order.vouchers[index]!.code, serviceDate: START.slice(0, 10) });

beforeAll(async () => {
  database = await testDatabase();
  const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['identity-token'] });
  [identity, clock] = [await startLocalIdentity(keyring), fixedClock(START)];
  const log = pino({ level: 'silent' });
  const settingsOf = (service: (typeof SERVICES)[number]): ServiceSettings => ({
    databaseUrl: database.urlFor(service), queue: { kind: 'postgres', url: database.adminUrl }, keyring, clock, identityUrl: identity.url,
    baseUrl: 'http://127.0.0.1', log, dataDir: '/nonexistent', resendMs: 1_000,
  });
  const app = await createServiceApp([
    CqrsModule.forRoot(), IssuanceModule.register(settingsOf('issuance')), RedemptionModule.register(settingsOf('redemption')),
    SettlementModule.register(settingsOf('settlement')), AuditModule.register(settingsOf('audit')),
  ], { logs: log, verifier: TokenVerifier.of(identity.url) });
  running = await runApp(app, { host: '127.0.0.1', port: 0, logs: log, services: SERVICES });
  tokens = { anna: person(), cleo: person(), bert: person({ roles: ['approver'] }), till: person(), council: person(), city: person() };

  const account = { iban: fakeIban(1), ownerName: 'CANTONNEMENT', bic: BIC, openingCents: cents(0), day: localDate('2026-12-28') };
  bank = new FakeBank(account);
  ({ bankAccountId } = await post<{ bankAccountId: string }>('/settlement/bank-accounts', { name: account.ownerName, iban: account.iban, bic: BIC }));
  ({ programmeId } = await post<{ programmeId: string }>('/issuance/programmes', {
    name: 'Numérique pour tous', kind: 'unit', faceCents: 1_001, usableUntil: '2026-12-31', claimableUntil: '2027-01-02',
    custodyAccountId: bankAccountId, creditor: { name: account.ownerName, iban: account.iban, bic: BIC },
  }));
  await post('/settlement/fee-rules', { programmeId, from: '2026-01-01', feeBasisPoints: 200, vatBasisPoints: 2000, commonsBasisPoints: 100 });
  const payer = async (name: string, siren: string) => (await post<{ payerId: string }>('/issuance/payers', { name, siren })).payerId;
  [council, city] = [await payer('Département témoin', '732829320'), await payer('Ville témoin', '356000000')];
  const { placeId } = await post<{ placeId: string }>('/redemption/places', {
    name: 'Médiathèque', siret: '55208131766522', site: { name: 'Médiathèque', timeZone: 'Europe/Paris' },
  });
  await until('redemption knows the programme', async () => (await call(tokens.anna, 'POST', `/redemption/places/${placeId}/accreditations`, {
    programmeId, from: '2026-01-01', to: '2026-12-31',
  })).status === 201);
  tokens = {
    ...tokens, till: person({ organisationKind: 'place', roles: ['till'], partyId: plain(placeId) }),
    council: person({ organisationKind: 'payer', roles: ['payer'], partyId: plain(council) }),
    city: person({ organisationKind: 'payer', roles: ['payer'], partyId: plain(city) }),
  };
}, 120_000);
afterAll(async () => {
  await running?.close();
  await identity?.close();
  await database?.drop();
}, 60_000);

describe('the end of three orders', () => {
  it('sends each cent of what was not used where both sides agreed', async () => {
    const both = [{ payerId: council, basisPoints: 6_667 }, { payerId: city, basisPoints: 3_333 }];
    const alone = [{ payerId: city, basisPoints: 10_000 }];
    const refunded = await orderOf('refund', 7, both);
    const given = await orderOf('commons', 5, alone);
    const rolled = await orderOf('roll_over', 3, alone);
    for (const [order, index] of [[refunded, 0], [refunded, 1], [given, 0], [rolled, 2]] as const) {
      expect((await redeem(order, index)).status).toBe(201);
    }
    await quiet();

    clock.set('2027-01-03T11:59:59.000Z');
    expect(await call(tokens.anna, 'POST', '/redemption/expiry-runs', { programmeId })).toMatchObject({ status: 409, body: { code: 'claims_open' } });
    clock.set(ENDED);
    const { runs } = await post<{ runs: Json[] }>('/redemption/expiry-runs', { programmeId });
    expect(runs).toHaveLength(3);
    await until('the runs are finished', async () => (await list<{ state: string }>(`/redemption/expiry-runs?programmeId=${programmeId}`)).every(({ state }) => state === 'finished'));
    expect(await redeem(given, 3)).toMatchObject({ status: 409, body: { code: 'claim_too_late' } });
    await quiet();
    expect([await balance('outstanding'), await balance('expired')]).toEqual([0, (5 + 4 + 2) * 1_001]);

    const sign = async ({ orderId }: Order, payers: readonly Principal[]): Promise<string> => {
      const { statementId, sha256 } = await post<{ statementId: string; sha256: string }>('/issuance/contradictory-statements', { orderId });
      for (const who of payers) await post(`/issuance/contradictory-statements/${statementId}/signatures`, { sha256 }, who);
      expect(await post(`/issuance/contradictory-statements/${statementId}/signatures`, { sha256 }, tokens.bert)).toMatchObject({ signed: true });
      return statementId;
    };
    const statementId = await sign(refunded, [tokens.council, tokens.city]);
    await sign(given, [tokens.city]);
    await sign(rolled, [tokens.city]);
    await quiet();
    expect([await balance('expired'), await balance('refund_due'), await balance('prefund'), await balance('commons')]).toEqual([0, 5_005, 2_002, 4_004]);
    expect((await list<{ outcome: string }>(`/redemption/expiry-runs?programmeId=${programmeId}`)).map(({ outcome }) => outcome).sort()).toEqual(['commons', 'refund', 'roll_over']);

    // What was rolled over is asked back too: the programme has ended.
    await post('/issuance/refunds', { statementId });
    await post('/issuance/refunds', { programmeId, payerId: city });
    await quiet();
    const owed = await list<{ payeeId: string; payerId: string; amountCents: number }>('/settlement/refunds');
    expect(owed.map(({ amountCents }) => amountCents).reduce((a, b) => a + b)).toBe(5_005 + 2_002);
    for (const payeeId of new Set(owed.map((refund) => refund.payeeId))) {
      const iban = fakeIban(60 + owed.findIndex((refund) => refund.payeeId === payeeId));
      const entered = await post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban, holder: 'PAYEUR' });
      await post(`/settlement/payee-bank-accounts/${entered.bankAccountId}/approvals`, {}, tokens.cleo);
    }
    const run = await post<{ runId: string; sha256: string; paymentCount: number }>('/settlement/settlement-runs', { bankAccountId, purpose: 'refund' });
    expect(run.paymentCount).toBe(2);
    await post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 }, tokens.bert);
    await post(`/settlement/settlement-runs/${run.runId}/release`);
    bank.execute((await call(tokens.anna, 'GET', `/settlement/settlement-runs/${run.runId}/file`)).text);
    while (bank.day <= ENDED.slice(0, 10)) await post('/settlement/bank-statements', bank.closeDay());
    await quiet();

    const states = async (who: Principal) => (await list<{ state: string }>('/issuance/refunds', who)).map(({ state }) => state);
    expect([await states(tokens.council), await states(tokens.city)]).toEqual([['paid'], ['paid', 'paid']]);
    // What is left at the bank (an asset, so on the debit side): four redemptions, owed to their place, and the commons' part.
    expect([await balance('bank'), await balance('accrued'), await balance('commons')]).toEqual([-(4 * 1_001 + 4_004), 4 * 1_001, 4_004]);
    expect([await balance('prefund'), await balance('refund_due'), await balance('refund_payable'), await balance('transit')]).toEqual([0, 0, 0, 0]);
  }, 120_000);
});
