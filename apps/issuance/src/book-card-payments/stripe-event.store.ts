import type { Sql, Tx } from '#libs/persistence';
import type { EventOutcome } from './book-card-payments.decision.js';

export type NewStripeEvent = Readonly<{ eventId: string; type: string; sessionId: string | null; livemode: boolean; createdAt: Date }>;

/** A second arrival changes nothing. With `outcome` there is nothing to look at. */
export async function insertStripeEvent(tx: Tx, event: NewStripeEvent, outcome: EventOutcome | null): Promise<void> {
  const { eventId, type, sessionId, livemode, createdAt } = event;
  const handledAt = outcome === null ? null : tx.now;
  await tx.sql.$executeRaw`
    insert into issuance.stripe_event (id, type, session_id, livemode, created_at, received_at, outcome, handled_at)
    values (${eventId}, ${type}, ${sessionId}, ${livemode}, ${createdAt}, ${tx.now}, ${outcome}, ${handledAt})
    on conflict (id) do nothing`;
}

export type WaitingEvent = Readonly<{ eventId: string; sessionId: string }>;

/** Those that were tried least come first, so that one that always fails does not hold up the others. */
export async function waitingEvents(sql: Sql, rowsMax: number): Promise<WaitingEvent[]> {
  return sql.$queryRaw<WaitingEvent[]>`
    select e.id as "eventId", e.session_id as "sessionId" from issuance.stripe_event e
    where e.handled_at is null order by e.tries, e.received_at, e.id limit ${rowsMax}::int`;
}

export async function noteTry(tx: Tx, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`update issuance.stripe_event set tries = tries + 1 where id = ${eventId}`;
}

/** The first outcome stays. */
export async function noteOutcome(tx: Tx, eventId: string, outcome: EventOutcome): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.stripe_event set outcome = ${outcome}, handled_at = ${tx.now} where id = ${eventId} and handled_at is null`;
}
