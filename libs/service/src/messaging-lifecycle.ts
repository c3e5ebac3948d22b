// What every service that sends and takes messages runs: its messages, the watch over its own invariants, and whatever
// loop it has besides. A service adds its consumers and its loops, and nothing else.
import pg from 'pg';
import { ImpersonationReadV1, InvariantBrokenV1, MandateReadV1, type BodyOf } from '#libs/contracts';
import { watchInvariants, type Broken, type InvariantWatch } from '#libs/invariants';
import { createMessaging, type Consumer, type Messaging } from '#libs/messaging';
import { poolConfig, type Tx, type UnitOfWork } from '#libs/persistence';
import { forgetPast } from '#libs/retention';
import type { HealthCheck } from './health.js';
import type { Lifecycle } from './lifecycle.js';
import type { Loop } from './loop.js';
import { OrderlyStop } from './orderly-stop.js';
import { RoomLeft } from './room-left.js';
import type { ServiceSettings } from './settings.js';
import { WakefulLoop } from './wakeful-loop.js';

const RETENTION_POLL_MS = 3_600_000;

export type MessagingParts = Readonly<{
  service: 'issuance' | 'redemption' | 'settlement' | 'audit' | 'identity';
  work: UnitOfWork;
  consumers: readonly Consumer[];
  /** Batches of the inbox taken together (1). */
  atOnce?: number;
  loops?: readonly Loop[];
}>;

/** What somebody looked at under a mandate. */
export type Reading = BodyOf<typeof MandateReadV1>;

/** What somebody of the operator looked at as an organisation. */
export type ImpersonationReading = BodyOf<typeof ImpersonationReadV1>;

/** What a key of an organisation asked. */
export type KeyRequest = Readonly<{
  keyId: string; partyId: string; method: string;
  /** Its pattern: an address may hold an id, and a query what somebody typed. */
  route: string;
  status: number; tookMs: number; requestId: string; answeredAt: Date;
}>;

export class MessagingLifecycle implements Lifecycle {
  readonly name: string;
  protected readonly messaging: Messaging;
  private readonly pool: pg.Pool;
  private readonly work: UnitOfWork;
  private readonly watch: InvariantWatch;
  private readonly loops: readonly Loop[];
  private readonly parts = new OrderlyStop();
  private readonly room: RoomLeft;
  private telling: Promise<void> = Promise.resolve();
  /** Read at the start: an installation is closed and reopened while no service runs. */
  private isCeded = false;

  /** Connects lazily: nothing is asked of the database before start(). */
  constructor(private readonly settings: ServiceSettings, { service, work, consumers, atOnce = 1, loops = [] }: MessagingParts) {
    const { databaseUrl, queue, log, resendMs } = settings;
    this.name = service;
    this.work = work;
    this.pool = new pg.Pool(poolConfig(databaseUrl, `mereau ${service} messages`));
    // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
    this.pool.on('error', (error) => log.warn({ err: error }, `an idle connection of ${service} was lost`));
    this.room = new RoomLeft(this.pool);
    this.messaging = createMessaging({ service, work, pool: this.pool, queue, log, consumers, atOnce, timing: { resendMs } });
    this.watch = watchInvariants({
      schema: service, url: databaseUrl,
      onBroken: (broken) => {
        log.error(broken, 'an invariant is broken');
        this.telling = this.telling.then(() => this.tellBroken(broken))
          .catch((error: unknown) => log.error({ err: error }, 'a broken invariant could not be told: stop paying by hand'));
      },
      onFault: (error) => log.warn({ err: error }, 'the invariants could not be checked'),
    });
    work.onCommit(() => this.messaging.wake());
    this.loops = [...loops, this.retention()];
    for (const loop of this.loops) this.parts.add('loops', loop.name, () => loop.stop());
    this.parts.add('loops', 'invariants', async () => { await this.watch.stop(); await this.telling; });
    this.parts.add('workers', `${service} messages`, () => this.messaging.stop());
    this.parts.add('database', `${service} client`, () => work.client.$disconnect());
    this.parts.add('database', `${service} pool`, () => this.pool.end());
  }

  /** To settlement, which then lets no money go, and to audit. */
  async tellBroken({ invariant, holds, rowNamed, detail }: Broken): Promise<void> {
    await this.work.once({ kind: 'process', name: 'invariants', correlationId: `invariant:${invariant}` }, async (tx) => {
      await tx.emit(InvariantBrokenV1, {
        subject: `invariant:${invariant}`,
        body: {
          invariant, holds: holds.slice(0, 500), rowNamed: rowNamed.slice(0, 300), detail: detail.slice(0, 500),
          foundAt: tx.now.toISOString(),
        },
      });
      return null;
    });
  }

  /** Nobody waits for it: what is past its time today may go an hour later. */
  private retention(): Loop {
    const { clock, log } = this.settings;
    return new WakefulLoop({
      name: 'retention', pollMs: RETENTION_POLL_MS, isIdle: () => true,
      look: () => forgetPast(this.pool, this.name as MessagingParts['service'], clock.override() ?? new Date()),
    }, log);
  }

  /** Committed before the answer is made: nothing is read without its row. */
  async keepReading(reading: Reading, correlationId: string): Promise<void> {
    const meta = { kind: 'process', name: 'readings', correlationId, actor: { kind: 'user', id: reading.userId } } as const;
    await this.work.once(meta, async (tx) => { await this.tellReading(tx, reading); return null; });
  }

  /** Likewise. */
  async keepImpersonationReading(reading: ImpersonationReading, correlationId: string): Promise<void> {
    const meta = { kind: 'process', name: 'readings', correlationId, actor: { kind: 'user', id: reading.userId } } as const;
    await this.work.once(meta, async (tx) => { await this.tellImpersonationReading(tx, reading); return null; });
  }

  /** After the answer: what a killed process did not keep is missing, and nothing else. */
  async noteKeyRequest({ keyId, partyId, method, route, status, tookMs, requestId, answeredAt }: KeyRequest): Promise<void> {
    await this.pool.query(
      `insert into ${this.name}.key_request (id, key_id, party_id, method, route, status, took_ms, request_id, asked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [this.work.settings.ids.next(), keyId, partyId, method, route, status, tookMs, requestId, answeredAt]);
  }

  /** Its id. */
  protected tellImpersonationReading(tx: Tx, reading: ImpersonationReading): Promise<string> {
    return tx.emit(ImpersonationReadV1, { subject: `impersonation:${reading.impersonationId}`, body: reading });
  }

  protected async tellReading(tx: Tx, reading: Reading): Promise<void> {
    await tx.emit(MandateReadV1, { subject: `mandate:${reading.mandateIds[0]}`, body: reading });
  }

  /** At once, for whoever does not want to wait a minute; what is found is told. */
  async checkInvariants(): Promise<void> {
    await this.watch.look();
    await this.telling;
  }

  async start(): Promise<void> {
    this.isCeded = await this.askCeded();
    if (this.isCeded) {
      this.settings.log.warn(`${this.name} was ceded to another operator: it shows what it has, and takes and sends nothing`);
      for (const loop of this.loops.filter(({ forReading }) => forReading)) await loop.start();
      return;
    }
    await this.messaging.start();
    for (const loop of this.loops) await loop.start();
    this.watch.start();
  }

  private async askCeded(): Promise<boolean> {
    const { rows: [row] } = await this.pool.query<{ ceded: boolean }>(`select ${this.name}.is_ceded() as ceded`);
    return row!.ceded;
  }

  async stop(): Promise<void> {
    for (const { name, reason } of await this.parts.run()) this.settings.log.error({ err: reason }, `${name} did not stop in order`);
  }

  checks(): Record<string, HealthCheck> {
    return {
      database: async () => ((await this.pool.query('select 1')).rowCount === 1 ? 'ok' : 'failed'),
      disk: () => this.room.state(),
      messages: async () => (this.isCeded ? 'ok' : (await this.messaging.health()).state),
    };
  }

  async idle(): Promise<boolean> {
    return await this.isWorkedOff() && (this.isCeded || await this.messaging.idle());
  }

  isAtRest(): boolean {
    return this.work.isAtRest();
  }

  async isWorkedOff(): Promise<boolean> {
    if (this.isCeded) return true;
    for (const loop of this.loops) if (!(await loop.isIdle())) return false;
    return true;
  }
}
