// The SQL of audit.event and of what it speaks of: rows go in and never change.
import type { Envelope, Service } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { leafOf } from '../seal-events/leaf.js';

/**
 * All of them in one statement: audit hears everything that every service says. What is stored is read from the very text that is
 * hashed for the log.
 */
export async function keepEvents(tx: Tx, sender: Service, messages: readonly Envelope[]): Promise<void> {
  const rows = messages.map((message) => {
    const { text, hash } = leafOf(sender, message);
    return `${text.slice(0, -1)},"leafHash":${JSON.stringify(hash)}}`;
  });
  await tx.sql.$executeRaw`
    with kept as (
      insert into audit.event (sender, seq, id, type, subject, subject_version, occurred_at, actor, causation_id, correlation_id, body, leaf_hash)
      select t.sender, t.seq, t.id, t.type, t.subject, t."subjectVersion", t."occurredAt", t.actor, t."causationId", t."correlationId",
        coalesce(t.body, 'null'), decode(t."leafHash", 'hex')
      from jsonb_to_recordset(${`[${rows.join(',')}]`}::jsonb) as t(sender text, seq bigint, id uuid, type text, subject text, "subjectVersion" int,
        "occurredAt" timestamptz, actor jsonb, "causationId" text, "correlationId" text, body jsonb, "leafHash" text)
      order by t.seq
      returning sender, seq, type, body)
    insert into audit.event_mention (subject, type, first, last, sender, seq)
    select s.subject, kept.type, s.first, s.last, kept.sender, kept.seq
    from kept cross join lateral audit.mentions_of(kept.type, kept.body) s`;
}
