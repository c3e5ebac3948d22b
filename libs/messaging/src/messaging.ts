// Everything about messages that one service runs: its relay, its consumer host, its replays. Also inside one process all
// messages go outbox, relay, queue, inbox.
import type { Rejected } from '#libs/kernel';
import type { Service } from '#libs/contracts';
import type { UnitOfWork } from '#libs/persistence';
import type pg from 'pg';
import type { Logger } from 'pino';
import { Replayer, type Replayed } from './dead-letters.js';
import { judge, readStanding, type MessagingHealth } from './health.js';
import { checkConsumers, type Consumer } from './host/consumer.js';
import { ConsumerHost } from './host/host.js';
import { TIMING, type Timing } from './limits.js';
import type { QueuePort } from './queue/port.js';
import { Queues, type QueueSettings } from './queue/queues.js';
import { QuietLog } from './quiet-log.js';
import { Relay } from './relay/relay.js';
import { CONTRACT_ROUTING, inboxOf, type Routing } from './routing.js';

export type MessagingSettings = Readonly<{
  service: Service;
  work: UnitOfWork;
  /** Signed in as the service's role; the relay needs two of its connections. */
  pool: pg.Pool;
  queue: QueueSettings;
  consumers: readonly Consumer[];
  /**
   * Batches of the inbox that are taken together (1). Two where what comes by the thousand would otherwise wait for itself, and no consumer
   * decides by what an earlier message left (ADR 0069).
   */
  atOnce?: number;
  log: Logger;
  timing?: Partial<Timing>;
  routing?: Routing;
}>;

export interface Messaging {
  /** Throws StartupFault when the queue cannot be used. */
  start(): Promise<void>;
  /** Relay first, then the worker, which finishes the batch in hand. */
  stop(): Promise<void>;
  /** After a commit that emitted. Lossy: the relay finds it anyway. */
  wake(): void;
  health(): Promise<MessagingHealth>;
  /** Nothing waits here. All services are done when all of them say so twice in a row. */
  idle(): Promise<boolean>;
  /** Throws when the message fails again; refuses (`dead_letter_replayed`) the second time. */
  replayDeadLetter(id: string): Promise<Replayed | Rejected>;
}

const REPLAY_POLL_MS = 2000;

/** Throws when the consumers do not match the routes. */
export function createMessaging(settings: MessagingSettings): Messaging {
  checkConsumers(settings.service, settings.consumers, settings.routing ?? CONTRACT_ROUTING);
  return new RunningMessaging(settings);
}

class RunningMessaging implements Messaging {
  private readonly timing: Timing;
  private readonly routing: Routing;
  private readonly replayer: Replayer;
  private readonly quiet: QuietLog;
  private queues: QueuePort | undefined;
  private relay: Relay | undefined;
  private host: ConsumerHost | undefined;
  private replayTimer: NodeJS.Timeout | undefined;
  private replaying: Promise<unknown> = Promise.resolve();
  private readonly onPoolError = (error: Error): void => this.quiet.error('database connection', error);

  constructor(private readonly settings: MessagingSettings) {
    const { service, work, consumers, log } = settings;
    this.timing = { ...TIMING, ...settings.timing };
    this.routing = settings.routing ?? CONTRACT_ROUTING;
    this.quiet = new QuietLog(log);
    this.replayer = new Replayer({ service, work, consumers, routing: this.routing, log });
  }

  async start(): Promise<void> {
    const { settings: { service, work, pool, queue, consumers, atOnce = 1, log }, timing, routing } = this;
    const queues = await Queues.open(queue, log, timing);
    // The pool drops a broken idle connection by itself; without a listener the event would end the process.
    pool.on('error', this.onPoolError);
    this.queues = queues;
    this.relay = new Relay({ service, pool, queues, routing, timing, log, ...(queue.kind === 'simulated' && { rowsMax: 1 }) });
    this.host = new ConsumerHost({ service, work, consumers, routing, log, queues, timing, atOnce, onTaken: () => this.wake() });
    try {
      await this.host.start();
      await this.relay.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
    const replay = () => { this.replaying = this.replaying.then(() => this.replayRequested()); };
    this.replayTimer = setInterval(replay, REPLAY_POLL_MS);
    this.replayTimer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.replayTimer);
    await this.replaying;
    await this.relay?.stop();
    await this.host?.stop();
    await this.queues?.close();
    this.settings.pool.off('error', this.onPoolError);
  }

  wake(): void {
    this.relay?.wake();
  }

  async health(): Promise<MessagingHealth> {
    const { settings: { pool, service }, timing, host, relay } = this;
    const silentMs = host?.silentMs() ?? 0;
    const worker = { silentMs, isAsleep: await this.isAsleep(silentMs), isOlderThanSent: relay?.isOlderThanSent ?? false };
    return judge(await readStanding(pool, service), worker, timing.gapAlarmMs);
  }

  async idle(): Promise<boolean> {
    const { settings: { pool, service }, host } = this;
    if (host && !host.isIdle()) return false;
    return (await readStanding(pool, service)).isQuiet && (host?.isIdle() ?? true);
  }

  replayDeadLetter(id: string): Promise<Replayed | Rejected> {
    return this.replayer.replay(id);
  }

  private async replayRequested(): Promise<void> {
    try {
      if (await this.replayer.replayRequested() > 0) this.wake();
    } catch (error) {
      this.quiet.error('looking for replays failed', error);
    }
  }

  /** Silent although jobs wait. When the queue does not answer, the gap alarm speaks for it. */
  private async isAsleep(silentMs: number): Promise<boolean> {
    if (silentMs < this.timing.asleepMs) return false;
    return (await this.queues?.waitingCount(inboxOf(this.settings.service)).catch(() => 0) ?? 0) > 0;
  }
}
