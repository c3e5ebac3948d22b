// Settlement as it runs, on a database of its own: a spec asks its routes, hands it messages of other services, and looks into its
// tables. What is played on it is in `settlement-world.ts`.
import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { pino } from 'pino';
import { matchConsumers } from '../../apps/settlement/src/bank-lines/take-match.consumer.js';
import { cardPaymentConsumers } from '../../apps/settlement/src/card-payments/take-card-payment.consumer.js';
import { checkpointConsumers } from '../../apps/settlement/src/known-checkpoints/keep-checkpoint.consumer.js';
import { claimConsumers } from '../../apps/settlement/src/claims/accrue-claim-line.consumer.js';
import { breakageConsumers } from '../../apps/settlement/src/commons/take-breakage.consumer.js';
import { earnedTotalConsumers } from '../../apps/settlement/src/own-money/take-earned-total.consumer.js';
import { programmeConsumers } from '../../apps/settlement/src/known-programmes/keep-programme.consumer.js';
import { PlaceInvoiceIssuer } from '../../apps/settlement/src/place-invoices/place-invoice-issuer.js';
import { alertConsumers } from '../../apps/settlement/src/known-alerts/keep-alert.consumer.js';
import { measureConsumers } from '../../apps/settlement/src/place-measures/keep-measure.consumer.js';
import { findingConsumers } from '../../apps/settlement/src/payout-stops/take-finding.consumer.js';
import { departureConsumers } from '../../apps/settlement/src/place-departures/keep-departure.consumer.js';
import { payeeConsumers } from '../../apps/settlement/src/payees/take-accreditation.consumer.js';
import { SettlementModule } from '../../apps/settlement/src/settlement.module.js';
import { SettlementWork } from '../../apps/settlement/src/settlement.work.js';
import { refundConsumers } from '../../apps/settlement/src/refunds/take-refund.consumer.js';
import { Refunder } from '../../apps/settlement/src/stripe-refunds/refunder.js';
import { BalanceReader } from '../../apps/settlement/src/stripe-balance/balance-reader.js';
import { TransferSender } from '../../apps/settlement/src/stripe-transfers/transfer-sender.js';
import { totalConsumers } from '../../apps/settlement/src/statement-closings/take-period-total.consumer.js';
import { undoConsumers } from '../../apps/settlement/src/undo-claims/undo-claim-line.consumer.js';
import { type Principal, type TokenVerifier } from '#libs/auth';
import {
  VoucherRedeemedV1, type BodyOf, type Contract, type Envelope, type Service,
} from '#libs/contracts';
import { PREFIXES, type Noun } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { POOL_MAX } from '#libs/persistence';
import { createServiceApp, lifecycleToken, type Lifecycle, type ServiceSettings } from '#libs/service';
import { fixedClock, seededIds, testDatabase, type MovableClock, type TestDatabase } from '#libs/testing';
import { mandateForAll } from './mandate.js';

export const NOW = '2026-04-02T08:00:00.000Z';
export const BIC = 'PSSTFRPPPAR';

export type Answer = Readonly<{
  status: number;
  headers: Record<string, unknown>;
  text: string;
  bytes: Buffer;
  body: Record<string, unknown> & { code?: string; details?: Record<string, unknown> };
}>;
export type Call = Readonly<{ body?: unknown; as?: Principal; key?: string; type?: string }>;
export type ListedHold = Readonly<{ holdId: string; payeeId: string; lines: number; grossCents: number; state: string; ageDays: number }>;
export type Place = Readonly<{ placeId: string; siteId: string; siret: string }>;
export type Redeemed = Readonly<{ place: Place; amountCents?: number; over?: Partial<BodyOf<typeof VoucherRedeemedV1>>; id?: string }>;

/** What a message carries besides its body. */
/** `by`: the person who decided it, where that matters. */
export type Told = Readonly<{ seq?: number; id?: string; occurredAt?: string; sender?: Service; by?: string }>;
type Clients = Readonly<{ inspector: pg.Client; service: pg.Client; admin: pg.Client }>;

/** The uuid in an id with a prefix. */
export const plain = (id: unknown): string => String(id).slice(String(id).indexOf('_') + 1);
export const shown = (noun: Noun, uuid: string): string => `${PREFIXES[noun]}_${uuid}`;

const person = (name: string, over: Partial<Principal> = {}): Principal => ({
  userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'operator', partyId: null, roles: ['operator'], name,
  amr: ['pwd', 'otp'], authTime: 1_767_225_600, secondFactorTime: Math.floor(Date.now() / 1_000),
  ...(over.organisationKind === 'auditor' && { mandates: mandateForAll() }), ...over,
});
/** Four people of the operator: who makes, who checks, who approves, and who holds every role. */
export const ANNA = person('Anna');
export const CLEO = person('Cleo');
export const BERT = person('Bert', { roles: ['approver'] });
export const ZOE = person('Zoé', { roles: ['operator', 'approver'] });
export const AUDITOR = person('Audit', { organisationKind: 'auditor', roles: ['auditor'] });
export const managerOf = ({ placeId }: Place): Principal => person('Manager', { organisationKind: 'place', roles: ['manager'], partyId: placeId });
export const tillOf = ({ placeId }: Place): Principal => person('Till', { organisationKind: 'place', roles: ['till'], partyId: placeId });

export type WorldSettings = Pick<
  ServiceSettings, 'holdFirstRemittance' | 'coolingOffHours' | 'firstRunsCeilingCents' | 'paymentCeilingCents' | 'cardProcessor'
  | 'placeFeeCapBasisPoints' | 'seller'
>;

export type OpenedService = Readonly<{
  database: TestDatabase; app: NestFastifyApplication; clock: MovableClock; clients: Clients; people: Map<string, Principal>;
}>;

/** On a database of its own, with its routes and without its background. */
export async function openSettlement(over: WorldSettings): Promise<OpenedService> {
  const database = await testDatabase();
  const [clock, people] = [fixedClock(NOW), new Map<string, Principal>()];
  const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' });
  const log = pino({ level: 'silent' });
  const settings: ServiceSettings = {
    databaseUrl: database.urlFor('settlement'), queue: { kind: 'postgres', url: database.urlFor('settlement') }, keyring, clock,
    identityUrl: 'http://127.0.0.1', baseUrl: 'http://127.0.0.1', log, dataDir: '/nonexistent', resendMs: 200,
    ...over,
  };
  const verifier = { verify: async (bearer: string) => people.get(bearer)! } as unknown as TokenVerifier;
  const app = await createServiceApp([SettlementModule.register(settings)], { logs: log, verifier });
  await app.init();
  const connected = async (connectionString: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    return client;
  };
  const clients = {
    inspector: await connected(database.inspectorUrl), service: await connected(database.urlFor('settlement')),
    admin: await connected(database.adminUrl),
  };
  return { database, app, clock, clients, people };
}

/** The service itself: what it is asked, what it is told, what stands in its tables. */
export class SettlementService {
  readonly work: SettlementWork;
  readonly commands: CommandBus;
  readonly reader: BalanceReader;
  readonly refunder: Refunder;
  readonly sender: TransferSender;
  readonly issuer: PlaceInvoiceIssuer;
  private readonly ids = seededIds(randomUUID());
  /** The last number that redemption gave. */
  seq = 0;
  private accounts = 100;

  readonly inspector: pg.Client;
  readonly service: pg.Client;
  readonly admin: pg.Client;

  readonly database: TestDatabase;
  readonly app: NestFastifyApplication;
  readonly clock: MovableClock;
  private readonly people: Map<string, Principal>;

  protected constructor({ database, app, clock, clients, people }: OpenedService) {
    [this.database, this.app, this.clock, this.people] = [database, app, clock, people];
    ({ inspector: this.inspector, service: this.service, admin: this.admin } = clients);
    this.work = app.get(SettlementWork, { strict: false });
    this.commands = app.get(CommandBus, { strict: false });
    this.reader = app.get(BalanceReader, { strict: false });
    this.refunder = app.get(Refunder, { strict: false });
    this.sender = app.get(TransferSender, { strict: false });
    this.issuer = app.get(PlaceInvoiceIssuer, { strict: false });
  }

  get lifecycle(): Lifecycle {
    return this.app.get<Lifecycle>(lifecycleToken('settlement'), { strict: false });
  }

  async close(): Promise<void> {
    await this.lifecycle.stop();
    await Promise.all([this.inspector.end(), this.service.end(), this.admin.end(), this.app.close()]);
    await this.database.drop();
  }

  newId(): string {
    return this.ids.next();
  }

  post(path: string, { body = {}, as = ANNA, key = randomUUID(), type = 'application/json' }: Call = {}): Promise<Answer> {
    const payload = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
    return this.inject('POST', path, as, { 'idempotency-key': key, 'content-type': type }, payload);
  }

  get(path: string, as: Principal = ANNA): Promise<Answer> {
    return this.inject('GET', path, as, {}, undefined);
  }

  /** Each act is begun once the one before it waits for the run's row, which is locked until all of them do. */
  async inOrderBehindRun(runId: string, acts: readonly (() => Promise<Answer>)[]): Promise<Answer[]> {
    await this.service.query('begin');
    await this.service.query('select from settlement.settlement_run where id = $1 for update', [runId]);
    const asked: Promise<Answer>[] = [];
    for (const act of acts) {
      asked.push(act());
      while (await this.lockWaiters() < asked.length) { /* it is on its way */ }
    }
    await this.service.query('commit');
    return Promise.all(asked);
  }

  private async lockWaiters(): Promise<number> {
    const { rows: [row] } = await this.admin.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    return row!.count;
  }

  private async inject(method: 'GET' | 'POST', path: string, as: Principal, headers: Record<string, string>, payload: string | Buffer | undefined): Promise<Answer> {
    this.people.set(as.userId, as);
    const response = await this.app.inject({
      method, url: `/settlement/${path}`, headers: { ...headers, authorization: `Bearer ${as.userId}` }, ...(payload !== undefined && { payload }),
    });
    const isJson = String(response.headers['content-type']).includes('json');
    const { rawPayload: bytes, payload: text } = response;
    return { status: response.statusCode, headers: response.headers, text, bytes, body: isJson ? JSON.parse(text) as Answer['body'] : {} };
  }

  /** As `post`, for a step that a spec is not about. */
  async done(path: string, body: unknown = {}, as: Principal = ANNA): Promise<Answer['body']> {
    const answer = await this.post(path, { body, as });
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status} ${answer.text}`);
    return answer.body;
  }

  /** All calls at the same moment, on connections that are open already: without that, the first would win each race. */
  async atOnce<T>(calls: readonly (() => Promise<T>)[]): Promise<T[]> {
    await Promise.all(Array.from({ length: POOL_MAX }, () => this.work.client.$queryRaw`select 1 as awake from pg_sleep(0.05)`));
    return Promise.all(calls.map((call) => call()));
  }

  /** One message of another service, as the consumer host takes it: its effects in one transaction that names it. */
  async take<C extends Contract>(contract: C, body: BodyOf<C>, told: Told = {}): Promise<void> {
    const message = this.messageOf(contract, body, told);
    const slices = [
      claimConsumers, undoConsumers, payeeConsumers, departureConsumers, totalConsumers, matchConsumers, refundConsumers, breakageConsumers,
      cardPaymentConsumers, measureConsumers, alertConsumers, programmeConsumers, findingConsumers, earnedTotalConsumers,
      checkpointConsumers,
    ];
    const all = slices.flatMap((consumers) => consumers(this.commands));
    await this.work.transaction({ actor: message.actor, correlationId: 'test', causationId: null }, async (tx) => {
      const inner = tx.as({ ...tx.origin, message });
      await all.find(({ type }) => type === contract.type)!.take(message, inner, told.sender ?? 'redemption');
      tx.keep(inner);
    });
  }

  /** Redemptions that redemption told one after the other, as the host takes them: together, and one by one what that leaves. */
  async takeRedemptions(bodies: readonly BodyOf<typeof VoucherRedeemedV1>[]): Promise<{ leftCount: number }> {
    const [consumer] = claimConsumers(this.commands);
    const messages = bodies.map((body) => this.messageOf(VoucherRedeemedV1, body, { id: body.redemptionId }));
    return this.work.transaction({ actor: messages[0]!.actor, correlationId: 'test', causationId: null }, async (tx) => {
      const left = await consumer!.takeAll!(messages, tx, 'redemption');
      for (const message of left) await consumer!.take(message, tx.as({ ...tx.origin, message }), 'redemption');
      return { leftCount: left.length };
    });
  }

  private messageOf<C extends Contract>(contract: C, body: BodyOf<C>, told: Told): Envelope {
    const { seq = ++this.seq, id = this.newId(), occurredAt = NOW, by } = told;
    return {
      id, seq, type: contract.type, subject: 'test', subjectVersion: 1, occurredAt, causationId: null,
      correlationId: 'test', actor: by === undefined ? { kind: 'service', id: 'test' } : { kind: 'user', id: by }, body: contract.schema.parse(body),
    };
  }

  /** The number of a bank account that nobody was given before, for `fakeIban`. */
  newAccount(): number {
    this.accounts += 1;
    return this.accounts;
  }

  /** The consumer host's own record of what has arrived without a gap. */
  async arrivedUpTo(seq: number): Promise<void> {
    await this.service.query(
      `insert into settlement.inbox_position (sender, contiguous_batch_no, contiguous_seq) values ('redemption', $1, $1)
       on conflict (sender) do update set contiguous_seq = $1, contiguous_batch_no = $1`, [seq]);
  }

  async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.inspector.query<T>(sql, values)).rows;
  }

  async count(table: string, where = 'true'): Promise<number> {
    const [row] = await this.rows<{ count: number }>(`select count(*)::int as count from settlement.${table} where ${where}`);
    return row!.count;
  }

  /** The balance that the transfers of an account add up to, credit side positive. */
  async balance(account: string): Promise<number> {
    const [row] = await this.rows<{ balance: string }>(
      `select coalesce(sum(case when credit = $1 then amount else -amount end), 0) as balance from settlement.transfer where $1 in (credit, debit)`, [account]);
    return Number(row!.balance);
  }

  /** Of all accounts of a kind together, e.g. `transit`. */
  async balanceOf(kind: string): Promise<number> {
    const [row] = await this.rows<{ balance: string }>(
      `select coalesce(sum(case when split_part(credit, ':', 1) = $1 then amount else 0 end
         - case when split_part(debit, ':', 1) = $1 then amount else 0 end), 0) as balance from settlement.transfer`, [kind]);
    return Number(row!.balance);
  }

  /** Messages of a type that were emitted, oldest first. */
  async emitted<C extends Contract>(contract: C): Promise<(Envelope & { body: BodyOf<C> })[]> {
    const found = await this.rows<{ message: Envelope & { body: BodyOf<C> } }>(
      `select m.message from settlement.outbox o, jsonb_array_elements(o.messages) with ordinality as m(message, place)
       where m.message ->> 'type' = $1 order by o.id, m.place`, [contract.type]);
    return found.map(({ message }) => message);
  }
}
