// The SQL of audit.checkpoint: rows go in and never change.
import type { Sql, Tx } from '#libs/persistence';
import type { Checkpoint } from './signed-note.js';

type Row = Omit<Checkpoint, 'size' | 'time'> & Readonly<{ size: bigint; signedAt: Date }>;

const shown = ({ size, signedAt, ...row }: Row): Checkpoint => ({ ...row, size: Number(size), time: signedAt.toISOString() });

/** Two signers would sign one size twice, with different times. */
export async function lockCheckpoints(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.checkpoint', 0))`;
}

export async function insertCheckpoint(tx: Tx, checkpoint: Checkpoint, eventId: string): Promise<void> {
  const { size, root, origin, keyId, signature, note } = checkpoint;
  await tx.sql.$executeRaw`
    insert into audit.checkpoint (size, root, signed_at, origin, key_id, signature, note, event_id)
    values (${size}::bigint, decode(${root}, 'hex'), ${checkpoint.time}::timestamptz, ${origin}, ${keyId}, decode(${signature}, 'base64'), ${note}, ${eventId}::uuid)`;
}

/** Newest first, below `belowSize` when given. */
export async function listCheckpoints(sql: Sql, limit: number, belowSize: number | null = null): Promise<Checkpoint[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select size, encode(root, 'hex') as root, signed_at as "signedAt", origin, key_id as "keyId",
      translate(encode(signature, 'base64'), E'\n', '') as signature, note
    from audit.checkpoint where ${belowSize}::bigint is null or size < ${belowSize}::bigint order by size desc limit ${limit}::int`;
  return rows.map(shown);
}

export async function lastCheckpoint(sql: Sql): Promise<Checkpoint | undefined> {
  const [last] = await listCheckpoints(sql, 1);
  return last;
}

/** Oldest first: those above `first` leaves and at most `last`. */
export async function checkpointsBetween(sql: Sql, first: number, last: number, limit: number): Promise<Checkpoint[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select size, encode(root, 'hex') as root, signed_at as "signedAt", origin, key_id as "keyId",
      translate(encode(signature, 'base64'), E'\n', '') as signature, note
    from audit.checkpoint where size > ${first}::bigint and size <= ${last}::bigint order by size limit ${limit}::int`;
  return rows.map(shown);
}

/** Sealed since the checkpoint of this size. Stretches end where a checkpoint may: one begins at it or after it. */
export async function statementClosedBeyond(sql: Sql, size: number): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ found: boolean }[]>`
    select exists (select from audit.sealed_stretch s join audit.event e on e.sender = s.sender and e.seq >= s.first_seq and e.seq < s.first_seq + s.count
      where s.first_index >= ${size}::bigint and s.sender = 'settlement' and e.type = 'statement.closed.v1') as found`;
  return row!.found;
}
