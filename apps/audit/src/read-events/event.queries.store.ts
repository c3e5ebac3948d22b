// What an auditor reads: events by sender and number, one event, and how complete the copy is.
import type { Sql } from '#libs/persistence';

export type EventRow = {
  sender: string; seq: bigint; id: string; type: string; subject: string; subjectVersion: number; occurredAt: Date;
  causationId: string | null; correlationId: string; actor: unknown; body: unknown;
};
export type Completeness = {
  sender: string; events: bigint; lastSeq: bigint; missing: bigint; lastReceivedAt: Date;
  /** Events that have their place in the log. */
  sealed: bigint;
};
export type Gap = {
  firstSeq: bigint; lastSeq: bigint; seenAt: Date; ageSeconds: number;
  /** Of them, how many came and could not be kept. */
  deadLetters: bigint;
};

export type EventFilter = Readonly<{ sender: string; afterSeq: number; type: string | null; limit: number }>;

/** In the order of the sender's numbers; the number of the last row is the cursor of the next page. */
export function listEvents(sql: Sql, { sender, afterSeq, type, limit }: EventFilter): Promise<EventRow[]> {
  return sql.$queryRaw<EventRow[]>`
    select sender, seq, id, type, subject, subject_version as "subjectVersion", occurred_at as "occurredAt", causation_id as "causationId",
      correlation_id as "correlationId", actor, body
    from audit.event
    where sender = ${sender} and seq > ${afterSeq}::bigint and (${type}::text is null or type = ${type}::text)
    order by seq limit ${limit}::int`;
}

export async function findEvent(sql: Sql, id: string): Promise<EventRow | undefined> {
  const [row] = await sql.$queryRaw<EventRow[]>`
    select sender, seq, id, type, subject, subject_version as "subjectVersion", occurred_at as "occurredAt", causation_id as "causationId",
      correlation_id as "correlationId", actor, body
    from audit.event where id = ${id}::uuid`;
  return row;
}

/** Numbers are gap-free at the sender, so what audit lacks below its highest number is missing or under way. */
export function completeness(sql: Sql): Promise<Completeness[]> {
  return sql.$queryRaw<Completeness[]>`
    select e.sender, e.events, e."lastSeq", e."lastSeq" - e.events as missing, e."lastReceivedAt", l.sealed
    from (select sender, count(*) as events, max(seq) as "lastSeq", max(received_at) as "lastReceivedAt" from audit.event group by sender) e
    cross join lateral audit.last_sealed(e.sender) l(sealed) order by e.sender`;
}

/** Missing numbers of a sender, as ranges, the lowest first; `seenAt` is when a later number arrived. */
export function listGaps(sql: Sql, sender: string, limit: number): Promise<Gap[]> {
  return sql.$queryRaw<Gap[]>`
    select before + 1 as "firstSeq", seq - 1 as "lastSeq", received_at as "seenAt",
      extract(epoch from clock_timestamp() - received_at)::float8 as "ageSeconds",
      (select count(*) from audit.dead_letter d where d.sender = ${sender} and d.seq > before and d.seq < e.seq) as "deadLetters"
    from (select seq, received_at, lag(seq, 1, 0::bigint) over (order by seq) as before from audit.event where sender = ${sender}) e
    where seq > before + 1 order by seq limit ${limit}::int`;
}
