import type { Id } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Letter } from './ask-replay.decision.js';

/** FOR UPDATE: two who ask at once come one after the other, and so do whoever asks and the replay itself. */
export async function lockLetter(tx: Tx, id: Id<'deadLetter'>): Promise<Letter | undefined> {
  const [letter] = await tx.sql.$queryRawUnsafe<Letter[]>(
    `select replayed_at is not null as "isReplayed", replay_requested_at is not null as "isWaiting"
     from ${tx.schema}.dead_letter where id = $1::uuid for update`, id,
  );
  return letter;
}

/** The moment by the clock of the database: the letter itself was buried by it. */
export async function insertReplay(tx: Tx, id: Id<'deadLetter'>, note: string): Promise<void> {
  await tx.sql.$executeRawUnsafe(
    `insert into ${tx.schema}.dead_letter_replay (id, dead_letter_id, note, asked_by, asked_at) values ($1::uuid, $2::uuid, $3, $4, $5)`,
    tx.newId(), id, note, tx.origin.actor.id, tx.now,
  );
  await tx.sql.$executeRawUnsafe(`update ${tx.schema}.dead_letter set replay_requested_at = clock_timestamp() where id = $1::uuid`, id);
}
