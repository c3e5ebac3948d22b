// Audit as it runs, on a database of its own, with its routes and without its background: a spec hands it messages, seals
// and signs when it means to.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { pino } from 'pino';
import { AuditModule } from '../../apps/audit/src/audit.module.js';
import { AuditWork } from '../../apps/audit/src/audit.work.js';
import { keepEventConsumer } from '../../apps/audit/src/keep-event/keep-event.consumer.js';
import { AlertWatch } from '../../apps/audit/src/alert-watch/alert-watch.js';
import { Sealer } from '../../apps/audit/src/seal-events/sealer.js';
import type { Principal, TokenVerifier } from '#libs/auth';
import type { Envelope, Service } from '#libs/contracts';
import { loadKeyring, PUBLISHED_KEYS, type Keyring } from '#libs/keys';
import { createServiceApp, lifecycleToken, type Lifecycle, type ServiceSettings } from '#libs/service';
import { fixedClock, seededIds, testDatabase, type MovableClock, type TestDatabase } from '#libs/testing';
import { mandateForAll } from './mandate.js';

const NOW = '2026-03-02T10:00:00.000Z';

export const person = (over: Partial<Principal>): Principal => ({
  userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'operator', partyId: null, roles: ['operator'], name: 'A person',
  amr: ['pwd', 'otp'], authTime: 1_767_225_600, secondFactorTime: Math.floor(Date.now() / 1_000),
  ...(over.organisationKind === 'auditor' && { mandates: mandateForAll() }), ...over,
});
export const OPERATOR = person({});
export const AUDITOR = person({ organisationKind: 'auditor', roles: ['auditor'] });

export type Answer = Readonly<{ status: number; text: string; body: Record<string, unknown> & { code?: string } }>;
/** `at`, `by`: when it was decided, and by whom, where that matters. */
export type Said = Readonly<{ type: string; body: unknown; id?: string; at?: string; by?: string }>;
export type WorldSettings = Pick<ServiceSettings, 'mail' | 'checkpointReaders' | 'documentOrigins'>;
type Parts = Readonly<{ app: NestFastifyApplication; clock: MovableClock; dataDir: string; people: Map<string, Principal> }>;

export class AuditWorld {
  readonly work: AuditWork;
  readonly sealer: Sealer;
  readonly commands: CommandBus;
  readonly clock: MovableClock;
  readonly dataDir: string;
  private readonly ids = seededIds(randomUUID());
  private readonly seqs = new Map<Service, number>();

  private constructor(readonly database: TestDatabase, readonly admin: pg.Client, private readonly parts: Parts) {
    const { app } = parts;
    this.work = app.get(AuditWork, { strict: false });
    this.sealer = app.get(Sealer, { strict: false });
    this.commands = app.get(CommandBus, { strict: false });
    [this.clock, this.dataDir] = [parts.clock, parts.dataDir];
  }

  static async create(over: WorldSettings = {}): Promise<AuditWorld> {
    const database = await testDatabase();
    const [clock, people, dataDir] = [fixedClock(NOW), new Map<string, Principal>(), mkdtempSync(join(os.tmpdir(), 'mereau-audit-'))];
    const keyring: Keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['audit-checkpoint'] });
    const log = pino({ level: 'silent' });
    const settings: ServiceSettings = {
      databaseUrl: database.urlFor('audit'), queue: { kind: 'postgres', url: database.urlFor('audit') }, keyring, clock,
      identityUrl: 'http://127.0.0.1', baseUrl: 'https://mereau.example', log, dataDir, resendMs: 200, ...over,
    };
    const verifier = { verify: async (bearer: string) => people.get(bearer)! } as unknown as TokenVerifier;
    const app = await createServiceApp([AuditModule.register(settings)], { logs: log, verifier });
    await app.init();
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    return new AuditWorld(database, admin, { app, clock, dataDir, people });
  }

  async close(): Promise<void> {
    const { app } = this.parts;
    await app.get<Lifecycle>(lifecycleToken('audit'), { strict: false }).stop();
    await Promise.all([this.admin.end(), app.close()]);
    await this.database.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  newId(): string {
    return this.ids.next();
  }

  /** Messages of a sender, with its next numbers, taken as the consumer host takes a batch. Returns the event ids. */
  async take(sender: Service, said: readonly Said[]): Promise<string[]> {
    const messages = said.map(({ type, body, id = this.ids.next(), at = NOW, by = 'usr' }) => (
      { ...this.envelope(sender, type, body, id), occurredAt: at, actor: { kind: 'user' as const, id: by } }));
    await this.deliver(sender, messages);
    return messages.map(({ id }) => id);
  }

  async deliver(sender: Service, messages: readonly Envelope[]): Promise<void> {
    await this.work.transaction({ actor: { kind: 'service', id: sender }, correlationId: 'test', causationId: null }, async (tx) => {
      for (const message of messages) await keepEventConsumer.take(message, tx, sender);
    });
  }

  /** A message with the sender's next number, not delivered yet. */
  envelope(sender: Service, type: string, body: unknown, id: string = this.ids.next()): Envelope {
    const seq = (this.seqs.get(sender) ?? 0) + 1;
    this.seqs.set(sender, seq);
    return {
      id, seq, type, subject: `test:${seq}`, subjectVersion: 2, occurredAt: NOW, causationId: null, correlationId: 'test',
      actor: { kind: 'user', id: 'usr' }, body,
    };
  }

  async seal(): Promise<void> {
    await this.sealer.sealPresent();
  }

  /** Seals what is here, and asks the rules about it to its end. */
  async watch(): Promise<void> {
    await this.seal();
    await this.parts.app.get(AlertWatch, { strict: false }).watchWhileSealed(() => false);
  }

  async post(path: string, as: Principal = OPERATOR, key: string = randomUUID(), body: object = {}): Promise<Answer> {
    return this.inject('POST', path, as, { 'idempotency-key': key, 'content-type': 'application/json' }, JSON.stringify(body));
  }

  async get(path: string, as: Principal | null = AUDITOR): Promise<Answer> {
    return this.inject('GET', path, as, {});
  }

  /** What is answered as a file. */
  async bytes(path: string, as: Principal = AUDITOR): Promise<Buffer> {
    this.parts.people.set(as.userId, as);
    const response = await this.parts.app.inject({ method: 'GET', url: `/audit/${path}`, headers: { authorization: `Bearer ${as.userId}` } });
    if (response.statusCode !== 200) throw new Error(`GET ${path} answered ${response.statusCode} ${response.payload}`);
    return response.rawPayload;
  }

  /** As a superuser whom no trigger and no foreign key stops. */
  async tamper(sql: string): Promise<void> {
    await this.admin.query(`begin; set local session_replication_role = replica; ${sql}; commit`);
  }

  private async inject(method: 'GET' | 'POST', path: string, as: Principal | null, headers: Record<string, string>, payload?: string): Promise<Answer> {
    if (as) this.parts.people.set(as.userId, as);
    const response = await this.parts.app.inject({
      method, url: `/audit/${path}`, headers: { ...headers, ...(as && { authorization: `Bearer ${as.userId}` }) }, ...(payload !== undefined && { payload }),
    });
    const isJson = /json/.test(String(response.headers['content-type'])) && !/ndjson/.test(String(response.headers['content-type']));
    return { status: response.statusCode, text: response.payload, body: isJson ? JSON.parse(response.payload) as Answer['body'] : {} };
  }
}
