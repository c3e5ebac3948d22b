// Issuance as it runs, on a database of its own, with its routes and without its background: a spec mints and delivers
// messages itself, in the order that it is about.
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
import {
  BankCreditBookedV1, ExpiryRunFinishedV1, RangeSpendableV1, VoucherChunkLoadedV1, VoucherExpiredChunkV1, VoucherRedeemedV1,
  StripeAccountConnectedV1, VoucherStoppedV1, type BodyOf, type Contract, type Envelope,
} from '#libs/contracts';
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
const shown = (noun: Noun, uuid: string): string => `${PREFIXES[noun]}_${uuid}`;

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

type Parts = Readonly<{ keyring: Keyring; clock: MovableClock; logged: readonly string[]; people: Map<string, Principal> }>;

export class IssuanceWorld {
  readonly work: IssuanceWork;
  readonly minter: Minter;
  readonly commands: CommandBus;
  readonly booker: CardBooker;
  readonly events: EventReader;
  private readonly ids = seededIds(randomUUID());
  private delivered = 0;
  private payers = 0;

  readonly keyring: Keyring;
  readonly clock: MovableClock;
  readonly logged: readonly string[];
  private readonly people: Map<string, Principal>;

  private constructor(readonly database: TestDatabase, readonly app: NestFastifyApplication, readonly inspector: pg.Client, parts: Parts) {
    [this.keyring, this.clock, this.logged, this.people] = [parts.keyring, parts.clock, parts.logged, parts.people];
    this.work = app.get(IssuanceWork, { strict: false });
    this.minter = app.get(Minter, { strict: false });
    this.commands = app.get(CommandBus, { strict: false });
    this.booker = app.get(CardBooker, { strict: false });
    this.events = app.get(EventReader, { strict: false });
  }

  /** With a card processor, Stripe's account pays out to `CUSTODY`, unless it is not connected yet. */
  static async create({ cardProcessor, connected = true, seller = SELLER, dataDir = '/nonexistent' }: WorldOptions = {}): Promise<IssuanceWorld> {
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
    const world = new IssuanceWorld(database, app, inspector, { clock, keyring, logged, people });
    if (cardProcessor && connected) await world.take(StripeAccountConnectedV1, { custodyAccountId: CUSTODY });
    return world;
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

  /** One organisation with as many payers as are asked for: each an establishment of its own, that can be invoiced unless told. */
  async payer({ billed = true }: { billed?: boolean } = {}): Promise<string> {
    this.payers += 1;
    const siret = sirets(this.payers);
    const { payerId } = await this.done('payers', { name: `Payeur ${this.payers}`, siren: siret.slice(0, 9), siret });
    if (billed) await this.billed([String(payerId)]);
    return String(payerId);
  }

  async programme(over: Record<string, unknown> = {}): Promise<string> {
    return String((await this.done('programmes', this.rules(over)))['programmeId']);
  }

  /** The body of a new programme. */
  rules = (over: Record<string, unknown> = {}): Record<string, unknown> =>
    ({ ...this.rule(), kind: 'unit', custodyAccountId: shown('bankAccount', CUSTODY), ...over });

  /** The body of a further version of its rules. */
  rule = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
    name: 'Numérique pour tous', faceCents: 1_000, usableUntil: '2026-12-31', claimableUntil: '2027-01-31', creditor: CREDITOR, ...over,
  });

  /** As many orders of one voucher as are asked for, by copying the programme's first one. */
  async manyOrders(programmeId: string, count: number): Promise<void> {
    const admin = new pg.Client({ connectionString: this.database.adminUrl });
    await admin.connect();
    await admin.query(`set session_replication_role = replica`);
    await admin.query(
      `insert into issuance.order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency, placed_by, placed_at)
       select gen_random_uuid(), 'RF00MRO' || lpad(n::text, 10, '0'), o.programme_id, o.rule_version, 1, o.face_cents, o.face_cents,
         'EUR', 'test', o.placed_at + n * interval '1 microsecond'
       from (select * from issuance.order where programme_id = $1 limit 1) o, generate_series(1, $2) n`, [plain(programmeId), count]);
    await admin.end();
  }

  /** Ten vouchers of ten euros of one new payer in a new programme, unless told otherwise. */
  async order({ programmeId, shares, count = 10, ...terms }: OrderOptions = {}): Promise<PlacedOrder> {
    const given = shares ?? [{ payerId: await this.payer(), basisPoints: 10_000 }];
    const programme = programmeId ?? await this.programme();
    const placed = await this.done('orders', { programmeId: programme, count, shares: given, ...terms });
    return { ...(placed as Pick<PlacedOrder, 'orderId' | 'reference' | 'amountCents' | 'shares'>), programmeId: programme, payerId: given[0]!.payerId };
  }

  /** A draft of ten vouchers; of one new payer, as whom `as` speaks, unless told otherwise. */
  async draft(over: Record<string, unknown> = {}): Promise<Drafted> {
    const shares = over['shares'] as { payerId: string }[] | undefined ?? [{ payerId: await this.payer(), basisPoints: 10_000 }];
    const { orderId } = await this.done('order-drafts', { programmeId: await this.programme(), count: 10, shares, ...over });
    return { orderId: String(orderId), payerIds: shares.map(({ payerId }) => payerId), as: memberOf(shares[0]!.payerId) };
  }

  async quoted(over: Record<string, unknown> = {}): Promise<Drafted & { version: number }> {
    const draft = await this.draft(over);
    const { version } = await this.done(`order-drafts/${draft.orderId}/quotes`, {});
    return { ...draft, version: Number(version) };
  }

  answer({ orderId, version }: { orderId: string; version: number }, as: Principal, answer: 'accepted' | 'refused' = 'accepted'): Promise<Answer> {
    const reason = answer === 'refused' && { reason: 'Trop cher' };
    return this.post(`order-drafts/${orderId}/quotes/${version}/answers`, { body: { answer, ...reason }, as });
  }

  /** By each of its payers. */
  async accept(quote: Drafted & { version: number }): Promise<void> {
    for (const payerId of quote.payerIds) {
      const answer = await this.answer(quote, memberOf(payerId));
      if (answer.status !== 201) throw new Error(`an acceptance was answered ${answer.status} ${answer.text}`);
    }
  }

  /** Of two new payers, six tenths and four. */
  async coFunded(over: OrderOptions = {}): Promise<PlacedOrder> {
    const payerIds = [await this.payer(), await this.payer()];
    return this.order({ shares: payerIds.map((payerId, at) => ({ payerId, basisPoints: at === 0 ? 6_000 : 4_000 })), ...over });
  }

  /** Where each of these payers is, and what it wants on its invoices. */
  async billed(payerIds: readonly string[], wants: object = {}): Promise<void> {
    for (const payerId of payerIds) await this.done(`payers/${payerId}/billing`, { address: ADDRESS, ...wants });
  }

  /** An order whose payers are invoiced by the operator; of one payer who pays all, unless told otherwise. */
  async invoiced(options: OrderOptions = {}): Promise<PlacedOrder & { invoices: IssuedInvoice[] }> {
    const order = await this.order(options);
    const { documents } = await this.done(`orders/${order.orderId}/invoices`, {}) as { documents: IssuedInvoice[] };
    return { ...order, invoices: documents };
  }

  /** A batch of the order, minted, and loaded as redemption would confirm it. */
  async batch(orderId: string, count: number | null = null): Promise<string> {
    const { batchId, chunks, count: made } = await this.done(`orders/${orderId}/batches`, { count });
    await this.mint();
    for (let chunk = 0; chunk < Number(chunks); chunk += 1) {
      const size = Math.min(10_000, Number(made) - chunk * 10_000);
      await this.take(VoucherChunkLoadedV1, { batchId: plain(String(batchId)), chunk, count: size });
    }
    return String(batchId);
  }

  /** An order that is funded, activated, and used in part; of its expiry nothing is told yet. */
  async usedOrder(redeemed: readonly number[] = [1_000, 1_000], options: OrderOptions = {}): Promise<PlacedOrder & { batchId: string }> {
    const order = await this.order(options);
    for (const share of order.shares) await this.fund(share, share.amountCents);
    const batchId = await this.batch(order.orderId);
    const activated = await this.activate(batchId);
    if (activated.status !== 201) throw new Error(`the activation was answered ${activated.status} ${activated.text}`);
    for (const amountCents of redeemed) {
      const about = { redemptionId: this.newId(), batchId: plain(batchId), amountCents, custodyAccountId: CUSTODY };
      const body = { ...VoucherRedeemedV1.sample, ...about };
      await this.take(VoucherRedeemedV1, body, body.redemptionId);
    }
    return { ...order, batchId };
  }

  /** Redemption tells that a run took `chunks` off the batch; each sum is a chunk of as many vouchers as its euros. */
  async expire(batchId: string, chunks: readonly number[]): Promise<void> {
    const [runId, counts] = [this.newId(), chunks.map((amountCents) => Math.max(1, Math.floor(amountCents / 1_000)))];
    for (const [chunk, amountCents] of chunks.entries()) {
      await this.take(VoucherExpiredChunkV1, {
        runId, batchId: plain(batchId), chunk, first: chunk * 10_000, last: chunk * 10_000 + 9_999, count: counts[chunk]!, amountCents,
        currency: 'EUR', custodyAccountId: CUSTODY,
      });
    }
    await this.take(ExpiryRunFinishedV1, {
      runId, batchId: plain(batchId), chunkCount: chunks.length, voucherCount: counts.reduce((a, b) => a + b, 0),
      amountCents: chunks.reduce((a, b) => a + b, 0), currency: 'EUR',
    });
  }

  /** The statement of an order whose vouchers have ended; the clock is then past its end. */
  async drawnUp(order: Pick<PlacedOrder, 'orderId'>): Promise<{ statementId: string; sha256: string }> {
    this.clock.set(ENDED);
    return this.drawn(order);
  }

  /** The same at the present moment. */
  async drawn({ orderId }: Pick<PlacedOrder, 'orderId'>): Promise<{ statementId: string; sha256: string }> {
    return await this.done('contradictory-statements', { orderId }) as { statementId: string; sha256: string };
  }

  sign({ statementId, sha256 }: { statementId: string; sha256: string }, as: Principal): Promise<Answer> {
    return this.post(`contradictory-statements/${statementId}/signatures`, { body: { sha256 }, as });
  }

  /** Two vouchers of ten used, the rest expired, and all have signed. */
  async signedOrder(options: OrderOptions = {}): Promise<PlacedOrder & { statementId: string }> {
    const order = await this.usedOrder([1_000, 1_000], options);
    await this.expire(order.batchId, [8_000]);
    const statement = await this.drawnUp(order);
    const payerIds = options.shares?.map(({ payerId }) => payerId) ?? [order.payerId];
    for (const signer of [...payerIds.map(memberOf), APPROVER]) {
      const answer = await this.sign(statement, signer);
      if (answer.status !== 201) throw new Error(`a signature was answered ${answer.status} ${answer.text}`);
    }
    return { ...order, statementId: statement.statementId };
  }

  async distributor(): Promise<string> {
    this.payers += 1;
    const { distributorId } = await this.done('distributors', { name: `Distributeur ${this.payers}`, siret: sirets(this.payers) });
    return String(distributorId);
  }

  /** A batch of one new order, loaded and printed: it may be shipped. */
  async printedBatch(count = 100): Promise<string> {
    const batchId = await this.batch((await this.order({ count })).orderId);
    await this.done(`batches/${batchId}/print-files`, { format: 'csv' });
    return batchId;
  }

  async ship(batchId: string, distributorId: string, range: object = {}): Promise<string> {
    return String((await this.done(`batches/${batchId}/deliveries`, { distributorId, ...range }))['deliveryId']);
  }

  async mint(): Promise<void> {
    await this.minter.mintAll((_, error) => { throw error; });
  }

  activate(batchId: string, range: { first?: number; last?: number } = {}, key: string = randomUUID()): Promise<Answer> {
    return this.post(`batches/${batchId}/activations`, { body: range, key });
  }

  /** Paid, activated, and told by redemption that it can be spent. */
  async spendable(order: Pick<PlacedOrder, 'reference' | 'amountCents'>, batchId: string): Promise<void> {
    await this.fund(order, order.amountCents);
    const { body } = await this.activate(batchId);
    const [activationId, batch] = [plain(String(body['activationId'])), plain(batchId)];
    await this.take(RangeSpendableV1, { activationId, batchId: batch, amountCents: Number(body['amountCents']), currency: 'EUR' });
  }

  /** Redemption tells that it stopped vouchers. */
  stop(batchId: string, ranges: { first: number; last: number }[] = [{ first: 0, last: 9 }]): Promise<void> {
    return this.take(VoucherStoppedV1, { stopId: this.ids.next(), batchId: plain(batchId), ranges, reason: 'lost' });
  }

  credit(amountCents: number, references: readonly string[], over: Partial<BodyOf<typeof BankCreditBookedV1>> = {}) {
    return {
      bankLineId: this.ids.next(), custodyAccountId: CUSTODY, bookedOn: '2026-03-02', amountCents, currency: 'EUR' as const,
      references: [...references], endToEndId: null, debtorMac: null, ...over,
    };
  }

  /** Money arrives that names the order; returns the bank line. */
  async fund({ reference }: Pick<PlacedOrder, 'reference'>, amountCents: number): Promise<string> {
    const credit = this.credit(amountCents, [reference]);
    await this.take(BankCreditBookedV1, credit);
    return shown('bankLine', credit.bankLineId);
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

  prefund = ({ programmeId, payerId }: Pick<PlacedOrder, 'programmeId' | 'payerId'>): Promise<number> =>
    this.balance(`prefund:${plain(programmeId)}:${plain(payerId)}`);

  /** Messages of a type that were emitted, oldest first. */
  async emitted<C extends Contract>(contract: C): Promise<(Envelope & { body: BodyOf<C> })[]> {
    const found = await this.rows<{ message: Envelope & { body: BodyOf<C> } }>(
      `select m.message from issuance.outbox o, jsonb_array_elements(o.messages) with ordinality as m(message, place)
       where m.message ->> 'type' = $1 order by o.id, m.place`, [contract.type],
    );
    return found.map(({ message }) => message);
  }
}

/** The n-th SIRET of one organisation, with its check digit. */
function sirets(n: number): string {
  const stem = `732829320${String(n).padStart(4, '0')}`;
  return stem + [...'0123456789'].find((last) => luhn(stem + last))!;
}

const luhn = (digits: string): boolean => [...digits].reverse().reduce((total, digit, at) => {
  const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
  return total + (value > 9 ? value - 9 : value);
}, 0) % 10 === 0;
