// What an operator does with dead letters: look at them, mend what was wrong, replay them. A replay runs in the service
// itself, which has the consumers; the command line only asks for it.
import { isRejected, reject, type Rejected } from '#libs/kernel';
import type { Service } from '#libs/contracts';
import type { Schema, Tx } from '#libs/persistence';
import type pg from 'pg';
import type { RawMessage } from './batch.js';
import { ENDED_OVER_IT } from './host/dead-letter.store.js';
import { claimNumbers } from './host/inbox.store.js';
import { prepareMessage } from './host/prepare-message.js';
import type { TakerSettings } from './host/take-batch.js';
import { handle, reasonOf } from './host/take-message.js';
import { LIMITS } from './limits.js';

export type DeadLetter = Readonly<{
  id: string; sender: Service; seq: number; type: string; reason: string; failedAt: Date; replayedAt: Date | null;
}>;
export type Replayed = Readonly<{ kind: 'replayed'; id: string; type: string }>;

/** `begun`: the service runs it, or ended over it. */
export type ReplayState = 'waiting' | 'begun' | 'replayed' | Readonly<{ failed: string }>;

const LISTED_MAX = 500;
/** What it was buried for follows. */
const BEGUN = `${ENDED_OVER_IT}; before: `;
type Queryable = Pick<pg.Client, 'query'> | Pick<pg.Pool, 'query'>;

/** The open ones, oldest first. */
export async function listDeadLetters(client: Queryable, schema: Schema): Promise<DeadLetter[]> {
  const { rows } = await client.query<Omit<DeadLetter, 'seq'> & { seq: string }>(
    `select id, sender, seq, type, reason, failed_at as "failedAt", replayed_at as "replayedAt"
     from ${schema}.dead_letter where replayed_at is null order by failed_at limit ${LISTED_MAX}`,
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** Asks the running service to replay it. False when there is no such open letter. */
export async function requestReplay(client: Queryable, schema: Schema, id: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update ${schema}.dead_letter set replay_requested_at = clock_timestamp() where id = $1::uuid and replayed_at is null`, [id],
  );
  return rowCount === 1;
}

/** `waiting` until the service runs it, and `begun`; then `replayed`, or the reason why it failed again. */
export async function replayState(client: Queryable, schema: Schema, id: string): Promise<ReplayState> {
  const { rows } = await client.query<{ reason: string; requested: boolean; replayed: boolean }>(
    `select reason, replay_requested_at is not null as requested, replayed_at is not null as replayed
     from ${schema}.dead_letter where id = $1::uuid`, [id],
  );
  const row = rows[0];
  if (row?.replayed) return 'replayed';
  if (row?.requested) return 'waiting';
  return row?.reason.startsWith(ENDED_OVER_IT) ? 'begun' : { failed: row?.reason ?? 'there is no such dead letter' };
}

export class Replayer {
  constructor(private readonly settings: TakerSettings) {}

  /** Runs the consumer as if the message came now. Refuses what was replayed before. Throws when it fails again. */
  async replay(id: string): Promise<Replayed | Rejected> {
    const actor = { kind: 'system', id: 'dead-letters' } as const;
    const origin = { actor, correlationId: `dead-letter:${id}`, causationId: null };
    try {
      return await this.settings.work.transaction(origin, (tx) => this.replayIn(tx, id));
    } catch (error) {
      await this.keepReason(id, reasonOf(error));
      throw error;
    }
  }

  /** Those that somebody asked for; each by itself. Returns how many were replayed. */
  async replayRequested(): Promise<number> {
    const { client, settings: { schema } } = this.settings.work;
    const rows = await client.$queryRawUnsafe<{ id: string }[]>(
      `select id::text from ${schema}.dead_letter
       where replay_requested_at is not null and replayed_at is null order by failed_at limit 100`,
    );
    let count = 0;
    for (const { id } of rows) {
      try {
        if (!(await this.takeWish(id))) continue;
        const outcome = await this.replay(id);
        if (!isRejected(outcome)) count += 1;
      } catch (error) {
        this.settings.log.error({ id, reason: reasonOf(error) }, 'replay failed');
      }
    }
    return count;
  }

  /**
   * Committed before the try, as tries of batches are counted before they begin: a wish that outlived the process which died of it would
   * end every next one. False when another process took it. Until the try says how it went, the reason is that it ended the process.
   */
  private async takeWish(id: string): Promise<boolean> {
    const { client, settings: { schema } } = this.settings.work;
    const taken = await client.$executeRawUnsafe(
      `update ${schema}.dead_letter set replay_requested_at = null,
         reason = case when starts_with(reason, $2) then reason else left($3 || reason, ${LIMITS.reasonCharacters}) end
       where id = $1::uuid and replay_requested_at is not null and replayed_at is null`, id, ENDED_OVER_IT, BEGUN,
    );
    return taken === 1;
  }

  private async replayIn(tx: Tx, id: string): Promise<Replayed | Rejected> {
    const { consumers, routing, log } = this.settings;
    const letter = await lockLetter(tx, id);
    if (!letter) return reject('dead_letter_not_found');
    if (letter.isReplayed) return reject('dead_letter_replayed');
    const { sender, message: raw } = letter;
    const prepared = prepareMessage(raw, sender, consumers, routing);
    if ('problem' in prepared) throw new Error(prepared.problem);
    if (!(await isTakenAsItself(tx, sender, raw))) throw new Error('its id was taken under another number');
    await handle(tx, sender, prepared, 'savepoint', log);
    await close(tx, id);
    const { type } = prepared.message;
    log.info({ id, sender, seq: raw.seq, type }, 'dead letter replayed');
    return { kind: 'replayed', id, type };
  }

  /** A wish of meanwhile stays: it is another try. */
  private async keepReason(id: string, reason: string): Promise<void> {
    const { client, settings: { schema } } = this.settings.work;
    await client.$executeRawUnsafe(
      `update ${schema}.dead_letter set reason = $2 where id = $1::uuid and replayed_at is null`,
      id, reason.slice(0, LIMITS.reasonCharacters),
    );
  }
}

/** FOR UPDATE: two who replay the same letter queue here, and the second finds it replayed. */
async function lockLetter(tx: Tx, id: string) {
  const [row] = await tx.sql.$queryRawUnsafe<{ sender: Service; message: RawMessage; isReplayed: boolean }[]>(
    `select sender, message, replayed_at is not null as "isReplayed" from ${tx.schema}.dead_letter where id = $1::uuid for update`, id,
  );
  return row;
}

/** What it was buried for stands again. */
async function close(tx: Tx, id: string): Promise<void> {
  await tx.sql.$executeRawUnsafe(
    `update ${tx.schema}.dead_letter set replayed_at = clock_timestamp(),
       reason = case when starts_with(reason, $2) then substr(reason, length($2) + 1) else reason end
     where id = $1::uuid`, id, BEGUN,
  );
}

/** A letter that had no valid id when it was buried has no inbox row yet. */
async function isTakenAsItself(tx: Tx, sender: Service, raw: RawMessage): Promise<boolean> {
  await claimNumbers(tx.sql, tx.schema, { sender, batchNo: 0 }, [raw]);
  const rows = await tx.sql.$queryRawUnsafe<unknown[]>(
    `select 1 from ${tx.schema}.inbox where sender = $1 and seq = $2::bigint and message_id = $3::uuid`, sender, raw.seq, raw.id,
  );
  return rows.length === 1;
}
