// Collects what tills ask and answers it in batches: while one batch is at the database the next one gathers, so that
// under load many redemptions share one commit, and alone one waits for nobody. One lane per process, no timer.
import type pg from 'pg';
import type { Logger } from 'pino';
import { assert, type Clock, type RedemptionId, type Rejected } from '#libs/kernel';
import { TILL_BATCH_MAX, TILL_WAITING_MAX } from '../limits.js';
import { nextStep, type Failure } from './batch-failure.js';
import { Problem } from '#libs/http';
import type { Authorisation } from '../authorise-redemption/authorise-redemption.decision.js';
import type { Checked } from '../check-voucher/check-voucher.decision.js';
import {
  foldBatch, vouchersOf, type Answer, type Authorise, type Check, type Loaded, type RedemptionAnswer, type TillAttempt,
} from './fold-batch.decision.js';
import { isAccreditedForAny, type Reference } from './reference.decision.js';
import { loadReference } from './reference.store.js';
import { hashOf } from './request-hash.js';
import type { TillPool } from './till-pool.js';
import { closeBatch, loadLastUses, openBatch, rollback, type Opened } from './till.store.js';

/** The outcome is not known or not reached: the till asks again with the same key. Never a refusal. */
export class TillUnavailable extends Error {
  override name = 'TillUnavailable';
}

/** For the edge: a till that gets a 503 asks again with the same key. */
export const orUnavailable = <Told>(answer: Promise<Told>): Promise<Told> => answer.catch((error: unknown) => {
  throw error instanceof TillUnavailable ? new Problem('unavailable') : error;
});

export type CollectorOptions = Readonly<{
  pool: TillPool;
  clock: Clock;
  log: Pick<Logger, 'error'>;
}>;

type Item = { attempt: TillAttempt; resolve: (answer: Answer) => void; reject: (error: Error) => void };

export class Collector {
  private waiting: Item[] = [];
  private running: Promise<void> | undefined;
  private stopped = false;
  private reference: Reference | undefined;
  private committed: () => void = () => undefined;

  constructor(private readonly options: CollectorOptions) {}

  /** `committed` is called after each commit that left messages. */
  onCommit(committed: () => void): void {
    this.committed = committed;
  }

  /** Rejects with TillUnavailable, or with the fault of our own that this attempt met. What is answered follows from the step. */
  submit(attempt: TillAttempt & { step: Check }): Promise<Checked | Rejected>;
  submit(attempt: TillAttempt & { step: Authorise }): Promise<Authorisation | Rejected>;
  submit(attempt: TillAttempt): Promise<RedemptionAnswer>;
  submit(attempt: TillAttempt): Promise<Answer> {
    if (this.stopped || this.waiting.length >= TILL_WAITING_MAX) {
      return Promise.reject(new TillUnavailable(this.stopped ? 'stopping' : 'too many attempts wait'));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ attempt, resolve, reject });
      this.running ??= this.run();
    });
  }

  /**
   * All or no answer, in the order given: when one is not known to be decided, the till repeats all of them, and those that were
   * decided are told again as they were. Rejects with the Problem for the edge.
   */
  async submitAll(attempts: readonly TillAttempt[]): Promise<RedemptionAnswer[]> {
    const outcomes = await Promise.allSettled(attempts.map((attempt) => orUnavailable(this.submit(attempt))));
    return outcomes.map((outcome) => {
      if (outcome.status === 'fulfilled') return outcome.value;
      throw outcome.reason;
    });
  }

  /** Peppers of the batches known so far; what the till route hashes a code with. */
  pepperKeyIds(): readonly string[] {
    return this.reference?.pepperKeyIds ?? [];
  }

  /** Reads what tills decide by before the first of them asks. Throws when the database is away. */
  async start(): Promise<void> {
    assert(!this.running, 'a collector is started before it is asked');
    const reading = this.attempt([]);
    // Who asks meanwhile waits: the lane runs one transaction at a time.
    this.running = reading.then(() => this.run(), () => this.run());
    await reading;
  }

  /** Answers what waits, then lets go of the connection. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    await this.options.pool.close();
  }

  isIdle(): boolean {
    return this.running === undefined;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      // One turn of the loop first: requests that have arrived meanwhile are read and join this batch.
      await new Promise((resume) => { setImmediate(resume); });
      const items = this.waiting.splice(0, TILL_BATCH_MAX);
      await this.settle(items);
    }
    this.running = undefined;
  }

  private async settle(items: readonly Item[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const failed = await this.trySettle(items);
      if (!failed) return;
      const step = nextStep({ ...failed, attempt, count: items.length });
      if (step === 'repeat') continue;
      if (step === 'one-by-one') {
        for (const item of items) await this.settle([item]);
        return;
      }
      this.options.log.error({ err: failed.error, step, phase: failed.phase, count: items.length }, 'a till batch failed');
      const error = step === 'unavailable' ? new TillUnavailable('the database did not answer', { cause: failed.error }) : failed.error as Error;
      for (const { reject } of items) reject(error);
      return;
    }
  }

  private async trySettle(items: readonly Item[]): Promise<BatchFault | undefined> {
    try {
      const answers = await this.attempt(items.map(({ attempt }) => attempt));
      items.forEach(({ resolve }, index) => resolve(answers[index]!));
      return undefined;
    } catch (error) {
      return error instanceof BatchFault ? error : new BatchFault(error, 'connect', true);
    }
  }

  /** One transaction: lock and load, decide, write and commit. Throws BatchFault. */
  private async attempt(attempts: readonly TillAttempt[]): Promise<readonly Answer[]> {
    const client = await this.options.pool.client();
    let phase: Failure['phase'] = 'load';
    try {
      const loaded = await this.load(client, attempts);
      const { answers, writes } = foldBatch(attempts, loaded, hashOf);
      phase = 'write';
      await closeBatch(client, writes, loaded.at);
      if (writes.redeemed.length + writes.authorised.length > 0) this.committed();
      return answers;
    } catch (error) {
      const alive = await rollback(client).then(() => true, () => false);
      if (!alive) this.options.pool.discard(client);
      throw new BatchFault(error, phase, !alive);
    }
  }

  private async load(client: pg.Client, attempts: readonly TillAttempt[]): Promise<Loaded> {
    const opened = await openBatch(client, attempts);
    if (this.reference?.version !== opened.referenceVersion) this.reference = await loadReference(client, opened.referenceVersion);
    const used = usedBefore(attempts, opened, this.reference);
    const lastUses = used.length > 0 ? await loadLastUses(client, used) : new Map();
    return { ...opened, reference: this.reference, at: this.options.clock.override() ?? opened.at, lastUses };
  }
}

class BatchFault extends Error {
  constructor(readonly error: unknown, readonly phase: Failure['phase'], readonly connectionLost: boolean) {
    super('a till batch failed', { cause: error });
  }
}

/**
 * The last redemptions of vouchers that hold nothing any more. Not for a place that is accredited for nothing on that day: it is told
 * that there is no such voucher, and the time of one statement more would tell it that there is.
 */
const usedBefore = (attempts: readonly TillAttempt[], { vouchers }: Opened, { places }: Reference): readonly RedemptionId[] =>
  attempts.flatMap(vouchersOf).flatMap(({ placeId, serviceDate, codeMacs }) => {
    const place = places.get(placeId);
    if (!place || !isAccreditedForAny(place, serviceDate)) return [];
    const found = codeMacs.map((mac) => vouchers.get(mac)).find((voucher) => voucher !== undefined);
    return found?.balance === 0n && found.lastRedemptionId ? [found.lastRedemptionId] : [];
  });
