// The whole platform in this process, on real tables, with a clock that stands still and a queue that delivers nothing by
// itself. Nothing of a service is replaced: what is simulated is time and transport.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { TokenVerifier, type Principal } from '#libs/auth';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { SimulatedQueue } from '#libs/messaging';
import { SCHEMAS, type Schema } from '#libs/persistence';
import { createServiceApp, runApp, type RunningApp, type ServiceSettings } from '#libs/service';
import { fixedClock, type MovableClock } from '#libs/testing';
import { AuditModule } from '../../../audit/src/audit.module.js';
import { IdentityModule } from '../../../identity/src/identity.module.js';
import { IssuanceModule } from '../../../issuance/src/issuance.module.js';
import { RedemptionModule } from '../../../redemption/src/redemption.module.js';
import { SettlementModule } from '../../../settlement/src/settlement.module.js';
import { startLocalIdentity, type LocalIdentity } from '../bench/local-identity.js';
import type { Ground } from './ground.js';

const MODULES = {
  issuance: IssuanceModule, redemption: RedemptionModule, settlement: SettlementModule, audit: AuditModule, identity: IdentityModule,
};
/** Longer than any play: whoever simulates says when the relay sends again. */
const RESEND_MS = 3_600_000;
/** Identity waits for a mail server that there is none of. */
const WAITING = 'identity';
const STUCK_MS = 30_000;

export type Answer = Readonly<{ status: number; body: Readonly<Record<string, unknown>>; text: string }>;
type Parts = Readonly<{ running: RunningApp; identity: LocalIdentity; dataDir: string; admin: pg.Client }>;

export class SimulatedPlatform {
  private constructor(
    private readonly parts: Parts, readonly ground: Ground, readonly queue: SimulatedQueue, readonly clock: MovableClock,
  ) {}

  static async open(ground: Ground, start: string): Promise<SimulatedPlatform> {
    const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['identity-token'] });
    const [queue, clock, log] = [new SimulatedQueue(), fixedClock(start), pino({ level: process.env['LOG_LEVEL'] ?? 'silent' })];
    const identity = await startLocalIdentity(keyring);
    const dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-simulated-'));
    const settingsOf = (service: Schema): ServiceSettings => ({
      databaseUrl: ground.urlFor(service), queue: { kind: 'simulated', queue }, keyring, clock, identityUrl: identity.url,
      baseUrl: 'http://127.0.0.1', log, dataDir, resendMs: RESEND_MS, coolingOffHours: 0, holdFirstRemittance: false,
    });
    const app = await createServiceApp(SCHEMAS.map((service) => MODULES[service].register(settingsOf(service))), {
      logs: log, verifier: TokenVerifier.of(identity.url),
    });
    const running = await runApp(app, { host: '127.0.0.1', port: 0, logs: log, services: SCHEMAS });
    const admin = new pg.Client({ connectionString: ground.adminUrl });
    await admin.connect();
    return new SimulatedPlatform({ running, identity, dataDir, admin }, ground, queue, clock);
  }

  async close(): Promise<void> {
    const { running, identity, dataDir, admin } = this.parts;
    await running.close();
    await identity.close();
    await admin.end();
    rmSync(dataDir, { recursive: true, force: true });
  }

  async call(who: Principal, path: string, body: unknown, key: string): Promise<Answer> {
    const { running, identity } = this.parts;
    // A code was entered a moment ago, by the clock of the token.
    const token = await identity.tokenFor({ ...who, secondFactorTime: Math.floor(Date.now() / 1_000) });
    const response = await fetch(`${running.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': typeof body === 'string' ? 'application/xml' : 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return answerOf(response.status, await response.text());
  }

  async text(who: Principal, path: string): Promise<string> {
    const { running, identity } = this.parts;
    return (await fetch(`${running.url}${path}`, { headers: { authorization: `Bearer ${await identity.tokenFor(who)}` } })).text();
  }

  /** As the owner of the database: the simulation looks at rows, and turns the relay's clock. */
  async rows<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.parts.admin.query<Row>(sql, values)).rows;
  }

  /** Resolves when each service has done what it does by itself, and everything that was committed is in the queue or lost. */
  async settled(): Promise<void> {
    const deadline = performance.now() + STUCK_MS;
    while (!(await this.isSent() && await this.isWorkedOff() && await this.isSent())) {
      if (performance.now() > deadline) throw new Error('a service never comes to rest');
      await new Promise((resume) => { setTimeout(resume, 1); });
    }
  }

  private async isWorkedOff(): Promise<boolean> {
    for (const service of this.parts.running.lifecycles) if (service.name !== WAITING && !(await service.isWorkedOff())) return false;
    return true;
  }

  private async isSent(): Promise<boolean> {
    const waiting = await this.rows<{ id: string; receiver: string; sent: boolean }>(UNSENT);
    return waiting.every(({ id, receiver, sent }) => sent && this.queue.hasSeen(`${receiver}.inbox`, id));
  }
}

/** What still has no number; and of each receiver the window of the relay, with what it has to send, again or for the first time. */
const UNSENT = SCHEMAS.map((sender) => `
  select '' as id, '' as receiver, false as sent where exists (select from ${sender}.outbox)
  union all
  select '${sender}-' || w.receiver || '-' || w.batch_no || '-' || w.try, w.receiver,
    w.sent_at is not null and (w.place > 5 or w.sent_at > clock_timestamp() - interval '30 minutes')
  from ${sender}.receiver_position r cross join lateral (
    select s.receiver, s.batch_no, s.try, s.sent_at, row_number() over (order by s.batch_no) as place
    from ${sender}.sent_batch s where s.receiver = r.receiver and s.acknowledged_at is null order by s.batch_no limit 50) w`).join(' union all ');

function answerOf(status: number, text: string): Answer {
  const isJson = text.startsWith('{') || text.startsWith('[');
  return { status, text, body: isJson ? JSON.parse(text) as Answer['body'] : {} };
}
