// One message inside an open transaction: its effects, or the count of its tries, or its burial. What a message did
// before it failed is undone by its savepoint, so that the others of its batch keep theirs.
import { isRejected } from '#libs/kernel';
import type { Envelope, Service } from '#libs/contracts';
import { isTransient, type Origin, type Tx, type Undo } from '#libs/persistence';
import type { Logger } from 'pino';
import type { RawMessage } from '../batch.js';
import { LIMITS } from '../limits.js';
import { countTries, forgetTries, keepDeadLetter, setReason, type Tries } from './dead-letter.store.js';
import { claimNumbers, hasId, readKnown, type Known } from './inbox.store.js';
import type { Prepared } from './prepare-message.js';

export type Attempt = Readonly<{
  sender: Service;
  batchNo: number;
  raw: RawMessage;
  prepared: Prepared;
  known: Known;
  tries: Tries | undefined;
  /** This try was counted before it began; the host does so when a process has died over the batch. */
  isCounted: boolean;
}>;

export const originOf = (message: Envelope): Origin =>
  ({ actor: message.actor, correlationId: message.correlationId, causationId: message.id, message });

export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** Runs the consumer; what it emitted goes with the transaction. A refusal is done, and logged. */
export async function handle(tx: Tx, sender: Service, prepared: Prepared, undo: Undo, log: Logger): Promise<void> {
  if ('problem' in prepared) throw new Error(prepared.problem);
  const { message, consumer, seq } = prepared;
  const inner = tx.as(originOf(message), undo);
  const outcome = await withDeadline(consumer.take(message, inner, sender));
  tx.keep(inner);
  if (isRejected(outcome)) {
    log.info({ sender, seq, type: message.type, code: outcome.code, details: outcome.details }, 'message refused');
  }
}

/** False when the message failed and will be tried again. Throws what is not the message's own fault. */
export async function attempt(tx: Tx, one: Attempt, log: Logger): Promise<boolean> {
  if (one.known === 'taken') {
    // A rival finished it after this try was counted.
    if (one.tries) await forgetTries(tx.sql, tx.schema, one.sender, [one.raw.seq]);
    return true;
  }
  const doom = doomOf(one);
  if (doom) {
    await bury(tx, one, doom, log);
    return true;
  }
  await tx.sql.$executeRawUnsafe('savepoint message');
  try {
    const claimed = await claimNumbers(tx.sql, tx.schema, one, [one.raw]);
    if (claimed.has(one.raw.seq)) await handle(tx, one.sender, one.prepared, 'savepoint', log);
    else await buryUnlessTaken(tx, one, log);
    if (one.tries) await forgetTries(tx.sql, tx.schema, one.sender, [one.raw.seq]);
    await tx.sql.$executeRawUnsafe('release savepoint message');
    return true;
  } catch (error) {
    if (isTransient(error)) throw error;
    // This fails when the connection is gone; then its error is thrown, and the whole batch comes again.
    await tx.sql.$executeRawUnsafe('rollback to savepoint message');
    return failed(tx, one, reasonOf(error), log);
  }
}

/** Since we looked, a rival host took the message; or an earlier message of this batch has the same id. */
async function buryUnlessTaken(tx: Tx, one: Attempt, log: Logger): Promise<void> {
  const known = (await readKnown(tx.sql, tx.schema, one.sender, [one.raw])).get(one.raw.seq)!;
  if (known !== 'taken') await bury(tx, one, `its id was ${known}`, log);
}

async function failed(tx: Tx, one: Attempt, reason: string, log: Logger): Promise<boolean> {
  const { sender, raw: { seq, type }, isCounted } = one;
  const tries = (one.tries?.tries ?? 0) + (isCounted ? 0 : 1);
  if (isCounted) await setReason(tx.sql, tx.schema, sender, seq, reason);
  else await countTries(tx.sql, tx.schema, sender, [seq], reason);
  log.warn({ sender, seq, type, tries, reason }, 'message failed');
  if (tries < LIMITS.triesMax) return false;
  await bury(tx, one, reason, log);
  return true;
}

/** Why the message is not even tried. */
function doomOf({ prepared, known, tries, isCounted }: Attempt): string | undefined {
  if ('problem' in prepared) return prepared.problem;
  if (known === 'taken under another number') return `its id was ${known}`;
  const done = (tries?.tries ?? 0) - (isCounted ? 1 : 0);
  return done >= LIMITS.triesMax ? tries!.reason : undefined;
}

async function bury(tx: Tx, { sender, batchNo, raw }: Attempt, reason: string, log: Logger): Promise<void> {
  if (hasId(raw)) await claimNumbers(tx.sql, tx.schema, { sender, batchNo }, [raw]);
  await keepDeadLetter(tx, { sender, raw, reason });
  await forgetTries(tx.sql, tx.schema, sender, [raw.seq]);
  log.error({ sender, batchNo, seq: raw.seq, type: raw.type, reason, runbook: 'docs/runbooks/dead-letters.md' }, 'dead letter');
}

/** A consumer that waits for ever would hold its batch, its locks and the whole inbox. */
export async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not handled within ${LIMITS.messageMs} ms`)), LIMITS.messageMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    // After the deadline its transaction is over: whatever it still says concerns nobody.
    work.catch(() => undefined);
  }
}
