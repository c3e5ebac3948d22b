// A scheme in one process with the queues of all services, on a clock that is handed in: a programme, two payers, a place, a
// custody account at a bank of the test. For journeys that last months.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { CqrsModule } from '@nestjs/cqrs';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { TokenVerifier, type Principal } from '#libs/auth';
import { inspect } from '#libs/invariants';
import { cents, localDate } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { FileMail } from '#libs/mail';
import { createServiceApp, runApp, type MessagingLifecycle, type RunningApp, type ServiceSettings } from '#libs/service';
import { FakeBank, fakeIban, fixedClock, testDatabase, until, type MovableClock, type TestDatabase } from '#libs/testing';
import { AuditModule } from '../../apps/audit/src/audit.module.js';
import { startLocalIdentity, type LocalIdentity } from '../../apps/cli/src/bench/local-identity.js';
import { readAccounts } from '../../apps/cli/src/demo/accounts.js';
import { IdentityModule } from '../../apps/identity/src/identity.module.js';
import { IssuanceModule } from '../../apps/issuance/src/issuance.module.js';
import { RedemptionModule } from '../../apps/redemption/src/redemption.module.js';
import { SettlementModule } from '../../apps/settlement/src/settlement.module.js';
import { unlikeEvents } from '../builders/restated-ledgers.js';
import { mandateForAll } from '../builders/mandate.js';

const SERVICES = ['issuance', 'redemption', 'settlement', 'audit', 'identity'] as const;
const BIC = 'AGRIFRPP';

export type Json = Record<string, unknown>;
export type Voucher = Readonly<{ serial: string; code: string }>;
export type Share = Readonly<{ reference: string; amountCents: number }>;
export type Order = Readonly<{
  orderId: string; shares: readonly Share[]; amountCents: number; batchId: string; vouchers: readonly Voucher[];
}>;
export type Dates = Readonly<{ start: string; usableUntil: string; claimableUntil: string }>;
/** What a programme is worth and what it keeps of places, and what else an operator decides, where a journey is about it. */
export type Terms = Readonly<{
  faceCents?: number; feeRule?: Readonly<{ feeBasisPoints: number; vatBasisPoints: number; commonsBasisPoints: number }>;
  settings?: Pick<ServiceSettings, 'seller' | 'holdFirstRemittance'>;
}>;
const USUAL_RULE = { feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100 } as const;
export type People = Readonly<Record<'anna' | 'cleo' | 'bert' | 'till' | 'council' | 'city', Principal>>;

export const plain = (id: string): string => id.slice(4);
export const person = (over: Partial<Principal> = {}): Principal => ({
  userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'operator', partyId: null, roles: ['operator'], name: 'A person',
  amr: ['pwd', 'otp'], authTime: 1_767_225_600, secondFactorTime: Math.floor(Date.now() / 1_000),
  ...(over.organisationKind === 'auditor' && { mandates: mandateForAll() }), ...over,
});

type Parts = Readonly<{
  database: TestDatabase; identity: LocalIdentity; running: RunningApp; clock: MovableClock; bank: FakeBank;
  mailFolder: string; start: string;
}>;

export class OneProcess {
  bankAccountId = '';
  programmeId = '';
  council = '';
  city = '';
  people: People = { anna: person(), cleo: person(), bert: person({ roles: ['approver'] }), till: person(), council: person(), city: person() };

  private constructor(private readonly parts: Parts) {}

  get database(): TestDatabase { return this.parts.database; }
  get clock(): MovableClock { return this.parts.clock; }
  get bank(): FakeBank { return this.parts.bank; }

  /** What a service does by itself, for who does not want to wait for its next minute. */
  lifecycleOf(service: (typeof SERVICES)[number]): MessagingLifecycle {
    return this.parts.running.lifecycles.find(({ name }) => name === service) as MessagingLifecycle;
  }

  static async open(dates: Dates, { faceCents = 1_001, feeRule = USUAL_RULE, settings = {} }: Terms = {}): Promise<OneProcess> {
    const database = await testDatabase();
    const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['identity-token', 'audit-checkpoint'] });
    const [identity, clock, log] = [await startLocalIdentity(keyring), fixedClock(dates.start), pino({ level: 'silent' })];
    const mailFolder = mkdtempSync(join(os.tmpdir(), 'mereau-mail-'));
    const mail = new FileMail({ folder: mailFolder, from: 'notices@mereau.example' });
    const settingsOf = (service: (typeof SERVICES)[number]): ServiceSettings => ({
      databaseUrl: database.urlFor(service), queue: { kind: 'postgres', url: database.adminUrl }, keyring, clock, identityUrl: identity.url,
      baseUrl: 'http://127.0.0.1', log, dataDir: mailFolder, resendMs: 1_000, mail, coolingOffHours: 0,
      ...settings,
    });
    const app = await createServiceApp([
      CqrsModule.forRoot(), IssuanceModule.register(settingsOf('issuance')), RedemptionModule.register(settingsOf('redemption')),
      SettlementModule.register(settingsOf('settlement')), AuditModule.register(settingsOf('audit')), IdentityModule.register(settingsOf('identity')),
    ], { logs: log, verifier: TokenVerifier.of(identity.url) });
    const running = await runApp(app, { host: '127.0.0.1', port: 0, logs: log, services: SERVICES });
    const account = { iban: fakeIban(1), ownerName: 'CANTONNEMENT', bic: BIC, openingCents: cents(0), day: localDate(dates.start.slice(0, 10)) };
    const scheme = new OneProcess({ database, identity, running, clock, bank: new FakeBank(account), mailFolder, start: dates.start });
    await scheme.setUp(account, dates, { faceCents, feeRule });
    return scheme;
  }

  async close(): Promise<void> {
    const { running, identity, database, mailFolder } = this.parts;
    await running.close();
    await identity.close();
    await database.drop();
    rmSync(mailFolder, { recursive: true, force: true });
  }

  private async setUp(
    account: Readonly<{ iban: string; ownerName: string }>, { usableUntil, claimableUntil }: Dates, { faceCents, feeRule }: Terms,
  ): Promise<void> {
    ({ bankAccountId: this.bankAccountId } = await this.post<{ bankAccountId: string }>('/settlement/bank-accounts', { name: account.ownerName, iban: account.iban, bic: BIC }));
    ({ programmeId: this.programmeId } = await this.post<{ programmeId: string }>('/issuance/programmes', {
      name: 'Numérique pour tous', kind: 'unit', faceCents, usableUntil, claimableUntil,
      custodyAccountId: this.bankAccountId, creditor: { name: account.ownerName, iban: account.iban, bic: BIC },
    }));
    const { programmeId } = this;
    await this.post('/settlement/fee-rules', { programmeId, from: '2026-01-01', ...feeRule });
    const payer = async (name: string, siren: string) => (await this.post<{ payerId: string }>('/issuance/payers', { name, siren })).payerId;
    [this.council, this.city] = [await payer('Département témoin', '732829320'), await payer('Ville témoin', '356000000')];
    this.people = {
      ...this.people, till: await this.place('Médiathèque', '55208131766522'),
      council: person({ organisationKind: 'payer', roles: ['payer'], partyId: plain(this.council) }),
      city: person({ organisationKind: 'payer', roles: ['payer'], partyId: plain(this.city) }),
    };
  }

  /** Registered and accredited; answers its till. */
  async place(name: string, siret: string): Promise<Principal> {
    const { placeId } = await this.post<{ placeId: string }>('/redemption/places', { name, siret, site: { name, timeZone: 'Europe/Paris' } });
    const { programmeId } = this;
    await until('redemption knows the programme', async () => (await this.call(this.people.anna, 'POST', `/redemption/places/${placeId}/accreditations`, {
      programmeId, from: '2026-01-01', to: '2029-12-31',
    })).status === 201);
    return person({ organisationKind: 'place', roles: ['till'], partyId: plain(placeId) });
  }

  async call(who: Principal, method: 'GET' | 'POST', path: string, body?: unknown, type = 'application/json') {
    const { running, identity } = this.parts;
    const response = await fetch(`${running.url}${path}`, {
      method,
      headers: {
        // Each step is taken with a fresh code: a journey of months may take longer to play than one is fresh for.
        authorization: `Bearer ${await identity.tokenFor({ ...who, secondFactorTime: Math.floor(Date.now() / 1_000) })}`,
        ...(method === 'POST' && { 'idempotency-key': uuidv7(), ...(body !== undefined && { 'content-type': type }) }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, text, body: (isJson ? JSON.parse(text) : {}) as Json };
  }

  async post<T = Json>(path: string, body: unknown = {}, who = this.people.anna): Promise<T> {
    const answer = await this.call(who, 'POST', path, body, typeof body === 'string' ? 'application/xml' : undefined);
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status} ${answer.text}`);
    return answer.body as T;
  }

  async get<T = Json>(path: string, who = this.people.anna): Promise<T> {
    return (await this.call(who, 'GET', path)).body as T;
  }

  async list<T>(path: string, who = this.people.anna): Promise<T[]> {
    return (await this.get<{ items: T[] }>(path, who)).items;
  }

  /** Nothing is under way, and nothing is wrong: also while it was. */
  async quiet(): Promise<void> {
    const { database, running } = this.parts;
    expect((await inspect(database.inspectorUrl)).broken.filter(({ invariant }) => !invariant.startsWith('M'))).toEqual([]);
    await until('everything is taken', async () => (await running.idle()) && (await inspect(database.inspectorUrl)).broken.length === 0);
    expect(await unlikeEvents(database.inspectorUrl)).toEqual([]);
  }

  /** Credit side positive. */
  async balance(kind: string): Promise<number> {
    const { accounts } = await readAccounts(this.parts.database.inspectorUrl);
    return accounts.filter(({ account }) => account.split(':')[0] === kind).reduce((total, { balanceCents }) => total + balanceCents, 0);
  }

  /** Funded by its payers, minted, loaded and activated, with the codes of its vouchers. */
  async orderOf(onExpiry: string, count: number, shares: readonly Json[]): Promise<Order> {
    const { bank, programmeId } = this;
    const order = await this.post<Omit<Order, 'batchId' | 'vouchers'>>('/issuance/orders', { programmeId, count, shares, onExpiry });
    for (const { amountCents, reference } of order.shares) {
      bank.receive({ amountCents: cents(amountCents), from: { name: 'PAYEUR', iban: fakeIban(50) }, reference });
    }
    await this.post('/settlement/bank-statements', bank.closeDay());
    const state = async () => this.get<{ funding: string; batches: { state: string; spendableCount: number }[] }>(`/issuance/orders/${order.orderId}`);
    await until('the order is funded', async () => (await state()).funding === 'funded');
    const { batchId } = await this.post<{ batchId: string }>(`/issuance/orders/${order.orderId}/batches`);
    await until('the batch is loaded', async () => (await state()).batches[0]!.state === 'loaded');
    await this.post(`/issuance/batches/${batchId}/activations`);
    await until('the vouchers are spendable', async () => (await state()).batches[0]!.spendableCount === count);
    const vouchers = await this.post<readonly Voucher[]>(`/issuance/batches/${batchId}/print-files`, { format: 'json' });
    return { ...order, batchId, vouchers };
  }

  redeem(order: Order, index: number, serviceDate = this.parts.start.slice(0, 10), till = this.people.till) {
    return this.call(till, 'POST', '/redemption/redemptions', { code: order.vouchers[index]!.code, serviceDate });
  }

  /** Pays what is owed to payers, up to the day, and lets the bank answer. */
  async payRefunds(day: string): Promise<number> {
    const owed = await this.list<{ payeeId: string; amountCents: number }>('/settlement/refunds');
    for (const payeeId of new Set(owed.map((refund) => refund.payeeId))) {
      const iban = fakeIban(60 + owed.findIndex((refund) => refund.payeeId === payeeId));
      const entered = await this.post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban, holder: 'PAYEUR' });
      await this.post(`/settlement/payee-bank-accounts/${entered.bankAccountId}/approvals`, { reason: 'compared with the RIB' }, this.people.cleo);
    }
    const run = await this.post<{ runId: string; sha256: string; paymentCount: number }>('/settlement/settlement-runs', { bankAccountId: this.bankAccountId, purpose: 'refund' });
    await this.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 }, this.people.bert);
    await this.post(`/settlement/settlement-runs/${run.runId}/release`);
    this.bank.execute((await this.call(this.people.anna, 'GET', `/settlement/settlement-runs/${run.runId}/file`)).text);
    while (this.bank.day <= day) await this.post('/settlement/bank-statements', this.bank.closeDay());
    return run.paymentCount;
  }

  /** The statement of an order, signed by all of its payers and by a second person of the operator. */
  async sign({ orderId }: Order, payers: readonly Principal[], extension?: Json): Promise<string> {
    const { statementId, sha256 } = await this.post<{ statementId: string; sha256: string }>('/issuance/contradictory-statements', { orderId, ...(extension && { extension }) });
    for (const who of payers) await this.post(`/issuance/contradictory-statements/${statementId}/signatures`, { sha256 }, who);
    expect(await this.post(`/issuance/contradictory-statements/${statementId}/signatures`, { sha256 }, this.people.bert)).toMatchObject({ signed: true });
    return statementId;
  }

  /** Of the data folder, as somebody does it who has every right to the machine. */
  removeFile(name: string): void {
    rmSync(join(this.parts.mailFolder, name));
  }

  /** Mails that were caught, of one address. */
  mailsTo(address: string): string[] {
    const { mailFolder } = this.parts;
    return readdirSync(mailFolder).filter((name) => name.endsWith('.eml')).map((name) => readFileSync(join(mailFolder, name), 'utf8'))
      .filter((source) => source.includes(`To: ${address}\r\n`));
  }
}
