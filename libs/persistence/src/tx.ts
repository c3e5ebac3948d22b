// One open transaction: what a handler reads (`sql`, `now`) and the only two ways in which money and messages are
// written. Both end in rows of the same transaction, so that neither exists without the other.
import { assert, isRejected } from '#libs/kernel';
import { LedgerPostedV1, type Actor, type BodyOf, type Contract, type Envelope, type Unnumbered } from '#libs/contracts';
import { assertPosting, type Ledger, type Posting } from '#libs/ledger';
import type { Schema, Sql } from './sql.js';

/** Why this transaction runs: who asked, in answer to which message. */
export type Origin = Readonly<{
  actor: Actor;
  correlationId: string;
  causationId: string | null;
  /** The message being handled, when a message is the cause. */
  message?: Envelope;
}>;

export type Fact<C extends Contract> = Readonly<{
  subject: string;
  subjectVersion?: number;
  body: BodyOf<C>;
  /** The transfers of this event, in this service's ledger, under the event's id. */
  posting?: Posting;
  /** Given only where the event's id is known before (a redemption's id is its key). */
  id?: string;
}>;

/** One message must fit into a batch of the relay (512 kB) with its number. */
export const MESSAGE_BYTES_MAX = 500_000;

/**
 * How a refusal is undone. `savepoint`: its effects alone. `whole`: not at all, which costs no round trip; then a refusal
 * throws UndoWhole, and whoever opened the transaction runs it again with savepoints.
 */
export type Undo = 'savepoint' | 'whole';
export class UndoWhole extends Error {
  override name = 'UndoWhole';
}

export class Tx {
  private emitted: Unnumbered[] = [];
  private undo: Undo = 'savepoint';

  constructor(
    readonly schema: Schema,
    readonly sql: Sql,
    /** The moment that counts for every decision in this transaction. */
    readonly now: Date,
    readonly origin: Origin,
    readonly newId: () => string,
  ) {}

  /** The same transaction, on behalf of another cause: one message of a batch. What it emits is its own until `keep`. */
  as(origin: Origin, undo: Undo = this.undo): Tx {
    const inner = new Tx(this.schema, this.sql, this.now, origin, this.newId);
    inner.undo = undo;
    return inner;
  }

  /** Takes over what `inner` emitted, once; not called for a message whose effects were rolled back. */
  keep(inner: Tx): void {
    this.emitted.push(...inner.emitted);
    inner.emitted = [];
  }

  /** Runs `work`; when it refuses, nothing that it wrote or emitted is left. */
  async undoIfRejected<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.undo === 'whole') {
      const outcome = await work(this);
      if (isRejected(outcome)) throw new UndoWhole(outcome.code);
      return outcome;
    }
    const before = this.emitted.length;
    await this.sql.$executeRawUnsafe('savepoint work');
    const outcome = await work(this);
    if (isRejected(outcome)) {
      await this.sql.$executeRawUnsafe('rollback to savepoint work');
      this.emitted.length = before;
    }
    return outcome;
  }

  /** Remembers a fact for every receiver of its type, with its posting; returns the event's id. */
  async emit<C extends Contract>(contract: C, fact: Fact<C>): Promise<string> {
    const [id] = await this.emitAll(contract, [fact]);
    return id!;
  }

  /** Many facts of one type, their postings in one round trip: a bank statement or a run holds thousands. */
  async emitAll<C extends Contract>(contract: C, facts: readonly Fact<C>[]): Promise<string[]> {
    const ids = facts.map(({ id }) => id ?? this.newId());
    facts.forEach(({ subject, subjectVersion = 1, body }, at) => this.emitted.push({
      id: ids[at]!, type: contract.type, subject, subjectVersion,
      occurredAt: this.now.toISOString(), causationId: this.origin.causationId, correlationId: this.origin.correlationId,
      actor: this.origin.actor, body: contract.schema.parse(body),
    }));
    await this.write(facts.flatMap(({ posting }, at) => (posting ? [{ eventId: ids[at]!, posting }] : [])));
    return ids;
  }

  /** A posting that has no event of its own: it travels to audit as `ledger.posted`. `reference` says what for. */
  async post(posting: Posting, reference: string): Promise<string> {
    const [id] = await this.postAll([{ posting, reference }]);
    return id!;
  }

  async postAll(entries: readonly Readonly<{ posting: Posting; reference: string }>[]): Promise<string[]> {
    return this.emitAll(LedgerPostedV1, entries.map(({ posting, reference }) => {
      const transfers = posting.transfers.map(({ debit, credit, amount, currency, reverses }, line) => ({
        line, debit, credit, amountCents: Number(amount), currency, reverses: reverses ?? null,
      }));
      const { rule: postingRule, custodyAccountId } = posting;
      return { subject: reference, body: { postingRule, reference, custodyAccountId, transfers }, posting };
    }));
  }

  /** This side's half of a crossing: posted under the id of the message that is being handled (L2). */
  async postTaken(posting: Posting): Promise<void> {
    const { message } = this.origin;
    assert(message, 'postTaken outside of a message');
    await this.write([{ eventId: message.id, posting }]);
  }

  /** The same for many messages that are handled together, each posting under the id of its own. */
  async postAllTaken(entries: readonly Readonly<{ message: Envelope; posting: Posting }>[]): Promise<void> {
    await this.write(entries.map(({ message, posting }) => ({ eventId: message.id, posting })));
  }

  /** Writes what was emitted as one outbox row; called once, last, by whoever opened the transaction. */
  async flush(): Promise<void> {
    if (this.emitted.length === 0) return;
    const messages = this.emitted.map((message) => JSON.stringify(message));
    this.emitted = [];
    for (const message of messages) assert(Buffer.byteLength(message) <= MESSAGE_BYTES_MAX, 'a message exceeds MESSAGE_BYTES_MAX');
    await this.sql.$executeRawUnsafe(`insert into ${this.schema}.outbox (messages) values ($1::jsonb)`, `[${messages.join(',')}]`);
  }

  private async write(postings: readonly Readonly<{ eventId: string; posting: Posting }>[]): Promise<void> {
    if (postings.length === 0) return;
    for (const { posting } of postings) assertPosting(this.schema as Ledger, posting);
    const rows = postings.flatMap(({ eventId, posting: { rule, custodyAccountId, transfers } }) =>
      transfers.map((transfer, line) => ({ eventId, rule, custodyAccountId, line, ...transfer })));
    await this.sql.$executeRawUnsafe(
      `insert into ${this.schema}.transfer
         (event_id, line, rule, debit, credit, amount, currency, custody_account_id, reverses_event_id, reverses_line, booked_at)
       select t.event_id, t.line, t.rule, t.debit, t.credit, t.amount, t.currency, t.custody_account_id, t.reverses_event_id, t.reverses_line, $11::timestamptz
       from unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::uuid[], $9::uuid[], $10::smallint[])
         with ordinality as t(event_id, line, rule, debit, credit, amount, currency, custody_account_id, reverses_event_id, reverses_line, place)
       order by t.place`,
      rows.map(({ eventId }) => eventId),
      rows.map(({ line }) => line),
      rows.map(({ rule }) => rule),
      rows.map(({ debit }) => debit),
      rows.map(({ credit }) => credit),
      rows.map(({ amount }) => amount.toString()),
      rows.map(({ currency }) => currency),
      rows.map(({ custodyAccountId }) => custodyAccountId),
      rows.map(({ reverses }) => reverses?.eventId ?? null),
      rows.map(({ reverses }) => reverses?.line ?? null),
      this.now,
    );
  }
}
