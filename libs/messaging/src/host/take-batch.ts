// Handles one batch, so that each message has its effects once or is a dead letter. Three gears, each for what the one
// before cannot do: all together without savepoints (the usual case); together with a savepoint per message, when one
// refuses or fails; one by one in own transactions, when a process has died over the batch or a commit fails.
import type { Service } from '#libs/contracts';
import { isTransient, type Origin, type Tx, type UnitOfWork } from '#libs/persistence';
import type { Logger } from 'pino';
import type { Batch, RawMessage } from '../batch.js';
import type { Routing } from '../routing.js';
import type { Consumer } from './consumer.js';
import { countTry, readTries, setReason, uncountTry } from './dead-letter.store.js';
import { claimNumbers, isComplete, NumberingFault, readKnown, recordBatch, takenUpTo, type Position } from './inbox.store.js';
import { prepareMessage, type Prepared } from './prepare-message.js';
import { attempt, handle, reasonOf } from './take-message.js';

export type TakerSettings = Readonly<{
  service: Service; work: UnitOfWork; consumers: readonly Consumer[]; routing: Routing; log: Logger;
}>;
export type Gear = 'together' | 'apart' | 'one by one';

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
    if (gear === 'one by one') return this.takeOneByOne(batch);
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
      const claimed = await claimNumbers(tx.sql, tx.schema, batch, batch.messages);
      if (claimed.size < batch.count) await this.checkUnclaimed(tx, batch, claimed);
      for (const one of prepared) {
        if (claimed.has(one.seq)) await handle(tx, batch.sender, one, 'whole', this.settings.log);
      }
      return { position: await recordBatch(tx.sql, tx.schema, batch, this.isUnbroken), open: 0 };
    });
  }

  /** What we did not get must be there as itself; anything else is for the careful gears to judge. */
  private async checkUnclaimed(tx: Tx, batch: Batch, claimed: ReadonlySet<number>): Promise<void> {
    const rest = batch.messages.filter(({ seq }) => !claimed.has(seq));
    const known = await readKnown(tx.sql, tx.schema, batch.sender, rest);
    if ([...known.values()].some((state) => state !== 'taken')) throw new Error('an id was taken under another number');
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
      this.settings.log.warn({ sender, batchNo, reason: reasonOf(error) }, 'batch is taken one by one');
      return this.takeOneByOne(batch);
    }
  }

  /** Each try is counted and committed before it begins: so a message that ends the process is found, after three. */
  private async takeOneByOne(batch: Batch): Promise<Taken> {
    const { client, settings: { schema } } = this.settings.work;
    const { sender } = batch;
    const known = await readKnown(client, schema, sender, batch.messages);
    let open = 0;
    for (const raw of batch.messages) {
      if (known.get(raw.seq) === 'taken') continue;
      await countTry(client, schema, sender, raw.seq);
      try {
        open += await this.transaction(batch, (tx) => this.attemptAll(tx, batch, [raw], true));
      } catch (error) {
        if (isTransient(error) || error instanceof NumberingFault) {
          await uncountTry(client, schema, sender, raw.seq);
          throw error;
        }
        await setReason(client, schema, sender, raw.seq, reasonOf(error));
        open += 1;
      }
    }
    if (open > 0) return { position: await takenUpTo(client, schema, sender), open };
    return { position: await this.transaction(batch, (tx) => recordBatch(tx.sql, tx.schema, batch, this.isUnbroken)), open };
  }

  /** Returns how many of them stay open for another try. */
  private async attemptAll(tx: Tx, batch: Batch, messages: readonly RawMessage[], isCounted: boolean): Promise<number> {
    const { sender, batchNo } = batch;
    const known = await readKnown(tx.sql, tx.schema, sender, messages);
    const tries = await readTries(tx.sql, tx.schema, sender, messages.map(({ seq }) => seq));
    let open = 0;
    for (const raw of messages) {
      const isDone = await attempt(tx, {
        sender, batchNo, raw, isCounted, prepared: this.prepare(sender, raw), known: known.get(raw.seq)!, tries: tries.get(raw.seq),
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
