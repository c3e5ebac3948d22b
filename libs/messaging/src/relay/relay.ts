// The relay of one service: numbers what was committed, sends what was numbered, hears what was taken. It may run in any
// number of processes and be killed anywhere; after an empty restart of the queue it sends again by itself.
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Service } from '#libs/contracts';
import { acknowledgementSchema } from '../batch.js';
import type { Timing } from '../limits.js';
import type { Delivery, QueuePort, QueueWorker } from '../queue/port.js';
import { QuietLog } from '../quiet-log.js';
import { acknowledgementsOf, type Routing } from '../routing.js';
import type { OutboxRow } from './cut-batches.js';
import { numberOutbox } from './number-outbox.js';
import { purgeSent } from './purge.js';
import { sendBatches } from './send-batches.js';
import { takeAcknowledgement } from './take-acknowledgement.js';

const GROWTH = 1.5;
const AFTER_ERROR_MS = 500;

export type RelaySettings = Readonly<{
  service: Service; pool: pg.Pool; queues: QueuePort; routing: Routing; timing: Timing; log: Logger;
  /** Fewer rows of the outbox per pass than the limit: a simulation takes one, so that batches are cut alike in each run. */
  rowsMax?: number;
}>;

export class Relay {
  private stopped = false;
  private woken = false;
  private endSleep: (() => void) | undefined;
  private loop: Promise<void> | undefined;
  private worker: QueueWorker | undefined;
  private purgedAt = -Infinity;
  private readonly quiet: QuietLog;
  /** True after a receiver acknowledged what this database never sent. */
  isOlderThanSent = false;

  constructor(private readonly settings: RelaySettings) {
    this.quiet = new QuietLog(settings.log);
  }

  async start(): Promise<void> {
    const { queues, service } = this.settings;
    this.worker = await queues.consume(acknowledgementsOf(service), (delivery) => this.acknowledged(delivery));
    this.loop = this.run();
  }

  /** Finishes the pass that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
    await this.worker?.close();
  }

  /** After a commit, to save the rest of the poll interval. Nothing depends on it. */
  wake(): void {
    this.woken = true;
    this.endSleep?.();
  }

  private async run(): Promise<void> {
    const { pollMinMs, pollMaxMs } = this.settings.timing;
    let pause = pollMinMs;
    while (!this.stopped) {
      this.woken = false;
      try {
        // While there is work the next pass follows at once: batches fill up while the one before is on its way.
        pause = (await this.pass()) ? 0 : Math.min(Math.max(pause * GROWTH, pollMinMs), pollMaxMs);
      } catch (error) {
        this.quiet.error('relay pass failed', error);
        pause = AFTER_ERROR_MS;
      }
      if (pause > 0 && !this.woken && !this.stopped) await this.sleep(pause);
    }
  }

  /** One look at the tables, and what it calls for. True when something moved. */
  private async pass(): Promise<boolean> {
    const { pool, service, routing, queues, rowsMax, timing: { resendMs, keepSentMs, purgeMs } } = this.settings;
    const { rows } = await pool.query<{ outbox: boolean; unacknowledged: boolean }>(`
      select exists (select 1 from ${service}.outbox) as outbox,
             exists (select 1 from ${service}.sent_batch where acknowledged_at is null) as unacknowledged`);
    const look = rows[0]!;
    const numbering = { service, routing, ...(rowsMax && { rowsMax }), onUnroutable: (row: OutboxRow) => this.heldBack(row) };
    const moved = look.outbox ? await numberOutbox(pool, numbering) : 0;
    const sent = moved > 0 || look.unacknowledged ? await sendBatches({ pool, queues, service, resendMs }) : 0;
    if (performance.now() - this.purgedAt > purgeMs) {
      this.purgedAt = performance.now();
      await purgeSent(pool, service, keepSentMs);
    }
    return moved > 0 || sent > 0;
  }

  private async acknowledged({ data }: Delivery): Promise<void> {
    const parsed = acknowledgementSchema.safeParse(data);
    if (!parsed.success) return this.quiet.error('malformed acknowledgement', parsed.error);
    const { pool, service } = this.settings;
    if (await takeAcknowledgement(pool, service, parsed.data)) return this.wake();
    this.isOlderThanSent = true;
    const { receiver, batchNo } = parsed.data;
    this.quiet.error('database older than what it sent', `${receiver} has batch ${batchNo}: see docs/runbooks/dead-letters.md`);
  }

  private heldBack({ id, messages }: { id: string; messages: readonly { type: string }[] }): void {
    const types = messages.map(({ type }) => type).join(', ');
    this.quiet.error('outbox row held back', `row ${id}: this version does not know where to send ${types.slice(0, 200)}`);
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const relay = this;
      function done() {
        clearTimeout(timer);
        relay.endSleep = undefined;
        resolve();
      }
      this.endSleep = done;
    });
  }
}
