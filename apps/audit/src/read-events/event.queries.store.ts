// What an auditor reads: events by sender and number, one event, and how complete the copy is.
import type { Sql } from '#libs/persistence';

export type EventRow = {
  sender: string; seq: bigint; id: string; type: string; subject: string; occurredAt: Date; causationId: string | null;
  correlationId: string; actor: unknown; body: unknown;
};
export type Completeness = { sender: string; events: bigint; lastSeq: bigint; missing: bigint };

export type EventFilter = Readonly<{ sender: string; afterSeq: number; type: string | null; limit: number }>;

/** In the order of the sender's numbers; the number of the last row is the cursor of the next page. */
export function listEvents(sql: Sql, { sender, afterSeq, type, limit }: EventFilter): Promise<EventRow[]> {
  return sql.$queryRaw<EventRow[]>`
    select sender, seq, id, type, subject, occurred_at as "occurredAt", causation_id as "causationId",
      correlation_id as "correlationId", actor, body
    from audit.event
    where sender = ${sender} and seq > ${afterSeq}::bigint and (${type}::text is null or type = ${type}::text)
    order by seq limit ${limit}::int`;
}

export async function findEvent(sql: Sql, id: string): Promise<EventRow | undefined> {
  const [row] = await sql.$queryRaw<EventRow[]>`
    select sender, seq, id, type, subject, occurred_at as "occurredAt", causation_id as "causationId",
      correlation_id as "correlationId", actor, body
    from audit.event where id = ${id}::uuid`;
  return row;
}

/** Numbers are gap-free at the sender, so what audit lacks below its highest number is missing or under way. */
export function completeness(sql: Sql): Promise<Completeness[]> {
  return sql.$queryRaw<Completeness[]>`
    select sender, count(*) as events, max(seq) as "lastSeq", max(seq) - count(*) as missing
    from audit.event group by sender order by sender`;
}
