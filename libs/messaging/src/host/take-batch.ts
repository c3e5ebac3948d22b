// Handles one batch, so that each message has its effects once or is a dead letter. Three gears, each for what the one
// before cannot do: all together without savepoints (the usual case); together with a savepoint per message, when one
// refuses or fails; in slices, each in its own transaction and counted before it begins, when a process has died over the
// batch or a commit fails.
import type { Service } from '#libs/contracts';
import { isTransient, type Origin, type Tx, type UnitOfWork } from '#libs/persistence';
import type { Logger } from 'pino';
import type { Batch, RawMessage } from '../batch.js';
import { LIMITS } from '../limits.js';
import type { Routing } from '../routing.js';
import type { Consumer } from './consumer.js';
import { countTries, forgetTries, readTries, setReason, uncountTries } from './dead-letter.store.js';
import { claimNumbers, isComplete, NumberingFault, readKnown, recordBatch, takenUpTo, type Position } from './inbox.store.js';
import { prepareMessage, type Prepared } from './prepare-message.js';
import { attempt, reasonOf } from './take-message.js';
import { handleRun, runsOf } from './take-run.js';

export type TakerSettings = Readonly<{
  service: Service; work: UnitOfWork; consumers: readonly Consumer[]; routing: Routing; log: Logger;
}>;
export type Gear = 'together' | 'apart' | 'in slices';

/** The position after it, and how many messages wait for their next try. */
export type Taken = Readonly<{ position: Position; open: number }>;

export class BatchTaker {
  /** Audit gets every number of a sender, and can therefore see that one is missing. */
  private readonly isUnbroken: boolean;

  constructor(private readonly settings: TakerSettings) {
    this.isUnbroken = settings.consumers.some(({ type }) => type === '*');
  }

  /** Throws on a transient fault, after rolling back: the batch comes again. */
  async take(batch: Batch, gear: Gear): Promise<Taken> {
    const { client, settings: { schema } } = this.settings.work;
    const { sender, batchNo, firstSeq, lastSeq, count } = batch;
    if (this.isUnbroken && lastSeq - firstSeq + 1 !== count) {
      throw new NumberingFault(`batch ${batchNo} of ${sender} lacks a number between ${firstSeq} and ${lastSeq}`);
    }
    if (await isComplete(client, schema, batch)) return { position: await takenUpTo(client, schema, sender), open: 0 };
    if (gear === 'in slices') return this.takeInSlices(batch);
    const prepared = batch.messages.map((raw) => this.prepare(sender, raw));
    if (gear === 'apart' || prepared.some((one) => 'problem' in one)) return this.takeApart(batch);
    try {
      return await this.takeTogether(batch, prepared);
    } catch (error) {
      if (isTransient(error) && !isTooLong(error)) throw error;
      if (error instanceof NumberingFault) throw error;
      return this.takeApart(batch);
    }
  }

  private async takeTogether(batch: Batch, prepared: readonly Prepared[]): Promise<Taken> {
    return this.transaction(batch, async (tx) => {
      await this.handleAll(tx, batch, batch.messages, prepared);
      return { position: await recordBatch(tx.sql, tx.schema, batch, this.isUnbroken), open: 0 };
    });
  }

  /** Without savepoints: throws when one of them fails or refuses. */
  private async handleAll(
    tx: Tx, batch: Batch, messages: readonly RawMessage[], prepared: readonly Prepared[],
  ): Promise<void> {
    const claimed = await claimNumbers(tx.sql, tx.schema, batch, messages);
    const rest = messages.filter(({ seq }) => !claimed.has(seq));
    // What we did not get must be there as itself; anything else is for the careful gears to judge.
    const known = rest.length === 0 ? [] : [...(await readKnown(tx.sql, tx.schema, batch.sender, rest)).values()];
    if (known.some((state) => state !== 'taken')) throw new Error('an id was taken under another number');
    const ours = prepared.filter(({ seq }) => claimed.has(seq));
    for (const run of runsOf(ours)) await handleRun(tx, batch.sender, run, this.settings.log);
  }

  private async takeApart(batch: Batch): Promise<Taken> {
    try {
      return await this.transaction(batch, async (tx) => {
        const open = await this.attemptAll(tx, batch, batch.messages, false);
        const position = open === 0
          ? await recordBatch(tx.sql, tx.schema, batch, this.isUnbroken)
          : await takenUpTo(tx.sql, tx.schema, batch.sender);
        return { position, open };
      });
    } catch (error) {
      if ((isTransient(error) && !isTooLong(error)) || error instanceof NumberingFault) throw error;
      // What fails although each message had its savepoint fails at COMMIT, or all together take too long.
      const { sender, batchNo } = batch;
      this.settings.log.warn({ sender, batchNo, reason: reasonOf(error) }, 'batch is taken in slices');
      return this.takeInSlices(batch);
    }
  }

  /** A message that ends the process is found by the count that it leaves: first its slice, then itself. */
  private async takeInSlices(batch: Batch): Promise<Taken> {
    const { client, settings: { schema } } = this.settings.work;
    const { sender, messages } = batch;
    const known = await readKnown(client, schema, sender, messages);
    const tries = await readTries(client, schema, sender, messages.map(({ seq }) => seq));
    const rest = messages.filter(({ seq }) => known.get(seq) !== 'taken');
    const suspects = rest.filter(({ seq }) => tries.has(seq));
    const others = rest.filter(({ seq }) => !tries.has(seq));
    let open = 0;
    for (let at = 0; at < others.length; at += LIMITS.sliceMessages) {
      open += await this.takeSlice(batch, others.slice(at, at + LIMITS.sliceMessages));
    }
    for (const suspect of suspects) open += await this.takeSlice(batch, [suspect]);
    if (open > 0) return { position: await takenUpTo(client, schema, sender), open };
    return { position: await this.transaction(batch, (tx) => recordBatch(tx.sql, tx.schema, batch, this.isUnbroken)), open };
  }

  private async takeSlice(batch: Batch, messages: readonly RawMessage[]): Promise<number> {
    const { client, settings: { schema } } = this.settings.work;
    const { sender } = batch;
    const seqs = messages.map(({ seq }) => seq);
    await countTries(client, schema, sender, seqs);
    try {
      return await this.transaction(batch, async (tx) => {
        if (messages.length === 1) return this.attemptAll(tx, batch, messages, true);
        await this.handleAll(tx, batch, messages, messages.map((raw) => this.prepare(sender, raw)));
        await forgetTries(tx.sql, tx.schema, sender, seqs);
        return 0;
      });
    } catch (error) {
      const isOurs = !isTransient(error) && !(error instanceof NumberingFault);
      if (isOurs && messages.length === 1) {
        // It failed at COMMIT.
        await setReason(client, schema, sender, seqs[0]!, reasonOf(error));
        return 1;
      }
      await uncountTries(client, schema, sender, seqs);
      if (!isOurs) throw error;
    }
    let open = 0;
    for (const raw of messages) open += await this.takeSlice(batch, [raw]);
    return open;
  }

  /** Returns how many of them stay open for another try. */
  private async attemptAll(tx: Tx, batch: Batch, messages: readonly RawMessage[], isCounted: boolean): Promise<number> {
    const { sender, batchNo } = batch;
    const known = await readKnown(tx.sql, tx.schema, sender, messages);
    const tries = await readTries(tx.sql, tx.schema, sender, messages.map(({ seq }) => seq));
    let open = 0;
    for (const raw of messages) {
      const isDone = await attempt(tx, {
        sender, batchNo, raw, isCounted,
        prepared: this.prepare(sender, raw), known: known.get(raw.seq)!, tries: tries.get(raw.seq),
      }, this.settings.log);
      if (!isDone) open += 1;
    }
    return open;
  }

  private prepare(sender: Service, raw: RawMessage): Prepared {
    return prepareMessage(raw, sender, this.settings.consumers, this.settings.routing);
  }

  private transaction<T>({ sender, batchNo }: Batch, work: (tx: Tx) => Promise<T>): Promise<T> {
    const actor = { kind: 'service', id: sender } as const;
    const origin: Origin = { actor, correlationId: `batch:${sender}-${batchNo}`, causationId: null };
    return this.settings.work.transaction(origin, work);
  }
}

/** The transaction ran, and ran out of time; not: no connection was free to begin one. */
const isTooLong = (error: unknown): boolean =>
  (error as { code?: unknown }).code === 'P2028' && !/Unable to start/.test((error as Error).message);
