// The tables of the receiving side: which messages were taken, which batches are complete, up to where nothing is missing.
import { isUuid } from '#libs/kernel';
import type { Service } from '#libs/contracts';
import type { Schema, Sql } from '#libs/persistence';
import type { Batch, RawMessage } from '../batch.js';
import { LIMITS } from '../limits.js';

/** Something is wrong with the numbers themselves. Nothing is taken, nothing acknowledged; after a minute it is an alarm. */
export class NumberingFault extends Error {
  override name = 'NumberingFault';
}

/**
 * Takes the numbers that nobody has taken. A rival host with the same batch waits here until we commit, and then takes
 * nothing: this insert, in the transaction of the effects, is what makes them happen once.
 */
export async function claimNumbers(
  sql: Sql, schema: Schema, batch: Pick<Batch, 'sender' | 'batchNo'>, messages: readonly RawMessage[],
): Promise<Set<number>> {
  const rows = await sql.$queryRawUnsafe<{ seq: bigint }[]>(
    `insert into ${schema}.inbox (sender, seq, message_id, batch_no)
     select $1, m.seq, m.id, $2::bigint from unnest($3::bigint[], $4::uuid[]) as m(seq, id) order by m.seq
     on conflict do nothing returning seq`,
    batch.sender, batch.batchNo, messages.map(({ seq }) => seq), messages.map(({ id }) => id),
  );
  return new Set(rows.map(({ seq }) => Number(seq)));
}

/** Messages whose id can stand in the inbox at all; the others can only become dead letters. */
export const hasId = (message: RawMessage): boolean => isUuid(message.id);

export type Known = 'taken' | 'new' | 'taken under another number';

/** Why a number could not be claimed, per number. Throws NumberingFault when it was taken by another message. */
export async function readKnown(
  sql: Sql, schema: Schema, sender: Service, messages: readonly RawMessage[],
): Promise<Map<number, Known>> {
  const ids = messages.filter(hasId).map(({ id }) => id);
  const taken = await sql.$queryRawUnsafe<{ sender: string; seq: bigint; id: string }[]>(
    `select sender, seq, message_id::text as id from ${schema}.inbox
     where (sender = $1 and seq = any($2::bigint[])) or message_id = any($3::uuid[])`,
    sender, messages.map(({ seq }) => seq), ids,
  );
  const dead = await sql.$queryRawUnsafe<{ seq: bigint }[]>(
    `select seq from ${schema}.dead_letter where sender = $1 and seq = any($2::bigint[])`, sender, messages.map(({ seq }) => seq),
  );
  const idOf = new Map(taken.filter((row) => row.sender === sender).map((row) => [Number(row.seq), row.id]));
  const takenIds = new Set(taken.map(({ id }) => id));
  const deadSeqs = new Set(dead.map(({ seq }) => Number(seq)));
  return new Map(messages.map(({ seq, id }): [number, Known] => {
    if (deadSeqs.has(seq)) return [seq, 'taken'];
    const known = idOf.get(seq);
    if (known !== undefined && known !== id) throw new NumberingFault(`number ${seq} of ${sender} was another message before`);
    if (known !== undefined) return [seq, 'taken'];
    return [seq, hasId({ seq, id }) && takenIds.has(String(id)) ? 'taken under another number' : 'new'];
  }));
}

export type Position = Readonly<{ batchNo: number; seq: number }>;

/**
 * Writes the batch as complete and moves the position over everything that is now complete below it. Last in its
 * transaction, because the position's row is the one that two hosts of a service share.
 * `isUnbroken`: this receiver gets every number, so a hole between two batches stops the position.
 */
export async function recordBatch(sql: Sql, schema: Schema, batch: Batch, isUnbroken: boolean): Promise<Position> {
  const { sender, batchNo, firstSeq, lastSeq, count } = batch;
  const written = await sql.$executeRawUnsafe(
    `insert into ${schema}.inbox_batch (sender, batch_no, first_seq, last_seq, count)
     values ($1, $2::bigint, $3::bigint, $4::bigint, $5::int) on conflict do nothing`, sender, batchNo, firstSeq, lastSeq, count,
  );
  if (written === 0) await checkSame(sql, schema, batch);
  return extendPosition(sql, schema, sender, isUnbroken);
}

/** True when the batch was complete before. Throws NumberingFault when another batch had its number. */
export async function isComplete(sql: Sql, schema: Schema, batch: Batch): Promise<boolean> {
  return (await checkSame(sql, schema, batch)) === 'same';
}

async function checkSame(sql: Sql, schema: Schema, batch: Batch): Promise<'same' | 'new'> {
  const { sender, batchNo, firstSeq, lastSeq, count } = batch;
  const [row] = await sql.$queryRawUnsafe<{ first: bigint; last: bigint; count: number }[]>(
    `select first_seq as first, last_seq as last, count from ${schema}.inbox_batch where sender = $1 and batch_no = $2::bigint`,
    sender, batchNo,
  );
  if (!row) return 'new';
  if (Number(row.first) !== firstSeq || Number(row.last) !== lastSeq || row.count !== count) {
    throw new NumberingFault(
      `batch ${batchNo} of ${sender} held the numbers ${row.first} to ${row.last} before, now ${firstSeq} to ${lastSeq}`,
    );
  }
  return 'same';
}

async function extendPosition(sql: Sql, schema: Schema, sender: Service, isUnbroken: boolean): Promise<Position> {
  // The update of nothing locks the row; the next statement then sees what a rival committed meanwhile.
  const [held] = await sql.$queryRawUnsafe<{ batch_no: bigint; seq: bigint }[]>(
    `insert into ${schema}.inbox_position (sender) values ($1)
     on conflict (sender) do update set sender = excluded.sender
     returning contiguous_batch_no as batch_no, contiguous_seq as seq`, sender,
  );
  const before: Position = { batchNo: Number(held!.batch_no), seq: Number(held!.seq) };
  const [reached] = await sql.$queryRawUnsafe<{ batch_no: bigint; seq: bigint }[]>(
    `select batch_no, last_seq as seq from (
       select batch_no, last_seq,
         batch_no = $2::bigint + row_number() over w and bool_and(not $4::boolean or first_seq = before + 1) over w as joined
       from (select batch_no, first_seq, last_seq, lag(last_seq, 1, $3::bigint) over (order by batch_no) as before
             from ${schema}.inbox_batch where sender = $1 and batch_no > $2::bigint
             order by batch_no limit ${LIMITS.windowBatches * 4}) b
       window w as (order by batch_no)) chain
     where joined order by batch_no desc limit 1`, sender, before.batchNo, before.seq, isUnbroken,
  );
  if (!reached) return before;
  await sql.$executeRawUnsafe(
    `update ${schema}.inbox_position set contiguous_batch_no = $2::bigint, contiguous_seq = $3::bigint where sender = $1`,
    sender, reached.batch_no, reached.seq,
  );
  return { batchNo: Number(reached.batch_no), seq: Number(reached.seq) };
}

/** Up to where everything of `sender` has been taken, nothing missing below. Dead letters count as taken. */
export async function takenUpTo(sql: Sql, schema: Schema, sender: Service): Promise<Position> {
  const [row] = await sql.$queryRawUnsafe<{ batch_no: bigint; seq: bigint }[]>(
    `select contiguous_batch_no as batch_no, contiguous_seq as seq from ${schema}.inbox_position where sender = $1`, sender,
  );
  return { batchNo: Number(row?.batch_no ?? 0), seq: Number(row?.seq ?? 0) };
}
