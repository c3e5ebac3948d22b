// Messages that could not be handled: the tries that they still have, and those that have none left.
import type { Service } from '#libs/contracts';
import type { Schema, Sql, Tx } from '#libs/persistence';
import type { RawMessage } from '../batch.js';
import { LIMITS } from '../limits.js';

/** Written before a try whose end may go untold; what the try says replaces it. */
export const ENDED_OVER_IT = 'the process ended while handling it';

const cut = (reason: string): string => reason.slice(0, LIMITS.reasonCharacters);

/** Counts one more try of each. A given reason replaces the last one. */
export async function countTries(
  sql: Sql, schema: Schema, sender: Service, seqs: readonly number[], reason?: string,
): Promise<void> {
  await sql.$executeRawUnsafe(
    `insert into ${schema}.inbox_try as t (sender, seq, tries, reason)
     select $1, seq, 1, coalesce($3, $4) from unnest($2::bigint[]) as m(seq) order by seq
     on conflict (sender, seq) do update
       set tries = t.tries + 1, reason = coalesce($3, t.reason), last_tried_at = clock_timestamp()`,
    sender, seqs, reason === undefined ? null : cut(reason), ENDED_OVER_IT,
  );
}

/** The try was no try: something else failed, not the message. */
export async function uncountTries(sql: Sql, schema: Schema, sender: Service, seqs: readonly number[]): Promise<void> {
  await sql.$executeRawUnsafe(
    `with gone as (delete from ${schema}.inbox_try where sender = $1 and seq = any($2::bigint[]) and tries = 1 returning seq)
     update ${schema}.inbox_try set tries = tries - 1 where sender = $1 and seq = any($2::bigint[]) and tries > 1`,
    sender, seqs,
  );
}

export type Tries = Readonly<{ tries: number; reason: string }>;

export async function readTries(
  sql: Sql, schema: Schema, sender: Service, seqs: readonly number[],
): Promise<Map<number, Tries>> {
  const rows = await sql.$queryRawUnsafe<{ seq: bigint; tries: number; reason: string }[]>(
    `select seq, tries, reason from ${schema}.inbox_try where sender = $1 and seq = any($2::bigint[])`, sender, seqs,
  );
  return new Map(rows.map(({ seq, tries, reason }) => [Number(seq), { tries, reason }]));
}

export async function setReason(sql: Sql, schema: Schema, sender: Service, seq: number, reason: string): Promise<void> {
  await sql.$executeRawUnsafe(
    `update ${schema}.inbox_try set reason = $3 where sender = $1 and seq = $2::bigint`, sender, seq, cut(reason),
  );
}

export async function forgetTries(sql: Sql, schema: Schema, sender: Service, seqs: readonly number[]): Promise<void> {
  await sql.$executeRawUnsafe(`delete from ${schema}.inbox_try where sender = $1 and seq = any($2::bigint[])`, sender, seqs);
}

/** A second one for the same number changes nothing. */
export async function keepDeadLetter(
  tx: Tx, { sender, raw, reason }: Readonly<{ sender: Service; raw: RawMessage; reason: string }>,
): Promise<void> {
  await tx.sql.$executeRawUnsafe(
    `insert into ${tx.schema}.dead_letter (id, sender, seq, type, message, reason)
     values ($1::uuid, $2, $3::bigint, $4, $5::jsonb, $6) on conflict (sender, seq) do nothing`,
    tx.newId(), sender, raw.seq, String(raw.type ?? '?').slice(0, 80), JSON.stringify(raw), cut(reason),
  );
}
