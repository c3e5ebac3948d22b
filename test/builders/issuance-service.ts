// Issuance as it runs, on a database of its own: a spec asks its routes, hands it messages of other services, and looks into its
// tables. What is played on it is in `issuance-world.ts`.
import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { pino } from 'pino';
import { IssuanceModule } from '../../apps/issuance/src/issuance.module.js';
import { IssuanceWork } from '../../apps/issuance/src/issuance.work.js';
import { placeConsumers } from '../../apps/issuance/src/know-places/keep-accredited-place.consumer.js';
import { creditConsumers } from '../../apps/issuance/src/match-receipt/match-receipt.consumer.js';
import { Minter } from '../../apps/issuance/src/mint-chunks/minter.js';
import { rejectedClaimConsumers } from '../../apps/issuance/src/take-rejected-claim/take-rejected-claim.consumer.js';
import { replacementConsumers } from '../../apps/issuance/src/replace-vouchers/replace-vouchers.consumer.js';
import { heldClaimConsumers } from '../../apps/issuance/src/note-held-claim/note-held-claim.consumer.js';
import { refundConsumers } from '../../apps/issuance/src/refunds/track-refunds.consumer.js';
import { CardBooker } from '../../apps/issuance/src/book-card-payments/card-booker.js';
import { disputeConsumers } from '../../apps/issuance/src/disputes/disputes.consumer.js';
import { EventReader } from '../../apps/issuance/src/read-stripe-events/event-reader.js';
import { cardAccountConsumers } from '../../apps/issuance/src/take-card-account/take-card-account.consumer.js';
import { batchConsumers } from '../../apps/issuance/src/track-batch/track-batch.consumer.js';
import { expiryConsumers } from '../../apps/issuance/src/track-expiry/track-expiry.consumer.js';
import { type Principal, type TokenVerifier } from '#libs/auth';
import type { BodyOf, Contract, Envelope } from '#libs/contracts';
import { PREFIXES, type Noun } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS, type Keyring } from '#libs/keys';
import { createServiceApp, lifecycleToken, type CardProcessorSettings, type Lifecycle, type SellerSettings, type ServiceSettings } from '#libs/service';
import type { MessageMeta } from '#libs/persistence';
import { SELLER } from './seller.js';
import { fixedClock, seededIds, testDatabase, until, type MovableClock, type TestDatabase } from '#libs/testing';
import { mandateForAll } from './mandate.js';

export const CUSTODY = '01900000-0000-7000-8000-0000000000aa';
export const NOW = '2026-03-02T10:00:00.000Z';
/** The first moment at which no place on earth may claim a voucher of `programme()` any more. */
export const ENDED = '2027-02-01T12:00:00.000Z';
export const CREDITOR = { name: 'Compte de cantonnement', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR' };

export type Answer = Readonly<{
  status: number; headers: Record<string, unknown>; text: string; body: Record<string, unknown> & { code?: string };
}>;
export type Call = Readonly<{ body?: unknown; as?: Principal; key?: string }>;
export type HeldOpen = Readonly<{ rivalWaits(rival: Promise<unknown>): Promise<void>; commit(): Promise<void> }>;
export type OrderOptions = Readonly<{
  programmeId?: string; shares?: readonly { payerId: string; basisPoints: number; capCents?: number }[]; count?: number;
  paper?: boolean; activateOn?: 'cover' | 'receipt';
}>;
export type WorldOptions = Readonly<{
  cardProcessor?: CardProcessorSettings; connected?: boolean; seller?: SellerSettings | null; dataDir?: string;
}>;
export { SELLER };
export const ADDRESS = { street: '12 place de la République', streetMore: null, postalCode: '67000', city: 'Strasbourg', country: 'FR' };
export type Drafted = Readonly<{ orderId: string; payerIds: readonly string[]; as: Principal }>;
export type PlacedShare = Readonly<{ payerId: string; amountCents: number; reference: string }>;
export type IssuedInvoice = Readonly<{
  invoiceId: string; number: string; payerId: string; faceCents: number; feeCents: number; vatCents: number; totalCents: number;
}>;
export type PlacedOrder = Readonly<{
  orderId: string; reference: string; programmeId: string; payerId: string; amountCents: number; shares: readonly PlacedShare[];
}>;

/** The uuid in an id with a prefix. */
export const plain = (id: string): string => id.slice(id.indexOf('_') + 1);
export const shown = (noun: Noun, uuid: string): string => `${PREFIXES[noun]}_${uuid}`;

const person = (over: Partial<Principal>): Principal => ({
  userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'operator', partyId: null, roles: ['operator'], name: 'A person',
  amr: ['pwd', 'otp'], authTime: 1_767_225_600, secondFactorTime: Math.floor(Date.now() / 1_000),
  ...(over.organisationKind === 'auditor' && { mandates: mandateForAll() }), ...over,
});
export const OPERATOR = person({});
export const APPROVER = person({ roles: ['approver'] });
export const AUDITOR = person({ organisationKind: 'auditor', roles: ['auditor'] });
export const distributorMemberOf = (distributorId: string): Principal =>
  person({ organisationKind: 'distributor', roles: ['distributor'], partyId: plain(distributorId) });
export const memberOf = (payerId: string): Principal => person({ organisationKind: 'payer', roles: ['payer'], partyId: plain(payerId) });

export type OpenedService = Readonly<{
  database: TestDatabase; app: NestFastifyApplication; inspector: pg.Client; keyring: Keyring; clock: MovableClock;
  logged: readonly string[]; people: Map<string, Principal>;
}>;

/** On a database of its own, with its routes and without its background. */
export async function openIssuance({ cardProcessor, seller = SELLER, dataDir = '/nonexistent' }: WorldOptions): Promise<OpenedService> {
  const database = await testDatabase();
  const [clock, logged, people] = [fixedClock(NOW), [] as string[], new Map<string, Principal>()];
  const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' });
  const log = pino({ level: 'trace' }, { write: (line: string) => { logged.push(line); } });
  const settings: ServiceSettings = {
    databaseUrl: database.urlFor('issuance'), queue: { kind: 'postgres', url: database.urlFor('issuance') }, keyring, clock,
    identityUrl: 'http://127.0.0.1', baseUrl: 'http://127.0.0.1', log, dataDir, resendMs: 200,
    ...(cardProcessor && { cardProcessor }), ...(seller && { seller }),
  };
  const verifier = { verify: async (bearer: string) => people.get(bearer)! } as unknown as TokenVerifier;
  const app = await createServiceApp([IssuanceModule.register(settings)], { logs: log, verifier });
  await app.init();
  const inspector = new pg.Client({ connectionString: database.inspectorUrl });
  await inspector.connect();
  return { database, app, inspector, keyring, clock, logged, people };
}

/** The service itself: what it is asked, what it is told, what stands in its tables. */
export class IssuanceService {
  readonly work: IssuanceWork;
  readonly minter: Minter;
  readonly commands: CommandBus;
  readonly booker: CardBooker;
  readonly events: EventReader;
  private readonly ids = seededIds(randomUUID());
  private delivered = 0;

  readonly keyring: Keyring;
  readonly clock: MovableClock;
  readonly logged: readonly string[];
  private readonly people: Map<string, Principal>;

  readonly database: TestDatabase;
  readonly app: NestFastifyApplication;
  readonly inspector: pg.Client;

  protected constructor({ database, app, inspector, keyring, clock, logged, people }: OpenedService) {
    [this.database, this.app, this.inspector] = [database, app, inspector];
    [this.keyring, this.clock, this.logged, this.people] = [keyring, clock, logged, people];
    this.work = app.get(IssuanceWork, { strict: false });
    this.minter = app.get(Minter, { strict: false });
    this.commands = app.get(CommandBus, { strict: false });
    this.booker = app.get(CardBooker, { strict: false });
    this.events = app.get(EventReader, { strict: false });
  }

  newId(): string {
    return this.ids.next();
  }

  get lifecycle(): Lifecycle {
    return this.app.get<Lifecycle>(lifecycleToken('issuance'), { strict: false });
  }

  async close(): Promise<void> {
    await this.lifecycle.stop();
    await Promise.all([this.inspector.end(), this.app.close()]);
    await this.database.drop();
  }

  async post(path: string, { body = {}, as = OPERATOR, key = randomUUID() }: Call = {}): Promise<Answer> {
    return this.inject('POST', path, as, { 'idempotency-key': key }, body);
  }

  async get(path: string, as: Principal = OPERATOR): Promise<Answer> {
    return this.inject('GET', path, as, {}, undefined);
  }

  /** A file as it is, under a new key unless one is given. */
  async send(path: string, content: string | Buffer, { as = OPERATOR, key = randomUUID(), type = 'text/csv' } = {}): Promise<Answer> {
    this.people.set(as.userId, as);
    const { statusCode, headers, payload } = await this.app.inject({
      method: 'POST', url: `/issuance/${path}`, payload: content,
      headers: { authorization: `Bearer ${as.userId}`, 'idempotency-key': key, 'content-type': type },
    });
    return { status: statusCode, headers, text: payload, body: JSON.parse(payload) as Answer['body'] };
  }

  /** From here on their user id is a token that the app believes. */
  authenticated(as: Principal): void {
    this.people.set(as.userId, as);
  }

  private async inject(method: 'GET' | 'POST', path: string, as: Principal, headers: Record<string, string>, body: unknown): Promise<Answer> {
    this.authenticated(as);
    const response = await this.app.inject({
      method, url: `/issuance/${path}`, headers: { ...headers, authorization: `Bearer ${as.userId}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode, headers: response.headers, text: response.payload,
      body: isJson ? JSON.parse(response.payload) as Answer['body'] : {},
    };
  }

  /** As `post`, for a step that a spec is not about. */
  async done(path: string, body: unknown, as: Principal = OPERATOR): Promise<Record<string, unknown>> {
    const answer = await this.post(path, { body, as });
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status} ${answer.text}`);
    return answer.body;
  }

  /** One message, as the consumer host takes it: its effects in one transaction that names it. */
  async take<C extends Contract>(contract: C, body: BodyOf<C>, id: string = this.ids.next()): Promise<void> {
    this.delivered += 1;
    const message: Envelope = {
      id, seq: this.delivered, type: contract.type, subject: 'test', subjectVersion: 1, occurredAt: NOW, causationId: null,
      correlationId: 'test', actor: { kind: 'service', id: 'test' }, body: contract.schema.parse(body),
    };
    const all = [
      creditConsumers, batchConsumers, rejectedClaimConsumers, replacementConsumers, expiryConsumers, refundConsumers, cardAccountConsumers,
      placeConsumers, heldClaimConsumers, disputeConsumers,
    ].flatMap((consumers) => consumers(this.commands));
    const consumer = all.find(({ type }) => type === contract.type);
    await this.work.transaction({ actor: message.actor, correlationId: 'test', causationId: null }, async (tx) => {
      const inner = tx.as({ ...tx.origin, message });
      await consumer!.take(message, inner, 'settlement');
      tx.keep(inner);
    });
  }

  /**
   * Does `work` and leaves its transaction open. Another transaction that needs the same rows waits until `commit`;
   * `rivalWaits` resolves once one does, and rejects when `rival` ends without having waited.
   */
  async heldOpen(work: (meta: MessageMeta) => Promise<unknown>): Promise<HeldOpen> {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => { release = resolve; });
    let done: Promise<unknown> = Promise.resolve();
    await new Promise<void>((ready, failed) => {
      done = this.work.transaction({ actor: { kind: 'system', id: 'test' }, correlationId: 'test', causationId: null }, async (tx) => {
        await work({ kind: 'message', tx });
        ready();
        await released;
      });
      done.catch(failed);
    });
    const waiting = `select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where not l.granted and a.datname = current_database()`;
    const isWaiting = async () => (await this.rows(waiting)).length > 0;
    return {
      rivalWaits: (rival) => Promise.race([
        until('the rival waits', isWaiting), rival.then(() => { throw new Error('the rival did not wait'); }),
      ]),
      commit: async () => {
        release();
        await done;
      },
    };
  }

  async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.inspector.query<T>(sql, values)).rows;
  }

  /** The balance that the transfers of an account add up to, credit side positive. */
  async balance(account: string): Promise<number> {
    const [row] = await this.rows<{ balance: string }>(
      `select coalesce(sum(case when credit = $1 then amount else -amount end), 0) as balance from issuance.transfer where $1 in (credit, debit)`, [account],
    );
    return Number(row!.balance);
  }

  /** Messages of a type that were emitted, oldest first. */
  async emitted<C extends Contract>(contract: C): Promise<(Envelope & { body: BodyOf<C> })[]> {
    const found = await this.rows<{ message: Envelope & { body: BodyOf<C> } }>(
      `select m.message from issuance.outbox o, jsonb_array_elements(o.messages) with ordinality as m(message, place)
       where m.message ->> 'type' = $1 order by o.id, m.place`, [contract.type],
    );
    return found.map(({ message }) => message);
  }
}
