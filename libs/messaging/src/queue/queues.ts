// The queue, seen from the rest: jobs with our own ids, one worker per queue, whichever engine is below. Nothing here is
// trusted to last: what must not be lost is a row in PostgreSQL, and the relay sends it again.
import type { Job as BullJob, Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { Timing } from '../limits.js';
import { QuietLog } from '../quiet-log.js';
import type { Engine } from './engine.js';
import { openPostgres } from './postgres.js';
import type { Delivery, Outgoing, QueuePort, QueueWorker } from './port.js';
import { openRedis } from './redis.js';
import type { SimulatedQueue } from './simulated.js';

export type QueueSettings =
  /** `url`: signed in as the service's own role, which is a member of the role that may use the schema `bullmq`. */
  | Readonly<{ kind: 'postgres'; url: string }>
  /** `redis://`, `rediss://`, or several nodes: `redis+cluster://a:7000,b:7000`, `redis+sentinel://a:26379,b:26379/main`. */
  | Readonly<{ kind: 'redis'; url: string }>
  /** For simulations only: nothing arrives unless whoever simulates hands it over. */
  | Readonly<{ kind: 'simulated'; queue: SimulatedQueue }>;

// Finished jobs stay for a while so that a doubled `add` finds its id taken; bounded by number because each holds a batch.
const KEPT = { removeOnComplete: { age: 3600, count: 50 }, removeOnFail: { age: 86_400, count: 50 } } as const;
const NOT_KEPT = { removeOnComplete: true, removeOnFail: true } as const;
const DELIVERIES_MAX = 3;
const READY_ATTEMPTS_MAX = 5;
const AFTER_FAILURE_MS = 250;

export class Queues implements QueuePort {
  private readonly opened = new Map<string, Promise<Queue>>();
  private readonly quiet: QuietLog;

  private constructor(private readonly engine: Engine, log: Logger, private readonly timing: Timing) {
    this.quiet = new QuietLog(log);
  }

  /** Throws StartupFault when the queue's server cannot be used. */
  static async open(settings: QueueSettings, log: Logger, timing: Timing): Promise<QueuePort> {
    if (settings.kind === 'simulated') return settings.queue;
    const quiet = new QuietLog(log);
    const onError = (error: unknown) => quiet.error('queue connection', error);
    const engine = settings.kind === 'redis' ? await openRedis(settings.url, onError) : await openPostgres(settings.url, onError);
    return new Queues(engine, log, timing);
  }

  async send(queue: string, { id, name, data, keep }: Outgoing): Promise<void> {
    const backoff = { type: 'fixed', delay: this.timing.retryMs };
    const target = await this.queue(queue);
    // Never addBulk: on PostgreSQL it creates a sequence and temporary tables, which the service's role may not.
    await target.add(name, data, { jobId: id, attempts: DELIVERIES_MAX, backoff, ...(keep ? KEPT : NOT_KEPT) });
  }

  async isUnderway(queue: string, id: string): Promise<boolean> {
    const state = await (await this.queue(queue)).getJobState(id);
    return state === 'waiting' || state === 'active' || state === 'delayed' || state === 'prioritized';
  }

  async waitingCount(queue: string): Promise<number> {
    return (await this.queue(queue)).getWaitingCount();
  }

  async consume(queue: string, take: (delivery: Delivery) => Promise<void>, atOnce = 1): Promise<QueueWorker> {
    const process = ({ id, name, data, attemptsMade, stalledCounter }: BullJob) =>
      take({ id: id ?? '', name, data, failures: attemptsMade, stalls: stalledCounter });
    const worker = await this.readyWorker(queue, process, atOnce);
    slowDownFailures(worker);
    worker.run().catch((error: unknown) => this.quiet.error(`queue worker ${queue}`, error));
    return { close: () => within(this.timing.stopMs, worker.close()) };
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.opened.values());
    const queues = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.allSettled(queues.map((queue) => within(this.timing.stopMs, queue.close())));
    await within(this.timing.stopMs, this.engine.close());
  }

  /**
   * The PostgreSQL backend remembers a failed first connection for ever, and a running worker then spins without ever
   * giving way to anything else. So a worker runs only when it is ready, and one that is not is thrown away.
   */
  private async readyWorker(queue: string, process: (job: BullJob) => Promise<void>, atOnce: number): Promise<Worker> {
    for (let attempt = 1; ; attempt += 1) {
      const worker = this.engine.worker(queue, process, {
        autorun: false,
        concurrency: atOnce,
        lockDuration: this.timing.lockMs,
        stalledInterval: this.timing.stalledMs,
        // A job whose worker died is never given up by the queue: the host counts the tries of each message itself.
        maxStalledCount: 1_000_000,
        // After a refused connection the library would wait 15 s.
        runRetryDelay: 1000,
        // An idle worker looks this often (seconds) by itself: all that helps it when its wake-up call was lost with a line.
        drainDelay: 2,
      });
      worker.on('error', (error) => this.quiet.error(`queue worker ${queue}`, error));
      try {
        await worker.waitUntilReady();
        return worker;
      } catch (error) {
        await within(this.timing.stopMs, worker.close());
        if (attempt === READY_ATTEMPTS_MAX) throw error;
        await new Promise((resume) => { setTimeout(resume, AFTER_FAILURE_MS); });
      }
    }
  }

  private queue(name: string): Promise<Queue> {
    const known = this.opened.get(name);
    if (known) return known;
    const opening = this.openQueue(name);
    this.opened.set(name, opening);
    return opening;
  }

  private async openQueue(name: string): Promise<Queue> {
    const queue = this.engine.queue(name);
    queue.on('error', (error: unknown) => this.quiet.error(`queue ${name}`, error));
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      // The PostgreSQL backend remembers a failed first connection for ever: the next use makes a new object.
      this.opened.delete(name);
      await queue.close().catch(() => undefined);
      throw error;
    }
  }
}

/** A fetch that fails is tried again at once by the library, for ever: against a server that starts up, a storm. */
function slowDownFailures(worker: Worker): void {
  const backend = worker.getBackend();
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = async (...args) => {
    try {
      return await moveToActive(...args);
    } catch (error) {
      await new Promise((resume) => { setTimeout(resume, AFTER_FAILURE_MS); });
      throw error;
    }
  };
}

/** Waits for `work`, at most `limitMs`: a stop must end, and what is left is done again after the next start. */
async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => { timer = setTimeout(resolve, limitMs); });
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}
