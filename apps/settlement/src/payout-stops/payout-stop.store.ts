import type { BodyOf, InvariantBrokenV1, Service } from '#libs/contracts';
import { idOf, type PayoutStopId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { personOf } from '../settlement.work.js';
import type { PayoutStop } from './lift-stop.decision.js';

export type Finding = BodyOf<typeof InvariantBrokenV1> & Readonly<{ service: Service }>;

/** Stops are set, lifted and asked about one after the other: what lets money go holds this to its commit. */
export const lockStops = (tx: Tx): Promise<void> => lockByName(tx, 'payout stops');

/** A row that is told again while its stop stands says nothing new. Under the lock of stops. */
export async function insertStop(tx: Tx, finding: Finding, eventId: string): Promise<void> {
  const { service, invariant, holds, rowNamed, detail, foundAt } = finding;
  await tx.sql.$executeRaw`
    insert into settlement.payout_stop (id, service, invariant, sentence, row_named, detail, found_at, stopped_at, event_id)
    select ${idOf('payoutStop', tx.newId())}::uuid, ${service}, ${invariant}, ${holds}, ${rowNamed}, ${detail}, ${foundAt}::timestamptz, ${tx.now}, ${eventId}::uuid
    where not exists (select from settlement.payout_stop s where s.service = ${service} and s.invariant = ${invariant} and s.row_named = ${rowNamed}
      and not exists (select from settlement.payout_stop_lifting l where l.stop_id = s.id))`;
}

/** The oldest that stands, and how many do. */
export async function standingStop(sql: Sql): Promise<Readonly<{ stopId: PayoutStopId; invariant: string; count: number }> | undefined> {
  const [row] = await sql.$queryRaw<{ stopId: PayoutStopId; invariant: string; count: number }[]>`
    select s.id as "stopId", s.invariant, count(*) over ()::int as count from settlement.payout_stop s
    where not exists (select from settlement.payout_stop_lifting l where l.stop_id = s.id) order by s.stopped_at, s.id limit 1`;
  return row;
}

export async function findStop(tx: Tx, stopId: PayoutStopId): Promise<PayoutStop | undefined> {
  const [row] = await tx.sql.$queryRaw<PayoutStop[]>`
    select s.id as "stopId", s.service, s.invariant, s.row_named as "rowNamed", s.stopped_at as "stoppedAt", l.stop_id is not null as lifted
    from settlement.payout_stop s left join settlement.payout_stop_lifting l on l.stop_id = s.id where s.id = ${stopId}::uuid`;
  return row;
}

export async function insertLifting(tx: Tx, stopId: PayoutStopId, note: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.payout_stop_lifting (stop_id, note, lifted_by, lifted_at) values (${stopId}::uuid, ${note}, ${personOf(tx)}, ${tx.now})`;
}
