import type { Sql, Tx } from '#libs/persistence';

export type NewStripeEvent = Readonly<{ eventId: string; type: string; livemode: boolean; createdAt: Date }>;
export type EventOutcome = 'balance_read' | 'other_mode' | 'not_connected';

/** A second arrival changes nothing. With `outcome` there is nothing to look at. */
export async function insertStripeEvent(tx: Tx, event: NewStripeEvent, outcome: EventOutcome | null): Promise<void> {
  const { eventId, type, livemode, createdAt } = event;
  const handledAt = outcome === null ? null : tx.now;
  await tx.sql.$executeRaw`
    insert into settlement.stripe_event (id, type, livemode, created_at, received_at, outcome, handled_at)
    values (${eventId}, ${type}, ${livemode}, ${createdAt}, ${tx.now}, ${outcome}, ${handledAt}) on conflict (id) do nothing`;
}

export async function waitingEvents(sql: Sql, rowsMax: number): Promise<string[]> {
  const rows = await sql.$queryRaw<{ id: string }[]>`
    select id from settlement.stripe_event where handled_at is null order by received_at, id limit ${rowsMax}::int`;
  return rows.map(({ id }) => id);
}

export async function noteOutcome(tx: Tx, eventIds: readonly string[], outcome: EventOutcome): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.stripe_event set outcome = ${outcome}, handled_at = ${tx.now} where id = any(${eventIds}::text[]) and handled_at is null`;
}
