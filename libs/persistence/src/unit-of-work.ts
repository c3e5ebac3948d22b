// The only write path. A command runs once per key; its effects, its postings, its messages and its answer commit
// together or not at all. A conflict runs the whole again, at most five times.
import { reject, type Clock, type Ids, type Rejected } from '#libs/kernel';
import type { Meta, RequestMeta } from './meta.js';
import type { Schema, Sql, SqlClient } from './sql.js';
import { isConflict } from './transient.js';
import { Tx, type Origin } from './tx.js';

const ATTEMPTS_MAX = 5;
const OPTIONS = { maxWait: 10_000, timeout: 30_000 };

export type WorkSettings = Readonly<{ schema: Schema; clock: Clock; ids: Ids }>;
type Work<T> = (tx: Tx) => Promise<T>;
/** What `once` may answer besides the work's own outcome; its sentence stands in libs/http, with those of the edge. */
export type KeyReused = Rejected<'idempotency_key_reused'>;

export class UnitOfWork {
  private tellCommitted: () => void = () => undefined;
  private open = 0;

  constructor(readonly client: SqlClient, readonly settings: WorkSettings) {}

  /** `tell` is called after each commit: what was emitted need not wait until somebody looks for it. */
  onCommit(tell: () => void): void {
    this.tellCommitted = tell;
  }

  /**
   * Runs `work` once for this meta and returns its outcome, or the stored one when the key was used before.
   * Outcomes are stored in their wire shape: no bigint. Refusals are stored too, and stay told; their effects are undone.
   * Answers `idempotency_key_reused` when the key came with other content.
   */
  async once<T>(meta: Meta, work: Work<T>): Promise<NoInfer<T> | KeyReused> {
    if (meta.kind === 'message') return meta.tx.undoIfRejected(work);
    if (meta.kind === 'process') {
      const origin: Origin = { actor: meta.actor ?? { kind: 'system', id: meta.name }, correlationId: meta.correlationId, causationId: null };
      return this.transaction(origin, (tx) => tx.undoIfRejected(work));
    }
    const origin: Origin = { actor: meta.actor, correlationId: meta.correlationId, causationId: `request:${meta.key}` };
    return this.transaction(origin, async (tx) => {
      const known = await this.claimKey(tx.sql, meta);
      if (known) return known.hash === meta.requestHash ? (known.outcome as T) : reject('idempotency_key_reused');
      const outcome = await tx.undoIfRejected(work);
      await this.keepOutcome(tx.sql, meta, outcome);
      return outcome;
    });
  }

  isAtRest(): boolean {
    return this.open === 0;
  }

  /** One transaction with retries on conflict; what `work` emitted is written last. For once() and the consumer host. */
  async transaction<T>(origin: Origin, work: (tx: Tx) => Promise<T>): Promise<T> {
    this.open += 1;
    try {
      return await this.tryAgain(origin, work);
    } finally {
      this.open -= 1;
    }
  }

  private async tryAgain<T>(origin: Origin, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const outcome = await this.client.$transaction(async (sql) => {
          const tx = new Tx(this.settings.schema, sql, await this.now(sql), origin, () => this.settings.ids.next());
          const outcome = await work(tx);
          await tx.flush();
          return outcome;
        }, OPTIONS);
        this.tellCommitted();
        return outcome;
      } catch (error) {
        if (attempt >= ATTEMPTS_MAX || !isConflict(error)) throw error;
      }
    }
  }

  protected async now(sql: Sql): Promise<Date> {
    const override = this.settings.clock.override();
    if (override) return override;
    const [row] = await sql.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
    return row!.now;
  }

  /** Undefined when the key is new and now ours. A rival with the same key waits on this insert. */
  private async claimKey(sql: Sql, { key, callerId, route, requestHash }: RequestMeta) {
    const { schema } = this.settings;
    const inserted = await sql.$executeRawUnsafe(
      `insert into ${schema}.idempotency (key, caller, route, request_hash) values ($1::uuid, $2, $3, $4) on conflict do nothing`,
      key, callerId, route, requestHash,
    );
    if (inserted === 1) return undefined;
    const [row] = await sql.$queryRawUnsafe<{ hash: string; outcome: unknown }[]>(
      `select request_hash as hash, outcome from ${schema}.idempotency where caller = $1 and key = $2::uuid`, callerId, key,
    );
    return row;
  }

  private async keepOutcome(sql: Sql, { key, callerId }: RequestMeta, outcome: unknown): Promise<void> {
    await sql.$executeRawUnsafe(
      `update ${this.settings.schema}.idempotency set outcome = $1::jsonb where caller = $2 and key = $3::uuid`,
      JSON.stringify(outcome ?? null), callerId, key,
    );
  }
}
