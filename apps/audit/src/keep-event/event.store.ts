// The SQL of audit.event and of what it speaks of: rows go in and never change.
import type { Envelope, Service } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

export async function keepEvent(tx: Tx, sender: Service, message: Envelope): Promise<void> {
  await tx.sql.$executeRaw`
    with kept as (
      insert into audit.event (sender, seq, id, type, subject, subject_version, occurred_at, actor, causation_id, correlation_id, body)
      values (${sender}, ${message.seq}::bigint, ${message.id}::uuid, ${message.type}, ${message.subject},
        ${message.subjectVersion}::int, ${message.occurredAt}::timestamptz, ${JSON.stringify(message.actor)}::jsonb, ${message.causationId},
        ${message.correlationId}, ${JSON.stringify(message.body)}::jsonb)
      returning sender, seq, type, body)
    insert into audit.event_mention (subject, type, first, last, sender, seq)
    select s.subject, kept.type, s.first, s.last, kept.sender, kept.seq
    from kept cross join lateral audit.mentions_of(kept.type, kept.body) s`;
}
