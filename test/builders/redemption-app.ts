// Redemption as it runs: real HTTP, real tokens, a database of its own, its relay. Messages are delivered by the spec, in
// the order that it is about.
import { createHash, randomUUID } from 'node:crypto';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { startLocalIdentity, type LocalIdentity } from '../../apps/cli/src/bench/local-identity.js';
import { extensionConsumers } from '../../apps/redemption/src/extend-batch/extend-batch.consumer.js';
import { ruleConsumers } from '../../apps/redemption/src/know-rules/know-rules.consumer.js';
import { freezeConsumers } from '../../apps/redemption/src/freeze-order/freeze-order.consumer.js';
import { statementConsumers } from '../../apps/redemption/src/note-statement/note-statement.consumer.js';
import { stockConsumers } from '../../apps/redemption/src/know-stock/know-stock.consumer.js';
import { RedemptionModule } from '../../apps/redemption/src/redemption.module.js';
import { RedemptionWork } from '../../apps/redemption/src/redemption.work.js';
import { lossConsumers } from '../../apps/redemption/src/stop-vouchers/stop-lost.consumer.js';
import { closingConsumers } from '../../apps/redemption/src/close-period/close-period.consumer.js';
import { batchConsumers } from '../../apps/redemption/src/take-batch/take-batch.consumer.js';
import { TokenVerifier, type Principal } from '#libs/auth';
import { CHUNK_ENTRY_BYTES, type BodyOf, type Contract, type Envelope, type VoucherChunkMintedV1 } from '#libs/contracts';
import { deriveCode, loadKeyring, printCode, PUBLISHED_KEYS, type BatchKey, type Keyring, type VoucherCode } from '#libs/keys';
import { createServiceApp, runApp, type RunningApp, type ServiceSettings } from '#libs/service';
import { fixedClock, type MovableClock } from '#libs/testing';
import { NOON, RedemptionWorld } from './redemption-world.js';
import { mandateForAll } from './mandate.js';

export type Answer = Readonly<{ status: number; headers: Headers; body: Record<string, unknown> & { code?: string; errors?: unknown } }>;
export type Call = Readonly<{ method?: string; body?: unknown; token?: string; key?: string; headers?: Record<string, string> }>;

const person = (over: Partial<Principal>): Principal => ({
  userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'operator', partyId: null, roles: ['operator'], name: 'A person',
  amr: ['pwd', 'otp'], authTime: 1_767_225_600, secondFactorTime: Math.floor(Date.now() / 1_000),
  ...(over.organisationKind === 'auditor' && { mandates: mandateForAll() }), ...over,
});

type Parts = Readonly<{
  world: RedemptionWorld; app: NestFastifyApplication; running: RunningApp; keyring: Keyring; clock: MovableClock; identity: LocalIdentity;
  logged: readonly string[];
}>;

export class RedemptionApp {
  readonly work: RedemptionWork;
  private readonly commands: CommandBus;
  private delivered = 0;

  private constructor(private readonly parts: Parts) {
    this.work = parts.app.get(RedemptionWork, { strict: false });
    this.commands = parts.app.get(CommandBus, { strict: false });
  }

  get world(): RedemptionWorld { return this.parts.world; }
  get app(): NestFastifyApplication { return this.parts.app; }
  get keyring(): Keyring { return this.parts.keyring; }
  get clock(): MovableClock { return this.parts.clock; }
  get logged(): readonly string[] { return this.parts.logged; }

  static async create(): Promise<RedemptionApp> {
    const world = await RedemptionWorld.create();
    const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['identity-token'] });
    const [identity, clock, logged] = [await startLocalIdentity(keyring), fixedClock(NOON), [] as string[]];
    const databaseUrl = world.database.urlFor('redemption');
    const log = pino({ level: 'trace' }, { write: (line: string) => { logged.push(line); } });
    const settings: ServiceSettings = {
      databaseUrl, queue: { kind: 'postgres', url: databaseUrl }, keyring, clock, identityUrl: identity.url, baseUrl: 'http://127.0.0.1', log,
      dataDir: '/nonexistent', resendMs: 5_000,
    };
    const modules = [CqrsModule.forRoot(), RedemptionModule.register(settings)];
    const app = await createServiceApp(modules, { logs: log, verifier: TokenVerifier.of(identity.url) });
    const running = await runApp(app, { host: '127.0.0.1', port: 0, logs: log, services: ['redemption'] });
    return new RedemptionApp({ world, app, running, keyring, clock, identity, logged });
  }

  async close(): Promise<void> {
    await this.parts.running.close();
    await this.parts.identity.close();
    await this.world.close();
  }

  operatorToken = (): Promise<string> => this.parts.identity.tokenFor(person({}));
  auditorToken = (): Promise<string> => this.parts.identity.tokenFor(person({ organisationKind: 'auditor', roles: ['auditor'] }));
  distributorToken = (distributorId: string): Promise<string> =>
    this.parts.identity.tokenFor(person({ organisationKind: 'distributor', roles: ['distributor'], partyId: distributorId }));
  tillToken = (placeId: string, over: Partial<Principal> = {}): Promise<string> =>
    this.parts.identity.tokenFor(person({ organisationKind: 'place', roles: ['till'], partyId: placeId.slice(placeId.indexOf('_') + 1), ...over }));

  async call(path: string, { method = 'POST', body, token, key = uuidv7(), headers = {} }: Call = {}): Promise<Answer> {
    const response = await fetch(`${this.parts.running.url}/redemption/${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }),
        ...(method === 'POST' && key && { 'idempotency-key': key }), ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() as Answer['body'] };
  }

  /** What is answered as a file, to anybody. */
  async text(path: string): Promise<string> {
    return (await fetch(`${this.parts.running.url}/redemption/${path}`)).text();
  }

  /** A file as it is, under a new key unless one is given. */
  async send(path: string, content: string | Buffer, { token, type = 'text/csv', key = uuidv7() }: { token: string; type?: string; key?: string }): Promise<Answer> {
    const response = await fetch(`${this.parts.running.url}/redemption/${path}`, {
      method: 'POST', headers: { 'content-type': type, authorization: `Bearer ${token}`, 'idempotency-key': key }, body: content,
    });
    return { status: response.status, headers: response.headers, body: await response.json() as Answer['body'] };
  }

  get = (path: string, token: string): Promise<Answer> => this.call(path, { method: 'GET', token });

  /** Codes of a batch, and the chunk that carries them; cut in as many chunks as there are counts. */
  mint(batchId: string, counts: readonly number[]): { codes: readonly string[]; chunks: readonly BodyOf<typeof VoucherChunkMintedV1>[] } {
    const batchKey = createHash('sha256').update(batchId).digest() as Buffer as BatchKey;
    const codes = Array.from({ length: counts.reduce((all, count) => all + count, 0) }, (_, index) => deriveCode(batchKey, index));
    const entries = codes.map((code, index) => this.entryOf(code, index)).sort((a, b) => a.compare(b, 4, 20, 4, 20));
    let at = 0;
    const chunks = counts.map((count, chunk) => {
      const bytes = Buffer.concat(entries.slice(at, at += count));
      return { batchId, chunk, count, entries: bytes.toString('base64'), entriesSha256: createHash('sha256').update(bytes).digest('hex') };
    });
    return { codes: codes.map(printCode), chunks };
  }

  private entryOf(code: VoucherCode, index: number): Buffer {
    const entry = Buffer.alloc(CHUNK_ENTRY_BYTES);
    entry.writeUInt32BE(index);
    entry.write(this.keyring.codeMac(code).mac.replaceAll('-', ''), 4, 'hex');
    return entry;
  }

  /** One message, as the consumer host takes it: its effects in one transaction that names it. */
  async take<C extends Contract>(contract: C, body: BodyOf<C>, id: string = this.world.newId(), occurredAt: string = NOON): Promise<void> {
    this.delivered += 1;
    const message: Envelope = {
      id, seq: this.delivered, type: contract.type, subject: 'test', subjectVersion: 1, occurredAt, causationId: null,
      correlationId: 'test', actor: { kind: 'service', id: 'test' }, body: contract.schema.parse(body),
    };
    const all = [
      ruleConsumers, batchConsumers, stockConsumers, lossConsumers, statementConsumers, extensionConsumers, freezeConsumers,
      closingConsumers,
    ]
      .flatMap((consumers) => consumers(this.commands));
    const consumer = all.find(({ type }) => type === contract.type);
    await this.work.transaction({ actor: message.actor, correlationId: 'test', causationId: null }, async (tx) => {
      const inner = tx.as({ ...tx.origin, causationId: message.id, message });
      await consumer!.take(message, inner, 'issuance');
      tx.keep(inner);
    });
  }

  /** Bodies of the messages of a type that were emitted, whether they have left the outbox or not; in no special order. */
  async emitted<C extends Contract>(contract: C): Promise<BodyOf<C>[]> {
    const { rows } = await this.world.inspector.query<{ message: { body: BodyOf<C> } }>(
      `select distinct on (m.message ->> 'id') m.message from (
         select messages from redemption.outbox union all select messages from redemption.sent_batch where receiver = 'audit') o,
         jsonb_array_elements(o.messages) as m(message)
       where m.message ->> 'type' = $1`, [contract.type]);
    return rows.map(({ message }) => message.body);
  }
}
