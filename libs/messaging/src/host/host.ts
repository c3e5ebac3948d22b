// The consumer host of one service: one worker on its inbox. Several hosts of a service may run; two may even get the
// same batch at once. What makes effects happen once is in the database (take-batch.ts), never here.
import type { Logger } from 'pino';
import { batchSchema, type Batch } from '../batch.js';
import type { Timing } from '../limits.js';
import type { Delivery, QueuePort, QueueWorker } from '../queue/port.js';
import { QuietLog } from '../quiet-log.js';
import { inboxOf } from '../routing.js';
import { Acknowledger } from './acknowledger.js';
import { BatchTaker, type Gear, type TakerSettings } from './take-batch.js';

/** The batch comes again: messages of it failed and have tries left. */
class NotYet extends Error {
  override name = 'NotYet';
}

export type HostSettings = TakerSettings & Readonly<{
  queues: QueuePort; timing: Timing;
  /** Batches in hand together. */
  atOnce: number;
  /** After a batch was committed: what it emitted can go on at once. */
  onTaken(): void;
}>;

export class ConsumerHost {
  private readonly taker: BatchTaker;
  private readonly acknowledger: Acknowledger;
  private readonly quiet: QuietLog;
  private readonly log: Logger;
  private worker: QueueWorker | undefined;
  private watch: NodeJS.Timeout | undefined;
  private inHand = 0;
  private beats = 0;
  private heardAt = performance.now();

  constructor(private readonly settings: HostSettings) {
    this.log = settings.log;
    this.quiet = new QuietLog(settings.log);
    this.taker = new BatchTaker(settings);
    this.acknowledger = new Acknowledger(settings.service, settings.queues, this.quiet);
  }

  async start(): Promise<void> {
    this.heardAt = performance.now();
    await this.listen();
    this.watch = setInterval(() => { void this.beat(); }, this.settings.timing.beatMs);
    this.watch.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.watch);
    await this.worker?.close();
    await this.acknowledger.flush();
  }

  isIdle(): boolean {
    return this.inHand === 0 && this.acknowledger.isIdle();
  }

  /** Since this worker last took a job; with jobs waiting, a sign that it sleeps (BullMQ 4585). */
  silentMs(): number {
    return performance.now() - this.heardAt;
  }

  private async listen(): Promise<void> {
    const { queues, service, atOnce } = this.settings;
    this.worker = await queues.consume(inboxOf(service), (delivery) => this.take(delivery), atOnce);
  }

  private async take(delivery: Delivery): Promise<void> {
    this.heardAt = performance.now();
    if (delivery.name === 'beat') return;
    const parsed = batchSchema.safeParse(delivery.data);
    // Not a message: bytes that the queue has spoiled or somebody else has put there. The true batch comes again.
    if (!parsed.success || parsed.data.receiver !== this.settings.service) {
      this.quiet.error('not a batch for this service', parsed.error ?? delivery.id);
      return;
    }
    this.inHand += 1;
    try {
      await this.takeBatch(parsed.data, delivery);
    } finally {
      this.inHand -= 1;
    }
  }

  private async takeBatch(batch: Batch, delivery: Delivery): Promise<void> {
    try {
      const { position, open } = await this.taker.take(batch, gearFor(delivery));
      this.acknowledger.acknowledge(batch.sender, position.batchNo);
      this.settings.onTaken();
      if (open > 0) throw new NotYet(`${open} messages of batch ${delivery.id} will be tried again`);
    } catch (error) {
      if (!(error instanceof NotYet)) this.quiet.error(`batch of ${batch.sender} not taken`, error);
      throw error;
    }
  }

  /**
   * A job of our own that any host of the service may take. If jobs wait while this worker has heard nothing for a
   * minute, it sleeps although it looks alive: it is replaced.
   */
  private async beat(): Promise<void> {
    const { queues, service, timing: { asleepMs, beatMs } } = this.settings;
    try {
      if (this.inHand > 0 || this.silentMs() < beatMs) return;
      if (this.silentMs() > asleepMs && await queues.waitingCount(inboxOf(service)) > 0) {
        this.log.error({ silentMs: this.silentMs() }, 'worker heard nothing while jobs wait: it is replaced');
        const asleep = this.worker;
        await this.listen();
        await asleep?.close();
      }
      this.beats += 1;
      // One waiting beat is enough: the same id, until it is taken.
      const beat = { id: `beat-${service}`, name: 'beat', data: { beat: this.beats }, keep: false };
      await queues.send(inboxOf(service), beat);
    } catch (error) {
      this.quiet.error('heartbeat failed', error);
    }
  }
}

/** What the deliveries before say about the batch. */
function gearFor({ failures, stalls }: Delivery): Gear {
  if (stalls > 0) return 'in slices';
  return failures > 0 ? 'apart' : 'together';
}
